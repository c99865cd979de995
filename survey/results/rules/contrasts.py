"""Two groups of people side by side: how far a number differs, between which limits, and whether that is more than chance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from survey.foundation.intervals import newcombe
from survey.questionnaires.kinds.base import Question
from survey.results.rules.comparisons import holm, nps_change
from survey.results.rules.measures import metrics_of
from survey.results.rules.metrics import Distribution, Metric, enough, share
from survey.results.rules.several import CLEAR, chance_of_shares, chance_of_z

Finding = Literal["more", "less", "close", "few"]


@dataclass(frozen=True)
class Contrast:
    """A number of one group (`here`) against that of another (`there`).

    `difference` and its 95% limits are in points: of the NPS, or of a hundred. `chance` is the p value by itself, None where
    either group is too small to tell; the finding is made of all contrasts of a page together (`judged`).
    """

    here: Metric
    there: Metric
    difference: float | None
    low: float | None
    high: float | None
    chance: float | None
    finding: Finding = "few"

    @property
    def is_clear(self) -> bool:
        """Whether the difference is more than chance, all comparisons considered."""
        return self.finding in ("more", "less")


def of_shares(hits: int, n: int, others: int, n_others: int, *, minimum: int) -> Contrast:
    """Two shares, with Newcombe's interval of their difference and an exact test."""
    return _shares(share(hits, n), share(others, n_others), minimum)


def of_answers(question: Question, here: Distribution, there: Distribution, *, minimum: int) -> Contrast:
    """The leading number of a question in two groups: NPS by its z test, shares exactly."""
    mine, theirs = metrics_of(question, here)[0], metrics_of(question, there)[0]
    if mine.name != "nps":
        return _shares(mine, theirs, minimum)
    change = nps_change(here, there)
    if change.z is None or not _both(mine, theirs, minimum):
        return _too_few(mine, theirs)
    return Contrast(mine, theirs, change.difference, change.low, change.high, chance_of_z(change.z))


def judged(contrasts: Iterable[Contrast]) -> tuple[Contrast, ...]:
    """The same with their findings, corrected for how many there are (Holm)."""
    found = tuple(contrasts)
    corrected = iter(holm([one.chance for one in found if one.chance is not None]))
    return tuple(one if one.chance is None else replace(one, finding=_finding(one, next(corrected))) for one in found)


def compared(contrasts: Iterable[Contrast]) -> int:
    """How many of them were large enough to be compared."""
    return sum(1 for one in contrasts if one.chance is not None)


def against_the_rest(question: Question, mine: Distribution, everybody: Distribution, *, minimum: int) -> Contrast:
    """The leading number of a group against all who are not in it, not yet judged."""
    rest = {value: n - mine.get(value, 0) for value, n in everybody.items()}  # type: ignore[arg-type,call-overload]
    return of_answers(question, mine, rest, minimum=minimum)


def ties(question: Question, ranked: Sequence[Distribution], *, minimum: int) -> tuple[bool, ...]:
    """For each of several groups, best first, whether chance could swap it with the next; the last has none."""
    pairs = judged(of_answers(question, one, next_one, minimum=minimum) for one, next_one in pairwise(ranked))
    return (*(not pair.is_clear for pair in pairs), False)[: len(ranked)]


def _shares(mine: Metric, theirs: Metric, minimum: int) -> Contrast:
    if mine.value is None or theirs.value is None or not _both(mine, theirs, minimum):
        return _too_few(mine, theirs)
    hits, others = round(mine.value * mine.n), round(theirs.value * theirs.n)
    low, high = newcombe(hits, mine.n, others, theirs.n)
    chance = chance_of_shares(hits, mine.n, others, theirs.n)
    return Contrast(mine, theirs, 100 * (mine.value - theirs.value), 100 * low, 100 * high, chance)


def _both(mine: Metric, theirs: Metric, minimum: int) -> bool:
    return enough(min(mine.n, theirs.n), minimum)


def _too_few(mine: Metric, theirs: Metric) -> Contrast:
    return Contrast(mine, theirs, None, None, None, None)


def _finding(contrast: Contrast, chance: float) -> Finding:
    if chance >= CLEAR or not contrast.difference:
        return "close"
    return "more" if contrast.difference > 0 else "less"
