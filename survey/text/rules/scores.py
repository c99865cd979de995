"""How well a reader did against labels given by people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ORDER = ("negative", "neutral", "mixed", "positive")


@dataclass(frozen=True)
class Evaluation:
    """A reader against people: shares are in 0..1; None where there is nothing to share; confusion is truth -> read -> n."""

    n: int
    accuracy: float
    macro_f1: float
    negative_precision: float | None
    negative_recall: float | None
    confusion: Mapping[str, Mapping[str, int]]


def evaluation(truth: Sequence[str], predicted: Sequence[str]) -> Evaluation:
    """Compare what was read with what people say it is; both in words of ORDER.

    Where people never said “mixed”, a mixed reading counts as neutral: it does not take sides.
    """
    read = predicted if "mixed" in truth else ["neutral" if one == "mixed" else one for one in predicted]
    accuracy, macro_f1 = accuracy_and_macro_f1(truth, read)
    hits = sum(a == b == "negative" for a, b in zip(truth, read, strict=True))
    return Evaluation(
        n=len(truth),
        accuracy=accuracy,
        macro_f1=macro_f1,
        negative_precision=_share(hits, list(read).count("negative")),
        negative_recall=_share(hits, list(truth).count("negative")),
        confusion=_confusion(truth, read),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _confusion(truth: Sequence[str], read: Sequence[str]) -> dict[str, dict[str, int]]:
    counted = Counter(zip(truth, read, strict=True))
    present = [word for word in ORDER if word in truth or word in read]
    return {true: {found: counted[true, found] for found in present} for true in present}


def accuracy_and_macro_f1(truth: Sequence[str], predicted: Sequence[str]) -> tuple[float, float]:
    """Share right, and the mean over the true labels of each one’s F1; both in 0..1, both 0 when there is nothing.

    Raises ValueError when the two are not equally long.
    """
    pairs = list(zip(truth, predicted, strict=True))
    if not pairs:
        return 0.0, 0.0
    labels = sorted(set(truth))
    return sum(a == b for a, b in pairs) / len(pairs), sum(_f1(pairs, label) for label in labels) / len(labels)


def _f1(pairs: list[tuple[str, str]], label: str) -> float:
    hits = sum(a == b == label for a, b in pairs)
    named = sum(a == label for a, _ in pairs) + sum(b == label for _, b in pairs)
    return 2 * hits / named if named else 0.0
