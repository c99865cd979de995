"""Small groups: what may be shown where a reader sees groups only. One rule for page, chart, table and list.

Months with too few answers are shown together with later ones, as one batch, so that no difference between two periods
is smaller than a group. The last months wait until they are enough, and the month that is not over waits for its end:
a number that moved with every answer would tell what one person said. Without a promise to keep (minimum 1) every month
is a batch of its own, and none waits.

Every number of people is then rounded down to whole groups. So all numbers of all periods lie on one grid: of two cells, of
a cell in two periods, of a value and the total, the difference is 0 or at least a group, and nothing can be had by
subtraction. A score is made of exact counts, of as many people as a group has at least.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from survey.results.rules.metrics import Metric, enough
from survey.results.rules.periods import Period, last_day, month_of
from survey.results.rules.tally import COMMENTS, Counts, added, responses_in

NO_PROMISE = 1


@dataclass(frozen=True)
class Batch:
    """Months whose answers are shown together."""

    months: tuple[date, ...]
    counts: Counts


@dataclass(frozen=True)
class Seen:
    """What a reader may see of a period: its batches, and how many answers are not shown."""

    batches: tuple[Batch, ...]
    held_back: int
    minimum: int

    @property
    def counts(self) -> Counts:
        """The answers of all batches together."""
        return added(batch.counts for batch in self.batches)

    @property
    def n(self) -> int:
        """How many responses these are."""
        return responses_in(self.counts)


def batches(
    months: Mapping[date, Counts], minimum: int, *, wrote: int = 0
) -> tuple[tuple[Batch, ...], tuple[date, ...]]:
    """Group months, oldest first, into batches of at least `minimum` responses; and the last months that are too few.

    In each of them at least `wrote` have written something, where what they wrote is shown.
    """
    found: list[Batch] = []
    open_months: list[date] = []
    for month in sorted(months):
        open_months.append(month)
        counts = added(months[open_month] for open_month in open_months)
        if enough(responses_in(counts), minimum) and _wrote(counts) >= wrote:
            found.append(Batch(tuple(open_months), counts))
            open_months = []
    return tuple(found), tuple(open_months)


def seen(
    months: Mapping[date, Counts], period: Period, *, minimum: int = NO_PROMISE, today: date = date.min, wrote: int = 0
) -> Seen:
    """What may be shown of a period: the batches that lie wholly in it; no month that is not over by `today`."""
    found, _ = batches(_over(months, today) if minimum > NO_PROMISE else months, minimum, wrote=wrote)
    shown = tuple(batch for batch in found if all(_within(month, period) for month in batch.months))
    in_period = sum(responses_in(counts) for month, counts in months.items() if _within(month, period))
    return Seen(shown, in_period - sum(responses_in(batch.counts) for batch in shown), minimum)


def whole(n: int, group: int) -> int:
    """A number of people in whole groups: 17 are 15 in groups of five."""
    return n - n % group


def metric_in_groups(metric: Metric, group: int) -> Metric:
    """A score with the number of people behind it in whole groups; without its value where they are fewer than one."""
    n = whole(metric.n, group)
    return replace(metric, n=n) if n else Metric(metric.name, None, None, None, 0)


def span(shown: Seen, chosen: Period) -> tuple[date | None, date | None]:
    """The days that may be looked at: the period’s, or those of its batches where small groups are held back."""
    if shown.minimum == NO_PROMISE or not shown.batches:
        return chosen.since, chosen.until
    return shown.batches[0].months[0], last_day(shown.batches[-1].months[-1])


def months_within(months: Mapping[date, Counts], period: Period) -> dict[date, Counts]:
    """The months that lie in a period."""
    return {month: counts for month, counts in months.items() if _within(month, period)}


def _wrote(counts: Counts) -> int:
    """How many people wrote something, read or not."""
    return sum(counts.get(COMMENTS, {}).values())


def _over(months: Mapping[date, Counts], today: date) -> dict[date, Counts]:
    return {month: counts for month, counts in months.items() if month < month_of(today)}


def _within(month: date, period: Period) -> bool:
    return (period.since is None or month >= month_of(period.since)) and (period.until is None or month <= period.until)
