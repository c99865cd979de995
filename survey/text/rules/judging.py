"""How good the reasons are: against people’s labels, as people correct them, and how far people agree among themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey.foundation.intervals import Interval, wilson
from survey.text.rules import nltk_parts
from survey.text.rules.scores import accuracy_and_macro_f1

CONFIDENT_SHARE = 0.7
FEWEST_SHARED = 10  # comments that two people must both have judged before their agreement tells anything

Ranked = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Judgement:
    """What was named against what people say; shares are in 0..1. `classes`: code -> how many, and how many of them found."""

    n: int
    accuracy: float
    macro_f1: float
    top2: float
    accuracy_confident_70: float
    classes: Mapping[str, tuple[int, int]]


def judgement(truth: Sequence[str], ranked: Sequence[Ranked]) -> Judgement:
    """Compare the code of each comment with the (code, confidence) that were named, surest first; all 0 when there is none."""
    named = [one[0][0] if one else "" for one in ranked]
    accuracy, macro_f1 = accuracy_and_macro_f1(truth, named)
    right = [code == first for code, first in zip(truth, named, strict=True)]
    in_two = [code in [one for one, _ in found[:2]] for code, found in zip(truth, ranked, strict=True)]
    return Judgement(
        n=len(truth),
        accuracy=accuracy,
        macro_f1=macro_f1,
        top2=_share(in_two),
        accuracy_confident_70=_share(_surest(right, [_sureness(found) for found in ranked])),
        classes=_classes(truth, right),
    )


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _sureness(found: Ranked) -> float:
    """The confidence of the first as a share of all."""
    total = sum(confidence for _, confidence in found)
    return found[0][1] / total if total else 0.0


def _surest(right: Sequence[bool], sureness: Sequence[float]) -> list[bool]:
    order = sorted(range(len(right)), key=lambda at: -sureness[at])
    return [right[at] for at in order[: round(CONFIDENT_SHARE * len(order))]]


def _classes(truth: Sequence[str], right: Sequence[bool]) -> dict[str, tuple[int, int]]:
    found: dict[str, list[bool]] = defaultdict(list)
    for code, is_right in zip(truth, right, strict=True):
        found[code].append(is_right)
    return {code: (len(own), sum(own)) for code, own in sorted(found.items())}


@dataclass(frozen=True)
class Honest:
    """How often a reason was right when people looked: of `n` corrections `right` said what the machine had said before.

    `recent` is the share of the last ones alone, where there are enough of them.
    """

    n: int
    right: int
    share: float | None
    interval: Interval
    recent: float | None


RECENT = 50


def running_accuracy(scored: Iterable[tuple[str, bool]]) -> dict[str, Honest]:
    """The honest accuracy of each reason, and of all together under "", from (code, was right) in the order of correcting.

    Whoever calls has scored each correction against the model that stood before it had learned from it (Dawid 1984:
    prequential): what was learned by heart does not count.
    """
    found: dict[str, list[bool]] = defaultdict(list)
    for code, was_right in scored:
        found[code].append(was_right)
        found[""].append(was_right)
    return {code: _honest(own) for code, own in sorted(found.items())}


def _honest(right: Sequence[bool]) -> Honest:
    recent = right[-RECENT:]
    return Honest(
        n=len(right),
        right=sum(right),
        share=sum(right) / len(right) if right else None,
        interval=wilson(sum(right), len(right)),
        recent=sum(recent) / len(recent) if len(right) > RECENT else None,
    )


@dataclass(frozen=True)
class Agreement:
    """How far people agree: Krippendorff’s alpha (1: always, 0: as by chance) over the comments that several have judged."""

    alpha: float
    comments: int
    people: int


def agreement(said: Iterable[tuple[str, str, str]]) -> Agreement | None:
    """From (person, comment, label), one label of each person for a comment; None where fewer than ten comments are shared.

    Also None where everybody says the same of everything: agreement beyond chance is then not defined.
    """
    by_comment: dict[str, dict[str, str]] = defaultdict(dict)
    for person, comment, label in said:
        by_comment[comment][person] = label
    shared = {comment: own for comment, own in by_comment.items() if len(own) > 1}
    rows = [(person, comment, label) for comment, own in shared.items() for person, label in own.items()]
    if len(shared) < FEWEST_SHARED or len({label for _, _, label in rows}) < 2:
        return None
    alpha = float(nltk_parts.agreement().AnnotationTask(data=rows).alpha())
    return Agreement(alpha, len(shared), len({person for person, _, _ in rows}))
