"""How well a reader did against labels given by people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.text.rules.values import Reading, Verdict

ORDER = ("negative", "neutral", "mixed", "positive")
SIDES = frozenset({"negative", "positive"})
CONFIDENT = 0.7  # the share of texts of which the reader is surest


@dataclass(frozen=True)
class OneClass:
    """How one label was read: how many there are, the share right of what was called so, the share found, and F1."""

    n: int
    precision: float | None
    recall: float | None
    f1: float


@dataclass(frozen=True)
class Evaluation:
    """A reader against people: shares are in 0..1; None where there is nothing to share; confusion is truth -> read -> n."""

    n: int
    accuracy: float
    macro_f1: float
    classes: Mapping[str, OneClass]
    accuracy_confident_70: float
    confusion: Mapping[str, Mapping[str, int]]


def guess(reading: Reading, labels: frozenset[str]) -> tuple[str, float]:
    """What the reader would say of these labels if it had to, and how sure it is.

    Of two labels by the side alone; “mixed” only where people said so of some.
    """
    if labels <= SIDES:
        return ("positive" if reading.chances.polarity >= 0 else "negative"), abs(reading.chances.polarity)
    if "mixed" in labels and reading.verdict is Verdict.MIXED:
        return "mixed", reading.confidence
    return reading.chances.best.value, reading.chances.confidence


def evaluation(truth: Sequence[str], read: Sequence[str], confidence: Sequence[float]) -> Evaluation:
    """Compare what was read with what people say it is; both in words of ORDER."""
    accuracy, macro_f1 = accuracy_and_macro_f1(truth, read)
    present = [word for word in ORDER if word in truth or word in read]
    return Evaluation(
        n=len(truth),
        accuracy=accuracy,
        macro_f1=macro_f1,
        classes={word: _one_class(truth, read, word) for word in present},
        accuracy_confident_70=_confident(truth, read, confidence),
        confusion=confusion(truth, read, present),
    )


def _confident(truth: Sequence[str], read: Sequence[str], confidence: Sequence[float]) -> float:
    """The share right among the surest 70 of 100."""
    surest = sorted(range(len(truth)), key=lambda at: -confidence[at])[: max(1, round(CONFIDENT * len(truth)))]
    return sum(truth[at] == read[at] for at in surest) / len(surest)


def _one_class(truth: Sequence[str], read: Sequence[str], word: str) -> OneClass:
    hits = sum(a == b == word for a, b in zip(truth, read, strict=True))
    there, called = list(truth).count(word), list(read).count(word)
    f1 = 2 * hits / (there + called) if there + called else 0.0
    return OneClass(there, _share(hits, called), _share(hits, there), f1)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def confusion(truth: Sequence[str], read: Sequence[str], labels: Sequence[str]) -> dict[str, dict[str, int]]:
    """Truth -> what it was read as -> how many."""
    counted = Counter(zip(truth, read, strict=True))
    return {true: {found: counted[true, found] for found in labels} for true in labels}


def accuracy_and_macro_f1(truth: Sequence[str], predicted: Sequence[str]) -> tuple[float, float]:
    """Share right, and the mean over the true labels of each one’s F1; both in 0..1, both 0 when there is nothing.

    Raises ValueError when the two are not equally long.
    """
    pairs = list(zip(truth, predicted, strict=True))
    if not pairs:
        return 0.0, 0.0
    labels = sorted(set(truth))
    right = sum(a == b for a, b in pairs)
    return right / len(pairs), sum(_one_class(truth, predicted, label).f1 for label in labels) / len(labels)
