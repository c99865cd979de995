"""Reasons to stay beside reasons to leave: both sides as people, with their shares."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from survey.departures.rules import (
    ReasonCount,
)
from survey.foundation.language import gettext as _
from survey.foundation.language import within_sentence
from survey.reasons.rules import LEVELS
from survey.results.rules.comparisons import ranked_with_ties
from survey.results.rules.findings import tie_words
from survey.results.rules.metrics import Metric, enough, share

FEWEST = 5  # of fewer people no share is told
TOP = 3


@dataclass(frozen=True)
class Line:
    """A reason with its people, and their share of everybody on its side."""

    key: str
    label: str
    share: Metric
    people: int
    is_grey: bool = False


@dataclass(frozen=True)
class Side:
    """Reasons to stay or to leave, most people first; `unnamed` people gave none that we know, of `n` the others are a share."""

    lines: Sequence[Line]
    n: int
    unnamed: int

    @property
    def is_enough(self) -> bool:
        """Whether shares can be told."""
        return enough(self.n, FEWEST)

    @property
    def top(self) -> Sequence[Line]:
        """The first three, and whatever is as common as the third."""
        least = self.lines[TOP - 1].people if len(self.lines) > TOP else 0
        return [line for line in self.lines if line.people >= least]

    @property
    def rest(self) -> Sequence[Line]:
        """What can wait until somebody asks for it."""
        return self.lines[len(self.top) :]

    @property
    def most(self) -> int:
        """The people of the longest bar."""
        return max([self.unnamed, *(line.people for line in self.lines)], default=0)

    @property
    def tie_words(self) -> str:
        """What is not sure about the order; empty where it is sure."""
        counts = {line.key: line.people for line in self.lines}
        return tie_words(counts.values()) if ranked_with_ties(counts).too_close else ""

    @property
    def leading(self) -> Sequence[Line]:
        """The one line, or the two, that are surely ahead of all others; none of too few people."""
        for ahead in (1, 2):
            if self.is_enough and len(self.lines) >= ahead and not self._is_close(ahead):
                return self.lines[:ahead]
        return ()

    def _is_close(self, ahead: int) -> bool:
        """Whether chance could swap the last of the first lines with the next one."""
        return ranked_with_ties({line.key: line.people for line in self.lines[ahead - 1 : ahead + 1]}).too_close


def staying(by_level: Mapping[str, Collection[UUID]], everybody: Collection[UUID]) -> Side:
    """What people praise who wrote something positive, each counted once for a thing."""
    n = len(everybody)
    lines = [
        Line(level, _(LEVELS[level]), share(len(people), n), len(people))
        for level, people in by_level.items()
        if people
    ]
    named = {person for people in by_level.values() for person in people}
    return Side(sorted(lines, key=lambda line: (-line.people, line.label)), n, n - len(named))


def leaving(counts: Sequence[ReasonCount]) -> Side:
    """The reasons that people stated first who left, of those who said why; each person stands in one of them."""
    known = [count for count in counts if count.is_known]
    n = sum(count.people for count in known)
    lines = [
        Line(count.key, count.label, share(count.people, n), count.people, not count.is_ours)
        for count in sorted(known, key=lambda count: (-count.people, count.label))
    ]
    return Side(lines, n, sum(count.people for count in counts) - n)


def headline(stay: Side, leave: Side) -> str:
    """The first sentence of the page: why they stay, then why they leave; never more than is sure."""
    return f"{_stay_words(stay)} {_leave_words(leave)}"


def _stay_words(side: Side) -> str:
    if not side.n:
        return _("Nobody has written here yet what they like.")
    if not side.is_enough or not side.lines:
        return _("Too few say what they like to know why they stay.")
    names = [within_sentence(line.label) for line in side.leading]
    if not names:
        return _("Nothing that customers stay for stands out.")
    if len(names) > 1:
        return _("Customers praise two things most: %(first)s, and %(second)s.", first=names[0], second=names[1])
    return _("Customers praise one thing most: %(first)s.", first=names[0])


def _leave_words(side: Side) -> str:
    if not side.n:
        return _("Nobody who left said why.") if side.unnamed else _("Nobody left.")
    if not side.is_enough:
        return _("Too few who left said why.")
    names = [within_sentence(line.label) for line in side.leading]
    if not names:
        return _("No reason to leave stands out.")
    if len(names) > 1:
        return _("Those who left name two reasons most: %(first)s, and %(second)s.", first=names[0], second=names[1])
    return _("Those who left name one reason most: %(first)s.", first=names[0])
