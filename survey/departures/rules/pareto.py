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

    `ranks` are the best and the worst that it may have; None for what is not known, which is no reason.
    """

    reason: ReasonCount
    share: Metric
    people_so_far: float
    value: int
    value_share: float | None
    value_so_far: float | None
    ranks: tuple[int, int] | None

    @property
    def rank_words(self) -> str:
        """“3”, or “1–2” where chance could swap it with others; nothing for what is not known."""
        if self.ranks is None:
            return ""
        best, worst = self.ranks
        return f"{best}" if best == worst else f"{best}–{worst}"


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
        own = ranks[index] if index < len(ranks) else None
        lines.append(
            Line(count, share(count.people, people), so_far / people, worth, worth / value if value > 0 else None,
                 worth_so_far / value if value > 0 else None, own)
        )  # fmt: skip
    return Pareto(tuple(lines), people, currency, value, tuple(sorted(name for name in totals if name != currency)))


def _ranks(people: Sequence[int]) -> list[tuple[int, int]]:
    """The best and the worst rank that each may have, most people first: chance could swap it with all between.

    Clearly more is monotone in this order, so two fingers suffice, whatever the number of reasons.
    """
    n = len(people)
    best, worst, above, below = [0] * n, [0] * n, 0, 0
    for index in range(n):
        while above < index and _is_clear(people[above], people[index]):
            above += 1
        below = max(below, index)
        while below + 1 < n and not _is_clear(people[index], people[below + 1]):
            below += 1
        best[index], worst[index] = above + 1, below + 1
    return list(zip(best, worst, strict=True))


def _is_clear(more: int, fewer: int) -> bool:
    """Whether so many more people are more than chance, at 5%."""
    return not ranked_with_ties({"0": more, "1": fewer}).too_close if fewer else more > 0


def finding(found: Pareto) -> str:
    """Say what leads: “Price too high leads.”, or that the first ones are too close to rank; nothing for too few."""
    ranked = [line for line in found.lines if line.ranks and line.ranks[0] == 1]
    if not ranked or found.people < FEWEST:
        return ""
    names = [ranked[0].reason.label, *(within_sentence(line.reason.label) for line in ranked[1:])]
    if len(names) == 1:
        return _("%(reason)s leads.", reason=names[0])
    if len(names) <= 3:
        return _("%(reasons)s are too close to rank.", reasons=list_words(names))
    return _("The first %(number)s reasons are too close to rank.", number=len(names))
