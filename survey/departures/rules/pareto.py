"""Reasons in their order, by people or by value: shares with intervals, what they add up to, and which are too close to rank."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.departures.rules.losses import ReasonCount
from survey.foundation.language import gettext as _
from survey.foundation.language import list_words, within_sentence
from survey.results.rules.comparisons import ranked_with_ties
from survey.results.rules.metrics import Metric, share

PEOPLE, VALUE = "people", "value"
FEWEST = 5  # of fewer people no share is told


@dataclass(frozen=True)
class Line:
    """One reason: its people and their share, its value and the share of it, what this and all above add up to.

    `rank` is that of the first with which it is too close to rank; None for what is not known, which is no reason.
    """

    reason: ReasonCount
    share: Metric
    people_so_far: float
    value: int
    value_share: float | None
    value_so_far: float | None
    rank: int | None
    is_tied: bool = False


@dataclass(frozen=True)
class Pareto:
    """The lines in their order, of how many people, and of how much value in which currency."""

    lines: tuple[Line, ...]
    people: int
    currency: str
    value: int
    other_currencies: tuple[str, ...]


def pareto(counts: Sequence[ReasonCount], by: str = PEOPLE) -> Pareto:
    """Put reasons in order by people or by value in the main currency; what is not known stands last and stays in sight."""
    totals: dict[str, int] = {}
    for count in counts:
        for currency, minor in count.values.items():
            totals[currency] = totals.get(currency, 0) + minor
    currency = max(totals, key=lambda name: totals[name], default="")
    people, value = sum(count.people for count in counts), totals.get(currency, 0)

    def size(count: ReasonCount) -> tuple[bool, int, int, str]:
        worth = count.values.get(currency, 0)
        first, second = (worth, count.people) if by == VALUE else (count.people, worth)
        return not count.is_known, -first, -second, count.label

    ordered = sorted(counts, key=size)
    ranks = _ranks([count.people for count in ordered if count.is_known]) if by == PEOPLE else []
    lines, so_far, worth_so_far = [], 0, 0
    for index, count in enumerate(ordered):
        worth = count.values.get(currency, 0)
        so_far, worth_so_far = so_far + count.people, worth_so_far + worth
        rank, is_tied = ranks[index] if index < len(ranks) else (None, False)
        lines.append(
            Line(count, share(count.people, people), so_far / people, worth, worth / value if value > 0 else None,
                 worth_so_far / value if value > 0 else None, rank, is_tied)
        )  # fmt: skip
    return Pareto(tuple(lines), people, currency, value, tuple(sorted(name for name in totals if name != currency)))


def _ranks(people: Sequence[int]) -> list[tuple[int, bool]]:
    """The rank of each, and whether it shares it: with the first of its rank chance could swap it."""
    ranks: list[int] = []
    for index, n in enumerate(people):
        leader = ranks[-1] - 1 if ranks else index
        is_close = bool(ranks) and ranked_with_ties({"0": people[leader], "1": n}).too_close
        ranks.append(ranks[-1] if is_close else index + 1)
    return [(rank, ranks.count(rank) > 1) for rank in ranks]


def finding(found: Pareto) -> str:
    """Say what leads: “Price too high leads.”, or that the first ones are too close to rank; nothing for too few."""
    ranked = [line for line in found.lines if line.rank == 1]
    if not ranked or found.people < FEWEST:
        return ""
    names = [ranked[0].reason.label, *(within_sentence(line.reason.label) for line in ranked[1:])]
    if len(names) == 1:
        return _("%(reason)s leads.", reason=names[0])
    if len(names) <= 3:
        return _("%(reasons)s are too close to rank.", reasons=list_words(names))
    return _("The first %(number)s reasons are too close to rank.", number=len(names))
