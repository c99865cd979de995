"""Cells of an imported row: days, months, words."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Literal

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import line

DayOrder = Literal["dmy", "mdy"]

BLANK = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "null", "none", "#n/a"})
MONTHS_LIMIT = 1_500
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})(?:[t ][0-9:.]+(?:z|[+-][0-9:]+)?)?")
NUMBERS = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(?: [0-9:]+)?")
DAY_MONTH = re.compile(r"([0-9]{1,2})\.? ([a-z]{3})[a-z]*\.?,? ([0-9]{4})")
MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.? ([0-9]{1,2}),? ([0-9]{4})")
MONTHS_CELL = re.compile(r"[0-9]{1,5}(?:[.,][0-9]{1,6})?")
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,6})?")
LANGUAGE_NAMES: Mapping[str, str] = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es", "español": "es",
    "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl", "nederlands": "nl",
    "polish": "pl", "polski": "pl", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "turkish": "tr",
}  # fmt: skip


class Unreadable(Refused):
    """A cell that cannot be what its column says; the message names the cell."""


def is_blank(cell: str) -> bool:
    """Whether a cell of a date, a number or a reason says nothing, in any of the usual ways."""
    return cell.strip().casefold() in BLANK


def words(cell: str, *, field: str, limit: int) -> str:
    """Return a cell as one line of at most limit characters."""
    try:
        return line(cell, limit=limit)
    except Refused as error:
        raise Unreadable(f"{field}: {error}") from None


def email(cell: str) -> str | None:
    """Return an address in lower case; None for a blank cell."""
    if is_blank(cell):
        return None
    address = words(cell, field="email", limit=320).lower()
    if not EMAIL.fullmatch(address):
        raise Unreadable(_("“%(text)s” is not an e-mail address", text=cell.strip()[:60]))
    return address


def language(cell: str) -> str | None:
    """Return a language code such as “en” or “pt-br”; None where the cell names no language that we know."""
    name = cell.strip().casefold().replace("_", "-")
    return LANGUAGE_NAMES.get(name) or (name if LANGUAGE.fullmatch(name) else None)


def months(cell: str) -> int | None:
    """Return whole months, parts of a month left off; None for a blank cell."""
    if is_blank(cell):
        return None
    if not MONTHS_CELL.fullmatch(cell.strip()):
        raise Unreadable(_("“%(text)s” is not a number of months", text=cell.strip()[:60]))
    number = int(re.split(r"[.,]", cell.strip())[0])
    if number > MONTHS_LIMIT:
        raise Unreadable(_("%(number)s months is longer than anybody can have been a customer", number=number))
    return number


def day(cell: str, order: DayOrder | None = None) -> date | None:
    """Return a day written as 2026-09-30, 20260930, 30.09.2026, 30 Sep 2026, Sep 30, 2026 or with slashes.

    None for a blank cell. `order` says how 03/04/2026 is meant; without it such a day is refused rather than guessed.
    """
    if is_blank(cell):
        return None
    text = " ".join(cell.casefold().split())
    for pattern, parts in READERS.items():
        if found := pattern.fullmatch(text):
            return _date(cell, *parts(found, order))
    raise Unreadable(_("“%(text)s” is not a day; write it as 2026-09-30", text=cell.strip()[:60]))


def day_order(cells: Iterable[str]) -> DayOrder | None:
    """Tell from all the days of a file whether 03/04/2026 is 3 April (“dmy”) or 4 March (“mdy”); None where none shows it.

    Where some show one order and some the other, None too: then each is refused that could be either.
    """
    seen = {order for cell in cells if (order := _shown_order(cell))}
    return seen.pop() if len(seen) == 1 else None


def _shown_order(cell: str) -> DayOrder | None:
    found = NUMBERS.fullmatch(" ".join(cell.split()))
    if not found or found[2] == ".":
        return None
    first, second = int(found[1]), int(found[3])
    return "dmy" if first > 12 >= second else "mdy" if second > 12 >= first else None


Parts = tuple[int, int, int]


def _year_first(found: re.Match[str], _order: DayOrder | None) -> Parts:
    return int(found[1]), int(found[3]), int(found[4])


def _numbers(found: re.Match[str], order: DayOrder | None) -> Parts:
    """Dots mean day first everywhere; slashes and dashes mean what the file shows, or what the day itself shows."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    order = "dmy" if found[2] == "." or first == second else order or _shown_order(found[0])
    if order is None:
        better = f"{year}-{second:02d}-{first:02d}"
        raise Unreadable(
            _(
                "“%(text)s” can be two days; write it as %(better)s, or say how the file writes days (dmy or mdy)",
                text=found[0],
                better=better,
            )
        )
    return (year, second, first) if order == "dmy" else (year, first, second)


def _day_month(found: re.Match[str], _order: DayOrder | None) -> Parts:
    return int(found[3]), _month(found[2]), int(found[1])


def _month_day(found: re.Match[str], _order: DayOrder | None) -> Parts:
    return int(found[3]), _month(found[1]), int(found[2])


def _month(name: str) -> int:
    return MONTHS.index(name) + 1 if name in MONTHS else 0


READERS: Mapping[re.Pattern[str], Callable[[re.Match[str], DayOrder | None], Parts]] = {
    YEAR_FIRST: _year_first,
    NUMBERS: _numbers,
    DAY_MONTH: _day_month,
    MONTH_DAY: _month_day,
}


def _date(cell: str, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Unreadable(_("“%(text)s” is not a day that exists", text=cell.strip()[:60])) from None
