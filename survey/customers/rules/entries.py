"""An entry: everything that one row, or one form, says about a person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from survey.customers.rules import cells, money
from survey.customers.rules.cells import DayOrder, Unreadable
from survey.customers.rules.headers import SEGMENT
from survey.customers.rules.stays import months_before
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import clean, fold

LEFT_WORDS = ("churned", "left", "cancelled", "canceled", "former", "lost", "departed", "ended", "closed")
REASON_LIMIT = 2_000
SEGMENT_LIMIT = 120
LIMITS: Mapping[str, int] = {"external_id": 200, "name": 200, "phone": 60, "plan": 120, "tier": 60}


@dataclass(frozen=True)
class PersonEntry:
    """What is said about one person and one stay of theirs; what is not said stays as it is.

    `is_start_derived`: the start was reckoned from a tenure, so it moves with the day of reckoning and proves nothing.
    """

    external_id: str | None = None
    name: str = ""
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    has_left: bool = False
    started_on: date | None = None
    ended_on: date | None = None
    plan: str | None = None
    value_minor: int | None = None
    currency: str | None = None
    tier: str | None = None
    reason: str | None = None
    segments: Mapping[str, str] = field(default_factory=dict)
    is_start_derived: bool = False

    def __post_init__(self) -> None:
        """Refuse an end without leaving, leaving without an end, and an end before the start."""
        if self.has_left != (self.ended_on is not None):
            raise Refused(_("Who has left has a last day, and nobody else."))
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise Unreadable(
                _("the end, %(end)s, is before the start, %(start)s", end=self.ended_on, start=self.started_on)
            )


@dataclass(frozen=True)
class Reading:
    """How the rows of a file are meant: the day it was true, the words for “left”, the currency of bare amounts."""

    as_of: date
    currency: str
    left_words: Collection[str] = LEFT_WORDS
    day_order: DayOrder | None = None

    def says_left(self, status: str) -> bool:
        """Whether a status is one of the words for “left”."""
        return fold(status) in {fold(word) for word in self.left_words}


def entry_of(row: Mapping[str, str], reading: Reading) -> PersonEntry:
    """Return what a row says, its cells named by field; raise Unreadable with the reason where it cannot be taken."""
    said = {name: cells.words(row.get(name, ""), field=name, limit=limit) or None for name, limit in LIMITS.items()}
    email = cells.email(row.get("email", ""))
    if not said["external_id"] and not email:
        raise Unreadable(_("neither a customer number nor an e-mail address: nobody could be found again"))
    started_on, ended_on, is_derived = _stay(row, reading)
    value_minor, currency = _value(row, reading)
    return PersonEntry(
        external_id=said["external_id"],
        name=said["name"] or "",
        email=email,
        phone=said["phone"],
        language=cells.language(row.get("language", "")),
        has_left=ended_on is not None,
        started_on=started_on,
        ended_on=ended_on,
        plan=said["plan"],
        value_minor=value_minor,
        currency=currency,
        tier=said["tier"],
        reason=_reason(row.get("reason", "")),
        segments=_segments(row),
        is_start_derived=is_derived,
    )


def _stay(row: Mapping[str, str], reading: Reading) -> tuple[date | None, date | None, bool]:
    """The first and last day of the stay, and whether the first was reckoned from a tenure."""
    started_on = cells.day(row.get("started_on", ""), reading.day_order)
    ended_on = _last_day(row, reading)
    tenure = cells.months(row.get("tenure_months", ""))
    if started_on is None and tenure is not None:
        return months_before(ended_on or reading.as_of, tenure), ended_on, True
    return started_on, ended_on, False


def _last_day(row: Mapping[str, str], reading: Reading) -> date | None:
    """The status decides where there is one, else the last day does; without one, who has left did by the as-of day."""
    status, ended_on = row.get("status", "").strip(), cells.day(row.get("ended_on", ""), reading.day_order)
    has_left = reading.says_left(status) if status else ended_on is not None and ended_on <= reading.as_of
    if has_left and ended_on is not None and ended_on > reading.as_of:
        raise Unreadable(
            _(
                "has left, but only on %(end)s, which is after %(day)s, the day of the file",
                end=ended_on,
                day=reading.as_of,
            )
        )
    return (ended_on or reading.as_of) if has_left else None


def _value(row: Mapping[str, str], reading: Reading) -> tuple[int | None, str | None]:
    amount = row.get("value", "")
    currency = money.currency_code(row.get("currency", "")) or reading.currency
    return (None, None) if cells.is_blank(amount) else (money.minor_units(amount, currency), currency)


def _reason(cell: str) -> str | None:
    """What was given as the reason, in its own words: lines stay lines."""
    try:
        return None if cells.is_blank(cell) else clean(cell, limit=REASON_LIMIT).strip()
    except Refused as error:
        raise Unreadable(f"reason: {error}") from None


def _segments(row: Mapping[str, str]) -> dict[str, str]:
    named = {name.removeprefix(SEGMENT): cell for name, cell in row.items() if name.startswith(SEGMENT)}
    said = {name: cells.words(cell, field=SEGMENT + name, limit=SEGMENT_LIMIT) for name, cell in named.items()}
    return {name: value for name, value in said.items() if name and value}
