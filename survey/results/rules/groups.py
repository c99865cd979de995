"""Small groups: what may be shown where a reader sees groups only. One rule for page, chart, table and list.

Months with too few answers are shown together with later ones, as one batch, so that no difference between two periods
is smaller than a group. The last months wait until they are enough, and the month that is not over waits for its end:
a number that moved with every answer would tell what one person said. Without a promise to keep (minimum 1) every month
is a batch of its own, and none waits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from survey.results.rules.metrics import enough
from survey.results.rules.periods import Period, last_day, month_of
from survey.results.rules.tally import Counts, added, answered_in, responses_in

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


def batches(months: Mapping[date, Counts], minimum: int) -> tuple[tuple[Batch, ...], tuple[date, ...]]:
    """Group months, oldest first, into batches of at least `minimum` responses; and the last months that are too few."""
    found: list[Batch] = []
    open_months: list[date] = []
    for month in sorted(months):
        open_months.append(month)
        counts = added(months[open_month] for open_month in open_months)
        if enough(responses_in(counts), minimum):
            found.append(Batch(tuple(open_months), counts))
            open_months = []
    return tuple(found), tuple(open_months)


def seen(months: Mapping[date, Counts], period: Period, *, minimum: int = NO_PROMISE, today: date = date.min) -> Seen:
    """What may be shown of a period: the batches that lie wholly in it; no month that is not over by `today`."""
    found, _ = batches(_over(months, today) if minimum > NO_PROMISE else months, minimum)
    shown = tuple(batch for batch in found if all(_within(month, period) for month in batch.months))
    in_period = sum(responses_in(counts) for month, counts in months.items() if _within(month, period))
    return Seen(shown, in_period - sum(responses_in(batch.counts) for batch in shown), minimum)


def span(shown: Seen, chosen: Period) -> tuple[date | None, date | None]:
    """The days that may be looked at: the period’s, or those of its batches where small groups are held back."""
    if shown.minimum == NO_PROMISE or not shown.batches:
        return chosen.since, chosen.until
    return shown.batches[0].months[0], last_day(shown.batches[-1].months[-1])


def hidden_values(
    counts: Counts, question: str, minimum: int, *, group: Callable[[str], str] = lambda _value: ""
) -> frozenset[str]:
    """The values of a question whose numbers stay hidden: those that fewer than `minimum` people gave.

    A single hidden number could be had by subtraction; where the hidden ones together are still too few, the smallest
    of the others goes with them. That is so in each group of values whose numbers add up to the same people.
    """
    groups: dict[str, dict[str, int]] = {}
    for value, n in counts.get(question, {}).items():
        if n > 0:
            groups.setdefault(group(value), {})[value] = n
    return frozenset().union(*(_hidden(given, minimum) for given in groups.values()))


def _hidden(given: Mapping[str, int], minimum: int) -> set[str]:
    hidden = {value for value, n in given.items() if not enough(n, minimum)}
    others = sorted(given.keys() - hidden, key=lambda value: (given[value], value))
    while hidden and others and not enough(sum(given[value] for value in hidden), minimum):
        hidden.add(others.pop(0))
    return hidden


def is_hidden(counts: Counts, question: str, minimum: int) -> bool:
    """Whether so few answered a question that nothing of it is shown."""
    return 0 < answered_in(counts, question) < minimum


def months_within(months: Mapping[date, Counts], period: Period) -> dict[date, Counts]:
    """The months that lie in a period."""
    return {month: counts for month, counts in months.items() if _within(month, period)}


def _over(months: Mapping[date, Counts], today: date) -> dict[date, Counts]:
    return {month: counts for month, counts in months.items() if month < month_of(today)}


def _within(month: date, period: Period) -> bool:
    return (period.since is None or month >= month_of(period.since)) and (period.until is None or month <= period.until)
