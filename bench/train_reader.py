"""Train the sentiment model of the reader: `python -m bench.train_reader DATA` (a folder with the files of TRAINED_ON).

Prints how each set is read by a model that was trained on all the others, then trains on all of them and writes
survey/text/data/sentiment.json and its card. The same files give the same weights.
"""

import argparse
import csv
import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import scipy.sparse as sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from survey.text.rules.english import english
from survey.text.rules.features import SHAPE, shape, terms
from survey.text.rules.model import DIGITS, WEIGHTS
from survey.text.rules.plain import is_non_answer, normalise, opens_with_nothing
from survey.text.rules.scores import accuracy_and_macro_f1
from survey.text.rules.sentiment import lean

TRAINED_ON: Mapping[str, str] = {
    "vader_groundtruth_amazonReview.csv": "MIT",
    "vader_groundtruth_tweets.csv": "MIT",
    "huliu_customer_reviews_aspects.csv": "CC BY 4.0",
    "uci_amazon_sentences.csv": "CC BY 4.0",
    "uci_imdb_sentences.csv": "CC BY 4.0",
    "nhs_survey_answers_dev_NEAS.csv": "MIT",
}
ONLY_TESTED_ON = ("airline_sentiment_dev70.csv", "xlmt_english_trainval.csv")  # their licences forbid more
LABELS = ("negative", "neutral", "positive")
FEWEST_NEUTRAL = 50  # a set with fewer knows two classes
RARE = 2  # words of fewer comments are not learned
PULL = 2.0, 0.3  # inverse strength of the pull towards 0: for the side, for whether a side is taken
POSITIVES, NEUTRALS = 0.55, 0.2  # every set is weighed as if it had these shares: none brings its own prior along
NEUTRAL_SHIFT = 0.2
BY_SIZE = 0.75  # a set of 10 times the size counts 10 ** this as much
CARD = Path("survey/text/data/sentiment.md")


@dataclass(frozen=True)
class Texts:
    """A labelled file, as the model sees it."""

    name: str
    digest: str
    shapes: np.ndarray
    terms: Sequence[Mapping[str, int]]
    labels: np.ndarray

    @property
    def has_neutral(self) -> bool:
        """Whether people could say that a comment takes no side."""
        return int((self.labels == 1).sum()) >= FEWEST_NEUTRAL


@dataclass(frozen=True)
class Fitted:
    """What was learned from some sets."""

    vectors: TfidfVectorizer
    side: LogisticRegression
    neutral: LogisticRegression

    def answers(self, texts: Texts) -> tuple[np.ndarray, np.ndarray]:
        """Log-odds of the positive side and of taking no side."""
        seen = _matrix(texts, self.vectors)
        return self.side.decision_function(seen), self.neutral.decision_function(seen) + NEUTRAL_SHIFT


