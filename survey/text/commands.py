"""The commands of text: `flask --app wsgi text …`, to try the reader on a file and to catch up on reading."""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import IO, Any
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from survey.foundation import csv, jobs
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.foundation.text import fold
from survey.organisation.queries import organisation
from survey.reasons.rules import Wordings, codes_by_name, wordings_in
from survey.text.queries import count_unread, unread
from survey.text.rules import AsksFor, Reading, columns, files, languages, normalise, warm_up
from survey.text.rules.files import Source
from survey.text.rules.frequent import Counted, Frequent, Said, Telling, frequent, telling, too_usual
from survey.text.rules.judging import judgement
from survey.text.rules.personal import personal_data, redacted
from survey.text.rules.reasons import ReasonReader
from survey.text.rules.scores import ORDER, Evaluation, accuracy_and_macro_f1, confusion, evaluation, guess

AT_ONCE = 1000
MOST_GROUPS = 50
SAID = 20

text = AppGroup("text", help="Read free text: tag, evaluate and list keywords of a CSV file; catch up on reading.")


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command FILE and what says how to read it."""
    for decorate in (
        click.option("--asks-for", type=click.Choice(["open", "faults", "praise"]), default="open", show_default=True,
                     help="What the question asked for, where no column says it."),
        click.option("--role-column", "role", metavar="COLUMN",
                     help="The column with the role of each row's question: improve, good, reason or open."),
        click.option("--score-column", "score", metavar="COLUMN",
                     help="The column with the writer's own score, if it is not called score."),
        click.option("--score-best", type=float, help="The best score there is: 1 if not said."),
        click.option("--score-worst", type=float,
                     help="The worst score there is; if not said, -1 where all scores are from -1 to 1, else 5."),
        click.option("--rating", metavar="COLUMN=WORST..BEST", help="The last three in one, such as 'score=1..5'."),
        click.option("--language", metavar="COLUMN", help="The column with the language code of each row."),
        click.option("--text-column", "--column", "column", metavar="COLUMN",
                     help="The column with the text, if its name does not say so."),
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):  # fmt: skip
        command = decorate(command)
    return command


@text.command("tag")
@file_options
@click.option("--output", type=click.File("w", encoding="utf-8", atomic=True), default="-", help="Write here, not to the screen.")  # fmt: skip
def tag(file: Path, output: IO[str], **options: Any) -> None:
    """Read the text column of FILE.csv and write a line of JSON for each row, in their order."""
    source = _source(file, is_tagged=True, **options)
    readings = _readings(source)
    for number, row in enumerate(source.every_row, 1):
        found = {"note": row.reason} if isinstance(row, csv.Rejected) else _findings(source, row, next(readings))
        output.write(json.dumps({"row": number, **NOTHING_FOUND, **found}, ensure_ascii=False) + "\n")
    click.echo(f"Read {len(source.rows):,} texts of the column “{source.fields['text']}”.", err=True)


NOTHING_FOUND: Mapping[str, object] = {
    "language": None, "sentiment": "none", "polarity": 0.0, "confidence": 0.0, "reasons": [], "keywords": [], "redacted": "",
}  # fmt: skip


def _findings(source: Source, row: csv.Row, reading: Reading) -> dict[str, object]:
    words = source.cell(row, "text")
    return {
        "language": reading.language,
        "sentiment": reading.verdict.value,
        "polarity": round(reading.chances.polarity, 4),
        "confidence": reading.confidence,
        "reasons": [{"code": code, "confidence": confidence, "source": "rule"} for code, confidence in reading.reasons],
        "keywords": reading.keywords,
        "redacted": redacted(words, personal_data(words)),
        "signal_words": reading.signal_words,
    }


def _readings(source: Source) -> Iterator[Reading]:
    owner = organisation()
    return source.readings(language=owner.language, languages=owner.languages, own_names=owner.name.split())


@text.command("evaluate")
@file_options
@click.option("--label-column", "--label", "label", metavar="COLUMN", help="The column with a person's label, if it is not called label.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def evaluate(file: Path, label: str | None, is_json: bool, **options: Any) -> None:
    """Compare the reader with people's labels (negative, neutral, mixed, positive) in FILE.csv.

    A text that the reader is unsure of is judged by its best guess; where people gave but two labels, by its side.
    """
    source = _labelled(_source(file, label=label, **options))
    truth = [columns.label(source.cell(row, "label")) or "" for row in source.rows]
    labels = frozenset(truth)
    warm_up()
    began = time.process_time()
    readings = list(_readings(source))
    seconds = time.process_time() - began
    guesses = [guess(reading, labels) for reading in readings]
    found = evaluation(truth, [word for word, _ in guesses], [sure for _, sure in guesses])
    speed = round(len(readings) / max(seconds, 1e-9))
    said = json.dumps({**asdict(found), "comments_per_cpu_second": speed}, indent=2)
    click.echo(said if is_json else "\n".join(_in_words(found, speed)))


@text.command("evaluate-language")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text-column", "--column", "column", metavar="COLUMN", help="The column with the text, if its name does not say so.")  # fmt: skip
@click.option("--label-column", "--label", "label", metavar="COLUMN", help="The column with the language code, if it is not called label.")  # fmt: skip
@click.option("--expected", metavar="CODE", help="The language that is expected of every text; the organisation's if not said.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def evaluate_language(file: Path, column: str | None, label: str | None, expected: str | None, is_json: bool) -> None:
    """Compare the languages found with those in FILE.csv; the languages of the file are those of the organisation.

    A text of fewer than three words does not tell its language: it counts as read in the expected one.
    """
    source = _source(file, column=column, label=label)
    rows = [row for row in source.rows if source.cell(row, "label").strip()]
    truth = [languages.code(source.cell(row, "label").strip()) for row in rows]
    if not truth:
        raise click.ClickException("No row says its language. Name the column with --label-column.")
    usual = languages.code(expected or organisation().language)
    found = [
        languages.told_apart(normalise(source.cell(row, "text")), usual, frozenset(truth)) or usual for row in rows
    ]
    accuracy, macro_f1 = accuracy_and_macro_f1(truth, found)
    false_alarms = [one != "en" for true, one in zip(truth, found, strict=True) if true == "en"]
    told = {
        "n": len(truth),
        "accuracy": accuracy,
        "macro_f1": macro_f1,
        "classes": {code: sum(a == b == code for a, b in zip(truth, found, strict=True)) / truth.count(code)
                    for code in sorted(set(truth))},
        "false_alarms": sum(false_alarms) / len(false_alarms) if false_alarms else None,
        "confusion": confusion(truth, found, sorted({*truth, *found})),
    }  # fmt: skip
    click.echo(json.dumps(told, indent=2) if is_json else "\n".join(_languages_in_words(told)))


def _languages_in_words(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"n             {told['n']:,}"
    yield f"accuracy      {_percent(told['accuracy'])}"
    yield f"macro-F1      {_percent(told['macro_f1'])}"
    yield f"false alarms  {_percent(told['false_alarms'])} of the English texts"
    yield from (f"{code:<14}{_percent(share)} found" for code, share in told["classes"].items())


def _labelled(source: Source) -> Source:
    """The rows whose label is one; the others are said and left out."""
    if "label" not in source.fields:
        raise click.ClickException(
            f"No column is called label. Name it with --label; there are: {', '.join(filter(None, source.columns))}."
        )
    column = source.fields["label"]
    known = [row for row in source.rows if columns.label(row.cells[column])]
    unknown = [row for row in source.rows if not columns.label(row.cells[column])]
    _say_left_out(
        csv.Rejected(row.line, f"“{row.cells[column][:40]}” is not one of {', '.join(ORDER)}") for row in unknown
    )
    if not known:
        raise click.ClickException(f"No label in the column “{column}” is one of {', '.join(ORDER)}.")
    return replace(source, rows=known)


def _in_words(found: Evaluation, speed: int) -> Iterator[str]:
    yield f"n                   {found.n:,}"
    yield f"accuracy            {_percent(found.accuracy)}"
    yield f"macro-F1            {_percent(found.macro_f1)}"
    yield f"the surest 70 %     {_percent(found.accuracy_confident_70)} right"
    yield f"a CPU second        {speed:,} comments"
    for word, one in found.classes.items():
        yield f"{word:<20}{_percent(one.precision)} precision, {_percent(one.recall)} recall"
    yield ""
    yield "people say \\ read as" + "".join(f"{word:>10}" for word in found.confusion)
    for truth, row in found.confusion.items():
        yield f"{truth:<20}" + "".join(f"{n:>10,}" for n in row.values())


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


@text.command("evaluate-reasons")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--taxonomy", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help='The reasons: JSON such as {"late": {"label": "Late delivery", "phrases": ["came late"]}}.')  # fmt: skip
@click.option("--corrections", type=click.IntRange(min=0), default=0, show_default=True, help="Learn from so many rows, chosen by chance; judge by the others.")  # fmt: skip
@click.option("--seed", default=7, show_default=True, help="Another number chooses other rows.")
@click.option("--text-column", "--column", "column", metavar="COLUMN", help="The column with the text, if its name does not say so.")  # fmt: skip
@click.option("--label-column", "--label", "label", metavar="COLUMN", help="The column with the code or label of a reason, if it is not called label.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def evaluate_reasons(
    file: Path, taxonomy: Path, corrections: int, seed: int, column: str | None, label: str | None, is_json: bool
) -> None:
    """Compare the reasons named with those that people gave in FILE.csv, one a row."""
    wordings = _wordings(taxonomy)
    labelled = list(_with_reasons(_source(file, column=column, label=label), wordings))
    Random(seed).shuffle(labelled)  # noqa: S311
    learned_from, judged_by = labelled[:corrections], labelled[corrections:]
    if not judged_by:
        raise click.ClickException(f"{len(labelled):,} rows have a reason; --corrections leaves none to judge by.")
    plain = ReasonReader(wordings)
    reader = plain.knowing(plain.learn([(words, [code]) for words, code in learned_from]))
    found = judgement([code for _, code in judged_by], [reader.ranked(words) for words, _ in judged_by])
    told = {"corrections": len(learned_from), **asdict(found)}
    click.echo(json.dumps(told, indent=2) if is_json else "\n".join(_reasons_in_words(told, wordings)))


def _wordings(taxonomy: Path) -> Wordings:
    try:
        return wordings_in(taxonomy.read_text("utf-8-sig"))
    except (Refused, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from None


def _with_reasons(source: Source, wordings: Wordings) -> Iterator[tuple[str, str]]:
    """Text and code of each row; rows whose label is no reason of the taxonomy are said and left out."""
    if "label" not in source.fields:
        raise click.ClickException(
            f"No column is called label. Name it with --label-column; there are: {', '.join(filter(None, source.columns))}."
        )
    codes = codes_by_name(wordings)
    cells = [(row, source.cell(row, "label")) for row in source.rows]
    known = {row.line: code for row, cell in cells if (code := codes.get(fold(cell)))}
    _say_left_out(
        csv.Rejected(row.line, f"“{cell[:40]}” is no reason of the taxonomy")
        for row, cell in cells
        if row.line not in known
    )
    if not known:
        raise click.ClickException(f"No label in the column “{source.fields['label']}” is a reason of the taxonomy.")
    yield from ((source.cell(row, "text"), known[row.line]) for row in source.rows if row.line in known)


def _reasons_in_words(told: Mapping[str, Any], wordings: Wordings) -> Iterator[str]:
    yield f"learned from        {told['corrections']:,}"
    yield f"judged by           {told['n']:,}"
    yield f"accuracy            {_percent(told['accuracy'])}"
    yield f"macro-F1            {_percent(told['macro_f1'])}"
    yield f"among the first two {_percent(told['top2'])}"
    yield f"the surest 70 %     {_percent(told['accuracy_confident_70'])} right"
    yield ""
    width = max(len(wordings[code].label) for code in told["classes"])
    for code, (n, right) in sorted(told["classes"].items(), key=lambda pair: -pair[1][0]):
        yield f"{wordings[code].label:<{width}}  {right:>6,} of {n:>6,} found"


@text.command("keywords")
@file_options
@click.option("--top", type=click.IntRange(1, 1000), default=25, show_default=True, help="How many.")
@click.option("--contrast", metavar="COLUMN", help="Also what the rows with each value of this column say more than the others.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def keywords(file: Path, top: int, contrast: str | None, is_json: bool, **options: Any) -> None:
    """List the keywords that most texts of FILE.csv share, with a quote."""
    source = _source(file, **options)
    groups = _groups(source, contrast) if contrast else {}
    said = _english(source)
    counted = Counted(said, organisation().name.split())
    found = frequent(counted, limit=top, redact=lambda words: redacted(words, personal_data(words)))
    contrasts, usual, n = telling(counted, groups, limit=top), too_usual(counted), sum(bool(one.text) for one in said)
    if is_json:
        told = {
            "n": n,
            "keywords": [{**asdict(one), "share": round(one.comments / n, 4)} for one in found],
            "stop_words_suggested": usual,
            "contrasts": {value: [asdict(one) for one in own] for value, own in contrasts.items()},
        }
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_keywords_in_words(found, usual, contrasts, n)))


def _english(source: Source) -> list[Said]:
    """The texts that are English, which alone can be counted by stems; others stand as empty, so that numbers stay."""
    pairs = list(zip(source.rows, _readings(source), strict=True))
    left_out = sum(not languages.same_language(reading.language, "en") for _, reading in pairs)
    if left_out:
        click.echo(f"{left_out:,} {'text is' if left_out == 1 else 'texts are'} not English and left out.", err=True)
    return [
        Said(
            source.cell(row, "text") if languages.same_language(reading.language, "en") else "", str(reading.sentiment)
        )
        for row, reading in pairs
    ]


def _groups(source: Source, column: str) -> dict[str, list[int]]:
    """The rows by their value in a column; refused where it has one value alone, or so many that nothing can be compared."""
    if column not in source.columns:
        raise click.ClickException(
            f"There is no column “{column}”. The columns are: {', '.join(filter(None, source.columns))}."
        )
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(source.rows):
        if value := row.cells[column].strip():
            groups[value].append(number)
    if not 2 <= len(groups) <= MOST_GROUPS:
        raise click.ClickException(
            f"The column “{column}” has {len(groups):,} different values; 2 to {MOST_GROUPS} can be compared."
        )
    return dict(sorted(groups.items()))


def _keywords_in_words(
    found: Sequence[Frequent], usual: Sequence[str], contrasts: Mapping[str, Sequence[Telling]], n: int
) -> Iterator[str]:
    if not found:
        yield "No keyword is shared by two texts."
    width = max((len(one.keyword) for one in found), default=0)
    for one in found:
        mood = f"{_percent(one.positive / one.comments):>8} +  {_percent(one.negative / one.comments):>8} -"
        yield f"{one.comments:>7,}  {one.keyword:<{width}}  {mood}  “{one.quote}”"
    if usual:
        yield f"\nIn more than a quarter of the {n:,} texts, so perhaps not worth listing: {', '.join(usual)}"
    for value, own in contrasts.items():
        yield f"\n“{value}” says more than the others:"
        yield from (f"{one.here:>7,} here {one.there:>7,} there  z {one.z:>5.1f}  {one.keyword}" for one in own)


@text.command("read")
def read_now() -> None:
    """Read now every comment that waits to be read, such as those of jobs that were given up."""
    before, last = count_unread(), None
    while waiting := unread(AT_ONCE, after=last):
        write(lambda ids=tuple(waiting): _leave_jobs(ids))  # type: ignore[misc]
        last = waiting[-1]
    current_app.extensions["hearback.work_off"]()
    db.session.rollback()  # what was open here does not see what the worker wrote
    left = count_unread()
    click.echo(f"Read {before - left:,} comments.")
    if left:
        raise click.ClickException(f"{left:,} comments could not be read; they are passed over.")


def _leave_jobs(response_ids: Sequence[UUID]) -> None:
    for response_id in response_ids:
        jobs.add("read_response", response_id)


def _source(
    file: Path,
    *,
    column: str | None,
    language: str | None = None,
    role: str | None = None,
    rating: str | None = None,
    score: str | None = None,
    score_best: float | None = None,
    score_worst: float | None = None,
    asks_for: AsksFor = "open",
    label: str | None = None,
    is_tagged: bool = False,
) -> Source:
    """Open FILE; say which rows cannot be read; refuse columns that are not there."""
    rating_column, _, scale = (rating or "").rpartition("=")
    given = {
        "text": column, "language": language, "label": label, "role": role, "rating": rating_column.strip() or score,
    }  # fmt: skip
    try:
        grade = columns.rating_scale(scale) if rating else None
        table = csv.read(file)
        every = list(table.rows)
        rows = [row for row in every if isinstance(row, csv.Row)]
        fields = files.fields(
            table.columns, rows, {field: name for field, name in given.items() if name}, find_context=is_tagged
        )
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    _say_left_out((row for row in every if isinstance(row, csv.Rejected)), "noted" if is_tagged else "left out")
    if grade is None and "rating" in fields:
        worst, best = columns.ends(row.cells[fields["rating"]] for row in rows)
        grade = columns.between(
            worst if score_worst is None else score_worst, best if score_best is None else score_best
        )
    return Source(table.columns, rows, fields, grade, asks_for, every)


def _say_left_out(rows: Iterable[csv.Rejected], what_became: str = "left out") -> None:
    """Say which lines are left out and why; the first ones alone when there are many."""
    rejected = list(rows)
    for row in rejected[:SAID]:
        click.echo(f"Line {row.line}: {row.reason}.", err=True)
    if rejected:
        click.echo(f"{len(rejected):,} {'line was' if len(rejected) == 1 else 'lines were'} {what_became}.", err=True)


COMMANDS: tuple[click.Command, ...] = (text,)
