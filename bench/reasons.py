"""How well reasons are named: `python -m bench.reasons DATA [--chart docs/reasons-learning.png]` prints a table and draws it.

Airline tweets with one reason each (ten reasons), on those whose raters agreed, with two taxonomies of our own: a short one with
a few phrases a reason, as somebody writes it in five minutes, and a long one. NHS answers: those of one theme of ten, with a
taxonomy of ours; and all of them, with several themes each and no phrases at all. Every figure is the mean over four choices of the rows that are learned from; judged are all other rows.
Nothing that is shipped has learned from the airline file.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import mean

from survey.foundation.text import fold
from survey.reasons.rules import Wording, codes_by_name, wordings_in
from survey.results.drawing.look import LOOKS
from survey.text.rules.impression import Impression, Impressions
from survey.text.rules.judging import Judgement, judgement
from survey.text.rules.learning import learn
from survey.text.rules.reasons import COUNTS, ReasonReader
from survey.text.rules.word_table import table_words, word_table

TAXONOMIES = Path(__file__).parent / "taxonomies"
AGREED = 0.9
BARE_STEPS = (100, 500)
STEPS = (0, 20, 50, 100, 200, 500, 1000)
SEEDS = (7, 8, 9, 10)
THEME_STEPS = (100, 500, 2000)
FEWEST_OF_A_THEME = 40

Row = tuple[Impression, str]
Curve = list[tuple[int, Judgement]]


def main() -> None:
    """Measure everything and print it; draw the chart where one is asked for."""
    parser = argparse.ArgumentParser(description="Measure how well reasons are named.")
    parser.add_argument(
        "data", type=Path, help="folder with text/airline_reason_dev.csv and text/nhs_survey_answers_dev_NEAS.csv"
    )
    parser.add_argument("--chart", type=Path, help="draw the learning curve here")
    options = parser.parse_args()
    text = options.data / "text"
    airline, nhs = _rows(text / "airline_reason_dev.csv"), _rows(text / "nhs_survey_answers_dev_NEAS.csv")
    agreed = [(row["text"], row["label"]) for row in airline if float(row["reason_confidence"]) >= AGREED]
    curves = {name: _curve(agreed, f"airline_{name}") for name in ("short", "long")}
    _bare(agreed)
    _curve([(row["text"], row["themes"]) for row in nhs], "nhs")
    _themes(nhs)
    if options.chart:
        _draw(curves, options.chart)


def _curve(rows: Sequence[tuple[str, str]], name: str) -> Curve:
    """Judge the texts whose label is one reason of our taxonomy of this name."""
    wordings = wordings_in((TAXONOMIES / f"{name}.json").read_text("utf-8"))
    codes = codes_by_name(wordings)
    reader, impressions = ReasonReader(wordings), Impressions(wordings, word_table())
    seen = [(impressions.of(text), codes[fold(label)]) for text, label in rows if fold(label) in codes]
    print(f"\n{name}, {len(seen):,} rows\ncorrections  accuracy  macro-F1  in first two  surest 70 %")
    return [(n, _mean([_judged(reader, seen, n, seed) for seed in SEEDS], n)) for n in STEPS]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bare(agreed: Sequence[tuple[str, str]]) -> None:
    """What NLTK's own classifier makes of the same corrections, told nothing but which words are there."""
    from nltk.classify import NaiveBayesClassifier

    rows = [(dict.fromkeys(table_words(text), True), label) for text, label in agreed]
    most = Counter(label for _, label in rows).most_common(1)[0][1] / len(rows)
    print(f"\nalways the commonest reason{100 * most:>10.1f}\ncorrections  bare NLTK NaiveBayesClassifier")
    for n in BARE_STEPS:
        Random(SEEDS[0]).shuffle(rows)
        model = NaiveBayesClassifier.train(rows[:n])
        print(f"{n:>11}{100 * mean(model.classify(words) == label for words, label in rows[n:]):>10.1f}")


