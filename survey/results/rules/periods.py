"""Periods that a page can be asked for: whole months, so that counts kept by month answer for them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, whole_month_words
from survey.results.rules.words import period_words

ALL = "all"
# How many months a name covers, and how many months before this one the last of them is.
LENGTHS: dict[str, tuple[int, int]] = {
    "this-month": (1, 0),
    "last-month": (1, 1),
    "3-months": (3, 0),
    "12-months": (12, 0),
}
PERIODS: tuple[tuple[str, str], ...] = (
    (ALL, lazy_gettext("All time")),
    ("this-month", lazy_gettext("This month")),
    ("last-month", lazy_gettext("Last month")),
    ("3-months", lazy_gettext("Last 3 months")),
    ("12-months", lazy_gettext("Last 12 months")),
)
MONTH = re.compile(r"(?!0000)([0-9]{4})-(0[1-9]|1[0-2])")
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True)
class Period:
    """Whole months from `since` to `until`, both days included; None is an open end.

    `words` say which days have been looked at: a month that is not over yet ends today.
    """

    name: str
    since: date | None
    until: date | None
    words: str

    @property
    def months(self) -> int | None:
        """How many months it covers; None for all time."""
        if self.since is None or self.until is None:
            return None
        return _number(self.until) - _number(self.since) + 1


EVER = Period(ALL, None, None, lazy_gettext("all time"))


def period(name: str, today: date) -> Period:
    """The period of this name, seen from today; raises Refused for a name that is not one."""
    if name == ALL:
        return Period(ALL, None, None, period_words(None, None, today=today))
    if name in LENGTHS:
        months, back = LENGTHS[name]
        last = _number(today) - back
        return _months(name, last - months + 1, last, today)
    return _single(name, today)


def month_name(day: date) -> str:
    """The name of a day's month as a period: 2026-09."""
    return f"{day.year:04d}-{day.month:02d}"


def earlier(now: Period, today: date) -> Period | None:
    """The months just before, as many as the period has; None for all time, before which there is nothing.

    Its name can be asked for only where it is a single month; it is empty otherwise.
    """
    if now.since is None or now.months is None:
        return None
    last = _number(now.since) - 1
    name = month_name(_first(last)) if now.months == 1 else ""
    return _months(name, last - now.months + 1, last, today)


def options(chosen: Period) -> tuple[tuple[str, str], ...]:
    """Names and labels for a select box, with the chosen period where it is a month of its own."""
    if any(name == chosen.name for name, _label in PERIODS):
        return PERIODS
    assert chosen.since is not None
    return (*PERIODS, (chosen.name, whole_month_words(chosen.since)))


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def last_day(day: date) -> date:
    """The last day of a day's month."""
    return _first(_number(day) + 1) - timedelta(days=1)


def months_between(days: Collection[date]) -> list[date]:
    """The first days of all months from the earliest of these days to the latest."""
    if not days:
        return []
    return [_first(number) for number in range(_number(min(days)), _number(max(days)) + 1)]


def _single(name: str, today: date) -> Period:
    found = MONTH.fullmatch(name)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        known = ", ".join(name for name, _label in PERIODS)
        raise Refused(
            _(
                "There is no such period. Ask for one of %(known)s, or a month such as %(month)s.",
                known=known, month=month_name(today),
            )
        )  # fmt: skip
    number = int(found[1]) * 12 + int(found[2]) - 1
    return _months(name, number, number, today)


def _months(name: str, first: int, last: int, today: date) -> Period:
    since, until = _first(first), _first(last + 1) - timedelta(days=1)
    seen_until = min(until, today) if since <= today else until
    return Period(name, since, until, period_words(since, seen_until, today=today))


def _number(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _first(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