def load(path: Path) -> Texts:
    """Read a file of texts and labels, through the reader's own steps.

    “Nothing.” is left out: whether it is good news depends on what was asked, which the reader knows and the model does not.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        labelled = [row for row in csv.DictReader(file) if row["label"] in LABELS]
    pairs = [(normalise(row["text"]), row) for row in labelled]
    rows = [row for text, row in pairs if not (is_non_answer(text) or opens_with_nothing(text))]
    plain = [normalise(row["text"]) for row in rows]
    return Texts(
        name=path.name,
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        shapes=np.array([shape(lean(text, english()), text) for text in plain]),
        terms=[terms(text) for text in plain],
        labels=np.array([LABELS.index(row["label"]) for row in rows]),
    )


def fit(sets: Sequence[Texts]) -> Fitted:
    """Learn from these sets."""
    vectors = TfidfVectorizer(analyzer=_repeated, min_df=RARE, sublinear_tf=True)
    vectors.fit([found for texts in sets for found in texts.terms])
    three = [texts for texts in sets if texts.has_neutral]
    return Fitted(
        vectors,
        _regression(sets, vectors, lambda y: y == 2, lambda y: y != 1, POSITIVES, PULL[0]),
        _regression(three, vectors, lambda y: y == 1, lambda y: y >= 0, NEUTRALS, PULL[1]),
    )


def _repeated(found: Mapping[str, int]) -> list[str]:
    return [term for term, n in found.items() for _ in range(n)]


def _matrix(texts: Texts, vectors: TfidfVectorizer) -> Any:
    return sparse.hstack([sparse.csr_matrix(texts.shapes), vectors.transform(texts.terms)]).tocsr()


def _regression(
    sets: Sequence[Texts],
    vectors: TfidfVectorizer,
    is_yes: Callable[[np.ndarray], np.ndarray],
    is_asked: Callable[[np.ndarray], np.ndarray],
    share: float,
    pull: float,
) -> LogisticRegression:
    seen, answers, weights = [], [], []
    for texts in sets:
        asked = is_asked(texts.labels)
        yes = is_yes(texts.labels)[asked].astype(int)
        counts = np.maximum(np.bincount(yes, minlength=2), 1)
        seen.append(_matrix(texts, vectors)[asked])
        answers.append(yes)
        weights.append((np.array([1 - share, share]) / counts)[yes] * len(yes) ** BY_SIZE)
    weight = np.concatenate(weights)
    model = LogisticRegression(C=pull, max_iter=500, tol=1e-4)
    return model.fit(sparse.vstack(seen), np.concatenate(answers), sample_weight=weight * len(weight) / weight.sum())


def logits(side: np.ndarray, neutral: np.ndarray) -> np.ndarray:
    """Logarithms of the chances of negative, neutral, positive."""
    takes = -np.logaddexp(0, neutral)
    return np.column_stack([takes - np.logaddexp(0, side), -np.logaddexp(0, -neutral), takes - np.logaddexp(0, -side)])


def figures(texts: Texts, side: np.ndarray, neutral: np.ndarray) -> tuple[float, float]:
    """Accuracy and macro-F1; of two classes by the sign."""
    asked = np.ones(len(side), bool) if texts.has_neutral else texts.labels != 1
    best = logits(side, neutral).argmax(1) if texts.has_neutral else np.where(side >= 0, 2, 0)
    return accuracy_and_macro_f1([LABELS[y] for y in texts.labels[asked]], [LABELS[y] for y in best[asked]])


def sharpness(held_out: Sequence[tuple[Texts, np.ndarray, np.ndarray]]) -> float:
    """By how much answers about unseen sets are to be sharpened (or, below 1, softened) to be as sure as they are right."""

    def surprise(factor: float) -> float:
        losses = [
            -logits(side * factor, neutral * factor)[np.arange(len(side)), texts.labels].mean()
            for texts, side, neutral in held_out
            if texts.has_neutral
        ]
        return float(np.mean(losses))

    return min((round(0.3 + 0.05 * step, 2) for step in range(25)), key=surprise)


def document(fitted: Fitted, sharp: float) -> dict[str, Any]:
    """The weights as the reader loads them."""
    n = len(SHAPE)
    side, neutral = fitted.side.coef_[0], fitted.neutral.coef_[0]
    words = fitted.vectors.get_feature_names_out()
    rows = zip(words, fitted.vectors.idf_, side[n:], neutral[n:], strict=True)
    return {
        "shape": list(SHAPE),
        "side": [round(float(weight), 4) for weight in side[:n]],
        "neutral": [round(float(weight), 4) for weight in neutral[:n]],
        "side_alone": round(float(fitted.side.intercept_[0]), 4),
        "neutral_alone": round(float(fitted.neutral.intercept_[0]) + NEUTRAL_SHIFT, 4),
        "sharpness": sharp,
        "terms": {word: [round(DIGITS * float(value)) for value in values] for word, *values in rows},
    }


def card(sets: Sequence[Texts], lines: Sequence[str], size: int, n_terms: int) -> str:
    """The card: what it is, what it learned from, how it did on what it had not seen."""
    learned = "\n".join(
        f"| {texts.name} | {len(texts.labels):,} | {TRAINED_ON[texts.name]} | `{texts.digest}` |" for texts in sets
    )
    return f"""# The sentiment model

`{WEIGHTS}` ({size / 1e6:.2f} MB, {n_terms:,} words and pairs of words) holds two logistic regressions: does a comment take
a side, and which. It was written by `python -m bench.train_reader DATA`; the same files give the same weights. It reads
English. It is used with NLTK’s VADER and our overlay, never alone. MIT, as the rest of this project.

## Learned from

| file | rows | licence | SHA-256 |
|---|---|---|---|
{learned}

Every set is weighed to the same shares of labels ({POSITIVES:.0%} positive of those that take a side, {NEUTRALS:.0%} without a
side), so that no set brings its own prior along.

## Read without having been seen

Each line: accuracy / macro-F1 of a model trained on all other sets of the table above. The last two were never trained on.

```
{chr(10).join(lines)}
```

## Not for

Other languages. Deciding anything about the person who wrote. Comments whose irony shows only to somebody who was there.
"""


def main() -> None:
    """Train."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path, help="the folder with the labelled files")
    options.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    given = options.parse_args()
    sets = [load(given.data / name) for name in TRAINED_ON]
    lines, held_out = [], []
    whole = fit(sets)
    unseen = [load(given.data / name) for name in ONLY_TESTED_ON if (given.data / name).exists()]
    for texts in [*sets, *unseen]:
        fitted = whole if texts in unseen else fit([other for other in sets if other is not texts])
        answers = fitted.answers(texts)
        held_out.append((texts, *answers))
        accuracy, f1 = figures(texts, *answers)
        lines.append(f"{texts.name:<40} {100 * accuracy:5.1f} / {100 * f1:.1f}")
        print(lines[-1], flush=True)
    sharp = sharpness(held_out[: len(sets)])
    print(f"sharpness {sharp}")
    if not given.dry_run:
        learned = document(whole, sharp)
        written = json.dumps(learned, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("],", "],\n")
        CARD.with_name(WEIGHTS).write_text(written + "\n", encoding="utf-8")
        CARD.write_text(card(sets, lines, len(written.encode()), len(learned["terms"])), encoding="utf-8")


if __name__ == "__main__":
    main()