def _judged(reader: ReasonReader, seen: Sequence[Row], n: int, seed: int) -> Judgement:
    rows = list(seen)
    Random(seed).shuffle(rows)
    reader = reader.knowing(learn([(one, [code]) for one, code in rows[:n]], reader.codes))
    rest = rows[n:]
    return judgement([code for _, code in rest], [reader.rank(one) for one, _ in rest])


def _mean(found: Sequence[Judgement], n: int) -> Judgement:
    names = ("accuracy", "macro_f1", "top2", "accuracy_confident_70")
    means = {name: mean(getattr(one, name) for one in found) for name in names}
    print(
        f"{n:>11}"
        + "".join(f"{100 * means[name]:>{width}.1f}" for name, width in zip(names, (10, 10, 14, 13), strict=True))
    )
    return Judgement(n=found[0].n, classes={}, **means)


def _themes(nhs: Sequence[dict[str, str]]) -> None:
    """Several themes of one comment, learned without a single phrase: micro-F1 of those that count."""
    rows = [(row["text"], [theme.strip() for theme in row["themes"].split("|")]) for row in nhs]
    often = Counter(theme for _, themes in rows for theme in themes)
    kept = [theme for theme, n in often.items() if n >= FEWEST_OF_A_THEME and theme != "Not assigned"]
    wordings = {theme: Wording(theme) for theme in kept}
    impressions = Impressions(wordings, word_table())
    seen = [(impressions.of(text), [theme for theme in themes if theme in wordings]) for text, themes in rows]
    reader = ReasonReader(wordings)
    print(f"\nNHS answers, {len(seen):,} rows, {len(kept)} themes, labels alone\ncorrections  micro-F1")
    for n in THEME_STEPS:
        print(f"{n:>11}{100 * mean(_micro_f1(reader, seen, n, seed) for seed in SEEDS):>10.1f}")


def _micro_f1(reader: ReasonReader, seen: Sequence[tuple[Impression, list[str]]], n: int, seed: int) -> float:
    rows = list(seen)
    Random(seed).shuffle(rows)
    reader = reader.knowing(learn(rows[:n], reader.codes))
    hits = named = true = 0
    for one, themes in rows[n:]:
        found = {code for code, confidence in reader.rank(one) if confidence >= COUNTS}
        hits, named, true = hits + len(found & set(themes)), named + len(found), true + len(themes)
    return 2 * hits / (named + true)


def _draw(curves: dict[str, Curve], path: Path) -> None:
    from matplotlib.figure import Figure

    look = LOOKS["light"]
    figure = Figure(figsize=(8.4, 4.4), layout="constrained")
    axes = figure.subplots()
    lines = (("accuracy_confident_70", "right, of the surest 70 %", look.better), ("top2", "among the first two", look.muted),
             ("accuracy", "right", look.accent))  # fmt: skip
    for name, curve in curves.items():
        for field, words, colour in lines:
            values = [100 * getattr(one, field) for _, one in curve]
            axes.plot(
                range(len(STEPS)),
                values,
                color=colour,
                linewidth=2,
                linestyle="-" if name == "long" else "--",
                marker="o",
                markersize=4,
            )
            if name == "long":
                axes.annotate(
                    words, (len(STEPS) - 1, values[-1]), (8, 0), textcoords="offset points", va="center", color=colour
                )
    axes.set_xticks(range(len(STEPS)), [f"{n:,}" for n in STEPS])
    axes.set_ylim(65, 100)
    axes.set_xlim(-0.2, len(STEPS) - 0.9)
    axes.yaxis.set_major_formatter(lambda value, _at: f"{value:.0f} %")
    axes.set_xlabel("corrections learned from   (solid: many phrases a reason, dashed: few)", color=look.muted)
    axes.grid(axis="y", color=look.hairline)
    axes.tick_params(length=0, colors=look.muted)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_title("How often the right reason is named", loc="left", color=look.ink, fontweight="bold")
    figure.savefig(path, dpi=150)


if __name__ == "__main__":
    main()
