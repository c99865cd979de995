"""Decisions about priorities: when a reason is one, in which state it is, and when nobody has answered for it too long."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, ngettext
from survey.reasons.rules import REASONS, Control

WINDOW_DAYS = 90
FEWEST = 3  # of fewer people nothing is a priority
PART = 10  # one tenth of those who left for reasons that we control
UNOWNED_DAYS = 7
WORDS_LIMIT, SETTLED_LIMIT = 120, 300


class State(StrEnum):
    """How far a theme is."""

    WATCHING = "watching"
    PRIORITY = "priority"
    OWNED = "owned"
    ACTING = "acting"
    SETTLED = "settled"


STATE_WORDS: Mapping[str, str] = {
    State.WATCHING: lazy_gettext("Watched"),
    State.PRIORITY: lazy_gettext("Nobody leads it"),
    State.OWNED: lazy_gettext("Somebody leads it"),
    State.ACTING: lazy_gettext("Something is being done"),
    State.SETTLED: lazy_gettext("Settled"),
}


class Facts(Protocol):
    """What is known of a theme."""

    code: str | None
    priority_since: date
    settled_on: date | None

    @property
    def is_owned(self) -> bool:
        """Whether a leader who works here answers for it."""
        ...


def state_of(theme: Facts, *, is_answered: bool) -> State:
    """In which state a theme is; `is_answered` says whether an improvement that was not declined answers it."""
    if theme.settled_on is not None:
        return State.SETTLED
    if not theme.is_owned:
        return State.PRIORITY
    return State.ACTING if is_answered else State.OWNED


def is_neglected(theme: Facts, today: date) -> bool:
    """Whether it has been a priority for a week and nobody leads it."""
    is_open = theme.settled_on is None and not theme.is_owned
    return is_open and (today - theme.priority_since).days >= UNOWNED_DAYS


# ---- counting -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Loss:
    """People who left on one day for one reason (None: not known), and what they were worth in one currency."""

    code: str | None
    left_on: date
    people: int
    currency: str | None = None
    value_minor: int | None = None


@dataclass
class Tally:
    """How many people left for a reason, and what they were worth by currency."""

    people: int = 0
    values: dict[str, int] = field(default_factory=dict)

    def add(self, loss: Loss) -> None:
        """Count a loss in."""
        self.people += loss.people
        if loss.value_minor is not None:
            self.values[loss.currency or ""] = self.values.get(loss.currency or "", 0) + loss.value_minor


def is_controllable(code: str | None) -> bool:
    """Whether we control a reason whole: what we control in part, not at all, or do not know is counted apart."""
    return code is not None and code in REASONS and REASONS[code].control == Control.CONTROLLABLE


def can_be_priority(code: str | None) -> bool:
    """Whether a reason can become a priority: not what we decided ourselves, nor what nobody knows."""
    return code is not None and is_controllable(code) and REASONS[code].level1 not in ("F", "Z")


def tally(losses: Iterable[Loss]) -> dict[str, Tally]:
    """How many people left for each reason that can be a priority."""
    found: dict[str, Tally] = {}
    for loss in losses:
        if loss.code is not None and can_be_priority(loss.code):
            found.setdefault(loss.code, Tally()).add(loss)
    return found


@dataclass(frozen=True)
class Base:
    """Of whom a reason's people are a share: those who left for reasons that we control; the others stand apart."""

    controllable: int
    apart: int
    unknown: int


def base_of(losses: Sequence[Loss]) -> Base:
    """Sum up the people of a window."""
    ours = sum(loss.people for loss in losses if is_controllable(loss.code))
    unknown = sum(loss.people for loss in losses if loss.code is None or loss.code.startswith("Z"))
    return Base(ours, sum(loss.people for loss in losses) - ours - unknown, unknown)


def threshold(controllable: int) -> int:
    """How many people make a reason a priority: three, or a tenth of those who left for reasons that we control."""
    return max(FEWEST, -(-controllable // PART))


def window(today: date) -> tuple[date, date]:
    """The first and the last day that are counted."""
    return today - timedelta(days=WINDOW_DAYS - 1), today


def due(losses: Sequence[Loss], known: Mapping[str, date | None]) -> dict[str, int]:
    """The reasons that are to become priorities now, with their people.

    `known` are the themes by code, with the day on which they were settled; one that is open stays as it is, one that was
    settled comes back when enough people have left for it since.
    """
    least = threshold(base_of(losses).controllable)
    settled = {code: day for code, day in known.items() if day is not None}
    counted = [
        loss
        for loss in losses
        if loss.code is not None
        and (loss.code not in known or (loss.code in settled and loss.left_on > settled[loss.code]))
    ]
    return {code: one.people for code, one in tally(counted).items() if one.people >= least}


# ---- what answers a reason ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fix:
    """An improvement that answers reasons, as this room needs it: known higher up, injected."""

    id: UUID
    title: str
    stage_words: str
    codes: tuple[str, ...]
    shipped_on: date | None
    is_declined: bool = False


def fixes_of(code: str | None, fixes: Iterable[Fix]) -> list[Fix]:
    """Those that answer a reason."""
    return [fix for fix in fixes if code in fix.codes]


def shipped_since(fixes: Iterable[Fix]) -> date | None:
    """When the last of them was shipped."""
    return max((fix.shipped_on for fix in fixes if fix.shipped_on), default=None)


def repeats(losses: Iterable[Loss], code: str | None, shipped_on: date | None) -> int | None:
    """How many people left for a reason after the day on which something against it was shipped; None before that."""
    if shipped_on is None:
        return None
    return sum(loss.people for loss in losses if loss.code == code and loss.left_on > shipped_on)


# ---- words --------------------------------------------------------------------------------------------------------


def headline(open_: int, unowned: int) -> str:
    """The first sentence of the page."""
    if not open_:
        return _("Nothing is a priority now.")
    if not unowned:
        return ngettext("One priority, and somebody leads it", "%(num)s priorities, and somebody leads each", open_)
    if unowned == open_:
        return ngettext("One priority, and nobody leads it", "%(num)s priorities, and nobody leads any of them", open_)
    said = ngettext("%(num)s priority", "%(num)s priorities", open_)
    rest = ngettext("nobody leads one of them", "nobody leads %(num)s of them", unowned)
    return _("%(priorities)s; %(unowned)s", priorities=said, unowned=rest)


def since_words(theme: Facts, today: date, day: str) -> str:
    """Since when it is a priority, and how long nobody has led it."""
    days = (today - theme.priority_since).days
    if theme.settled_on is not None or theme.is_owned or not days:
        return _("since %(day)s", day=day)
    return ngettext(
        "since %(day)s; nobody has led it for %(num)s day",
        "since %(day)s; nobody has led it for %(num)s days",
        days,
        day=day,
    )
