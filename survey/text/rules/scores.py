"""How well a reader did against labels given by people."""

from collections.abc import Sequence


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
