"""Stays as a customer: how long one was, and which one a fact speaks of. Anything with the two days is a stay."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from survey.customers.rules.cells import Unreadable
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext


class Stay(Protocol):
    """A first and a last day; a stay without a last day goes on."""

    @property
    def started_on(self) -> date | None:
        """The first day, where it is known."""
        ...

    @property
    def ended_on(self) -> date | None:
        """The last day."""
        ...


class Told(Stay, Protocol):
    """A stay as somebody tells of it."""

    @property
    def is_start_derived(self) -> bool:
        """Whether the first day was only reckoned."""
        ...


def months_before(day: date, months: int) -> date:
    """Return the day so many months before, or the last of its month where that is shorter."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    if year < 1:
        raise Unreadable(_("so long a stay began before our calendar"))
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def tenure_months(started_on: date | None, ended_on: date | None) -> int | None:
    """Return the whole months from the first to the last day; None where either is not known."""
    if started_on is None or ended_on is None:
        return None
    months = (ended_on.year - started_on.year) * 12 + ended_on.month - started_on.month
    return max(0, months - (ended_on.day < started_on.day))


def tenure_words(months: int | None) -> str:
    """“3 years 2 months”, “9 months”, “less than a month”, as it stands behind “after” and “for”; empty where it is not known."""
    if months is None:
        return ""
    years, rest = divmod(months, 12)
    said = [ngettext("%(num)s year", "%(num)s years", years)] if years else []
    said += [ngettext("%(num)s month", "%(num)s months", rest)] if rest else []
    return " ".join(said) or _("less than a month")


def which(told: Told, stays: Sequence[Stay]) -> int | None:
    """Return the index of the stay that is told of; None for a new one.

    An ended stay never opens again: somebody who is a customer once more has a new one. Without a start of its own an
    end speaks of the stay that is open, or of the last that ended (the same file read again, a month later).
    """
    if told.ended_on is None:
        return next((index for index, stay in enumerate(stays) if stay.ended_on is None), None)
    for index, stay in enumerate(stays):
        if _is_same(told, stay):
            return index
    touching = [index for index, stay in enumerate(stays) if not _apart(told, stay)]
    return max(touching, key=lambda index: stays[index].ended_on or date.max, default=None)


def _is_same(told: Told, stay: Stay) -> bool:
    if stay.ended_on is None:
        return False
    has_same_start = told.started_on is not None and not told.is_start_derived and told.started_on == stay.started_on
    return has_same_start or told.ended_on == stay.ended_on


def _apart(told: Told, stay: Stay) -> bool:
    """Whether one was over when the other began, as far as firm days can tell."""
    begins_after = (
        told.started_on is not None
        and not told.is_start_derived
        and stay.ended_on is not None
        and told.started_on > stay.ended_on
    )
    ends_before = told.ended_on is not None and stay.started_on is not None and told.ended_on < stay.started_on
    return begins_after or ends_before
