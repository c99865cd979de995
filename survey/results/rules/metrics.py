"""Answers to numbers: NPS, CSAT, CES, mean and share, each with its interval and its n."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

from survey.foundation.intervals import Interval, Z, wilson
from survey.results.rules.beta import t_quantile

Distribution = Mapping[str, int] | Mapping[int, int] | Mapping[str | int, int]
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Metric:
    """One number with all that must stand beside it; the value is None when nobody answered.

    `name` is "nps" (−100 to +100), "csat", "ces" or "share" (fractions), or "mean" (on the question's scale).
    The limits may also be None alone: one answer has a mean but no spread.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class TrendPoint:
    """A metric of one period, for a line over time."""

    label: str
    period_start: date
    metric: Metric


@dataclass(frozen=True)
class NpsGroups:
    """How many would recommend us (9-10), how many would not (0-6), of all who answered 0-10."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        """How many answered at all."""
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> float:
        """The net promoter score, for n above 0."""
        return 100 * (self.promoters - self.detractors) / self.n

    @property
    def adjusted_score(self) -> float:
        """The score with three answers added (P + ¾, D + ¾), the centre of its interval."""
        return 100 * (self.promoters - self.detractors) / (self.n + 3)


def enough(n: int, minimum: int) -> bool:
    """Whether so many answers may be shown as a score."""
    return n >= max(minimum, 1)


def grades(distribution: Distribution, lowest: int | None = None, highest: int | None = None) -> dict[int, int]:
    """The whole numbers among the answers, within the scale, with their counts; the rest is not counted."""
    counted: dict[int, int] = {}
    for answer, count in distribution.items():
        grade = _whole(answer)
        if grade is None or count <= 0 or not _within(grade, lowest, highest):
            continue
        counted[grade] = counted.get(grade, 0) + count
    return counted


def numbers(distribution: Distribution) -> dict[float, int]:
    """The numbers among the answers with their counts; the rest is not counted."""
    counted: dict[float, int] = {}
    for answer, count in distribution.items():
        number = _number(answer)
        if number is not None and count > 0:
            counted[number] = counted.get(number, 0) + count
    return counted


def nps_groups(distribution: Distribution) -> NpsGroups:
    """Promoters 9-10, passives 7-8, detractors 0-6. Source: Reichheld 2003."""
    counted = grades(distribution, 0, 10)
    promoters = counted.get(10, 0) + counted.get(9, 0)
    passives = counted.get(8, 0) + counted.get(7, 0)
    return NpsGroups(promoters, passives, sum(counted.values()) - promoters - passives)


def nps(distribution: Distribution) -> Metric:
    """Net promoter score 100(P − D)/n of the answers 0-10, with its 95% interval within ±100.

    Source of the interval: adjusted Wald, three answers added (Rocks 2016; Lewis & Sauro 2021). It is
    drawn around the adjusted score, so a single answer's headline may stand outside it.
    """
    groups = nps_groups(distribution)
    if not groups.n:
        return Metric("nps", None, None, None, 0)
    low, high = _adjusted_wald(groups)
    return Metric("nps", groups.score, max(-100.0, low), min(100.0, high), groups.n)


def csat(distribution: Distribution, *, points: int = 5, top: int = 2) -> Metric:
    """Customer satisfaction: the share of answers in the top boxes of a scale 1..points.

    Source: top-2-box, (fours + fives) / answered on five points, with Wilson's interval.
    """
    counted = grades(distribution, 1, points)
    satisfied = sum(count for grade, count in counted.items() if grade > points - top)
    return _proportion("csat", satisfied, sum(counted.values()))


def ces(distribution: Distribution, *, points: int = 7, top: int = 3) -> Metric:
    """Customer effort score (CES 2.0): the share of people who agree that it was easy, of answers 1..points.

    Two conventions are in use. This is the share that at least somewhat agrees (5, 6 or 7 of 7), with Wilson's interval;
    the other one, the mean, stands beside it. Scales of other lengths are never mixed in.
    """
    counted = grades(distribution, 1, points)
    agreeing = sum(count for grade, count in counted.items() if grade > points - top)
    return _proportion("ces", agreeing, sum(counted.values()))


def share(hits: int, n: int) -> Metric:
    """A part of a whole as a fraction, with Wilson's interval."""
    return _proportion("share", hits, n)


def mean(distribution: Distribution, *, lowest: int | None = None, highest: int | None = None) -> Metric:
    """The average grade with its 95% t interval, kept within the scale where one is given.

    Source: Student 1908, mean ± t·s/√n with n − 1 degrees of freedom. Without a spread (one answer, or
    all the same) there is no interval: ±0 would claim a certainty that nobody has.
    """
    return _mean(grades(distribution, lowest, highest), lowest, highest)


def average(distribution: Distribution, *, lowest: float | None = None, highest: float | None = None) -> Metric:
    """The same of numbers that may have digits after the point."""
    return _mean(numbers(distribution), lowest, highest)


def _mean(counted: Mapping[int, int] | Mapping[float, int], lowest: float | None, highest: float | None) -> Metric:
    n = sum(counted.values())
    if not n:
        return Metric("mean", None, None, None, 0)
    value = sum(grade * count for grade, count in counted.items()) / n
    if len(counted) < 2:
        return Metric("mean", value, None, None, n)
    variance = sum(count * (grade - value) ** 2 for grade, count in counted.items()) / (n - 1)
    half = t_quantile(n - 1) * sqrt(variance / n)
    return Metric("mean", value, _raised(value - half, lowest), _lowered(value + half, highest), n)


def nps_error(groups: NpsGroups) -> float:
    """Standard error of the plain NPS in points, for n above 0. Source: Var = p₊ + p₋ − NPS² of +1, 0, −1."""
    return _error(groups.promoters, groups.detractors, groups.n)


def nps_error_adjusted(groups: NpsGroups) -> float:
    """The same error with three answers added (P + ¾, D + ¾), which is never 0."""
    return _error(groups.promoters + 0.75, groups.detractors + 0.75, groups.n + 3)


def _error(promoters: float, detractors: float, n: float) -> float:
    net = (promoters - detractors) / n
    return 100 * sqrt(max(0.0, (promoters + detractors) / n - net * net) / n)


def _adjusted_wald(groups: NpsGroups) -> Interval:
    half = Z * nps_error_adjusted(groups)
    return groups.adjusted_score - half, groups.adjusted_score + half


def _proportion(name: str, hits: int, n: int) -> Metric:
    if n <= 0:
        return Metric(name, None, None, None, 0)
    low, high = wilson(hits, n)
    return Metric(name, hits / n, low, high, n)


def _whole(answer: str | int) -> int | None:
    if isinstance(answer, int):
        return answer
    text = answer.strip()
    return int(text) if text.isascii() and text.lstrip("-").isdecimal() and len(text) <= 9 else None


def _number(answer: str | int) -> float | None:
    is_number = isinstance(answer, int) or NUMBER.fullmatch(answer.strip())
    return float(answer) if is_number else None


def _within(grade: int, lowest: int | None, highest: int | None) -> bool:
    return (lowest is None or grade >= lowest) and (highest is None or grade <= highest)


def _raised(limit: float, lowest: float | None) -> float:
    return limit if lowest is None else max(limit, float(lowest))


def _lowered(limit: float, highest: float | None) -> float:
    return limit if highest is None else min(limit, float(highest))
