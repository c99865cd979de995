"""Is a difference more than chance: two scores, this month against the months before, the top reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erfc, hypot, sqrt
from typing import Literal

from survey.foundation.intervals import Z, newcombe
from survey.results.rules.beta import at_least, beta_below, t_quantile, two_sided
from survey.results.rules.metrics import Distribution, nps_error, nps_error_adjusted, nps_groups, numbers

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
    p: float | None = None  # the chance of such a difference, or a larger one, where nothing moved


NOTHING = Change(None, None, None, None, "no clear change")


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
        return NOTHING
    difference = new.score - old.score
    tested, errors = difference, (nps_error(new), nps_error(old))
    if not all(errors):
        tested, errors = new.adjusted_score - old.adjusted_score, (nps_error_adjusted(new), nps_error_adjusted(old))
    z, half = tested / hypot(*errors), Z * hypot(*errors)
    return Change(difference, max(-200.0, tested - half), min(200.0, tested + half), z, _verdict(z), _beyond(z))


def share_change(hits: int, n: int, hits_before: int, n_before: int) -> Change:
    """A share less the share before, in points, with Newcombe’s interval and the z test of two proportions.

    Source: z = (p₁ − p₂)/√(p(1 − p)(1/n₁ + 1/n₂)), p of both sides together (Fleiss 1981). The verdict is the interval’s.
    """
    if not n or not n_before:
        return NOTHING
    together, difference = (hits + hits_before) / (n + n_before), hits / n - hits_before / n_before
    error = sqrt(together * (1 - together) * (1 / n + 1 / n_before))
    z = difference / error if error else 0.0
    low, high = newcombe(hits, n, hits_before, n_before)
    verdict: Verdict = "more" if low > 0 else "less" if high < 0 else "no clear change"
    return Change(100 * difference, 100 * low, 100 * high, z, verdict, _beyond(z))


def mean_change(now: Distribution, before: Distribution) -> Change:
    """The mean less the mean before, with the interval and the test of Welch 1947, whose sides may spread unlike.

    Source: t = (x̄₁ − x̄₂)/√(s₁²/n₁ + s₂²/n₂), with Satterthwaite’s degrees of freedom. Without a spread on either side, or
    with a single answer on one, there is nothing to judge it by.
    """
    (mean, error, n), (mean_before, error_before, n_before) = _moments(now), _moments(before)
    both = error + error_before
    if min(n, n_before) < 2 or not both:
        return NOTHING
    degrees = both**2 / (error**2 / (n - 1) + error_before**2 / (n_before - 1))
    difference, half = mean - mean_before, t_quantile(degrees) * sqrt(both)
    t = difference / sqrt(both)
    p = beta_below(degrees / (degrees + t * t), degrees / 2, 0.5)
    verdict: Verdict = "no clear change" if p >= CHANCE else "more" if t > 0 else "less"
    return Change(difference, difference - half, difference + half, t, verdict, p)


def _moments(distribution: Distribution) -> tuple[float, float, int]:
    """The mean, its squared error, and how many numbers."""
    counted = numbers(distribution)
    n = sum(counted.values())
    if n < 2:
        return 0.0, 0.0, n
    mean = sum(grade * count for grade, count in counted.items()) / n
    variance = sum(count * (grade - mean) ** 2 for grade, count in counted.items()) / (n - 1)
    return mean, variance / n, n


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The chances of several comparisons, each raised for how many were made: below 5% is clear whatever the others say.

    Source: Holm 1979. The smallest is taken times all of them, the next times one fewer, and none below the one before; so
    in 95 of 100 periods in which nothing moved, nothing at all is called a move.
    """
    raised, highest = [0.0] * len(p_values), 0.0
    for place, number in enumerate(sorted(range(len(p_values)), key=lambda number: p_values[number])):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[number]))
        raised[number] = highest
    return tuple(raised)


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


def _beyond(z: float) -> float:
    """The chance of a standard normal number at least so far from 0, on either side."""
    return erfc(abs(z) / sqrt(2))


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
