"""Themes over time: how much a theme is talked about week by week, and when that moved beyond noise.

A week is held against the eight weeks before it, and so are the last two weeks together, which finds a smaller change one
week later. The test is exact (hypergeometric, mid-p), told as the z of a normal distribution: with few comments the usual
z of two shares raises four times as many false alarms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, lgamma
from statistics import NormalDist

from survey.foundation.intervals import Interval, wilson

WEEKS_BEFORE = 8
FEWEST_COMMENTS = 10
ALARM_Z = 3.0
SMALLEST_TAIL = 1e-12
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Week:
    """How many of the comments of one week speak of a theme."""

    begins: date
    hits: int
    n: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A week of a theme as shown: its share with a 95 % interval, how far it is from what was usual, and whether that is news.

    `usual` is the share of the eight weeks before; both it and `z` are None where those weeks hold too little.
    `direction` is “up” or “down” where the move is beyond noise, else “”.
    """

    week: Week
    share: float | None
    interval: Interval
    usual: float | None
    z: float | None
    direction: str


def moves(weeks: Sequence[Week]) -> list[Moved]:
    """Every week, in order, with its flag. The weeks follow one another without a gap; empty ones have n = 0."""
    return [_moved(weeks, at) for at in range(len(weeks))]


def _moved(weeks: Sequence[Week], at: int) -> Moved:
    week = weeks[at]
    tests = list(_tests(weeks, at))
    z = max(tests, key=abs, default=None)
    return Moved(
        week=week,
        share=week.hits / week.n if week.n else None,
        interval=wilson(week.hits, week.n),
        usual=_share(weeks[max(0, at - WEEKS_BEFORE) : at]),
        z=z,
        direction=_direction(z),
    )


def _tests(weeks: Sequence[Week], at: int) -> Iterator[float]:
    """The z of this week, and of this and the last week together, where both sides hold enough."""
    for length in (1, 2):
        first = at + 1 - length
        now, before = weeks[max(0, first) : at + 1], weeks[max(0, first - WEEKS_BEFORE) : max(0, first)]
        n, n_before = sum(week.n for week in now), sum(week.n for week in before)
        if len(now) == length and len(before) == WEEKS_BEFORE and n >= FEWEST_COMMENTS <= n_before:
            yield z_of_change(sum(week.hits for week in now), n, sum(week.hits for week in before), n_before)


def _share(weeks: Sequence[Week]) -> float | None:
    n = sum(week.n for week in weeks)
    return sum(week.hits for week in weeks) / n if len(weeks) == WEEKS_BEFORE and n >= FEWEST_COMMENTS else None


def _direction(z: float | None) -> str:
    if z is None or abs(z) < ALARM_Z:
        return ""
    return "up" if z > 0 else "down"


def z_of_change(hits: int, n: int, hits_before: int, n_before: int) -> float:
    """How surprising a share is when nothing changed, as a z: of an exact test, so that it holds for small numbers too."""
    above = _tail(hits, n, hits_before, n_before)
    if above <= 0.5:
        return -NORMAL.inv_cdf(max(above, SMALLEST_TAIL))
    return NORMAL.inv_cdf(max(_tail(n - hits, n, n_before - hits_before, n_before), SMALLEST_TAIL))


def _tail(hits: int, n: int, hits_before: int, n_before: int) -> float:
    """Chance of more hits than these when all are dealt out anew, with half of the chance of exactly these."""
    all_hits, everything = hits + hits_before, n + n_before
    base = _log_choose(everything, n)
    total = 0.0
    for drawn in range(hits, min(n, all_hits) + 1):
        chance = exp(_log_choose(all_hits, drawn) + _log_choose(everything - all_hits, n - drawn) - base)
        total += chance / 2 if drawn == hits else chance
        if drawn > hits and chance < SMALLEST_TAIL:
            break
    return total


def _log_choose(n: int, k: int) -> float:
    if k < 0 or k > n:
        return float("-inf")
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
