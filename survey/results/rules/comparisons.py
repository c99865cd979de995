"""Is a difference more than chance: two scores, this month against the months before, the top reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal

from survey.foundation.intervals import Z
from survey.results.rules.beta import at_least, two_sided
from survey.results.rules.metrics import Distribution, nps_error, nps_error_adjusted, nps_groups

Verdict = Literal["more", "less", "no clear change"]
Usual = Literal["more", "less", "usual", "unknown"]

CHANCE = 0.05
MONTHS_LOOKED_BACK = 6
MONTHS_NEEDED = 3


@dataclass(frozen=True)
class Change:
    """How far a score moved, with its 95% interval; all None when one side has no answers."""

    difference: float | None
    low: float | None
    high: float | None
    z: float | None
    verdict: Verdict


@dataclass(frozen=True)
class Ranking:
    """Names with their people, most first, and whether chance could swap the first two."""

    rows: tuple[tuple[str, int], ...]
    too_close: bool


def nps_change(now: Distribution, before: Distribution) -> Change:
    """NPS of `now` less NPS of `before`, with a z test at 5%.

    Source: z = (NPS₁ − NPS₂)/√(SE₁² + SE₂²) with the plain standard errors. Where everybody on one side
    gave the same kind of answer its plain error is 0, which would make one answer against one certain: then
    z and the interval are those of the adjusted scores (three answers added to each side).
    """
    new, old = nps_groups(now), nps_groups(before)
    if not new.n or not old.n:
        return Change(None, None, None, None, "no clear change")
    difference = new.score - old.score
    tested, errors = difference, (nps_error(new), nps_error(old))
    if not all(errors):
        tested, errors = new.adjusted_score - old.adjusted_score, (nps_error_adjusted(new), nps_error_adjusted(old))
    z, half = tested / hypot(*errors), Z * hypot(*errors)
    return Change(difference, max(-200.0, tested - half), min(200.0, tested + half), z, _verdict(z))


def usual(counts_before: Sequence[int], current: int, *, part_of_month: float = 1.0) -> Usual:
    """Whether `current` people in this month are more or less than in the months before (oldest first).

    The rule looks at up to six earlier months and needs three. Given everybody who left in those months and
    this one, this month's part is binomial (the exact comparison of two Poisson rates, Przyborowski &
    Wilenski 1940), so a short history counts as little as it should; it is tested two-sided with mid-P at
    5%. Where the earlier months vary more than chance would make them, all counts are divided by that
    dispersion first (Pearson's χ² per degree of freedom), so that a restless past makes us slower to alarm.
    `part_of_month` is how much of this month has passed, above 0 and at most 1.
    """
    before = list(counts_before)[-MONTHS_LOOKED_BACK:]
    if len(before) < MONTHS_NEEDED or not 0 < part_of_month <= 1:
        return "unknown"
    people, expected_share = sum(before) + current, part_of_month / (len(before) + part_of_month)
    if not people:
        return "usual"
    restless = _dispersion(before)
    if two_sided(current / restless, people / restless, expected_share) >= CHANCE:
        return "usual"
    return "more" if current > people * expected_share else "less"


def ranked_with_ties(counts: Mapping[str, int]) -> Ranking:
    """Most people first; too close when a two-sided binomial test cannot part the first two at 5%.

    People who named both reasons are in both counts; that makes the test call more ties, never fewer.
    """
    rows = tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0])))
    return Ranking(rows, len(rows) > 1 and rows[1][1] > 0 and _too_close(rows[0][1], rows[1][1]))


def _too_close(first: int, second: int) -> bool:
    return min(1.0, 2 * at_least(first, first + second, 0.5)) >= CHANCE


def _verdict(z: float) -> Verdict:
    if abs(z) < Z:
        return "no clear change"
    return "more" if z > 0 else "less"


def _dispersion(counts: Sequence[int]) -> float:
    average = sum(counts) / len(counts)
    if not average:
        return 1.0
    spread = sum((count - average) ** 2 for count in counts) / average
    return max(1.0, spread / (len(counts) - 1))
