"""What happens to people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class PersonLeft:
    """A lifetime ended; told once. Imported history is told as such, so that it starts no clock, alert or letter.

    `stated_reason` is what the person said; `stated_code` the code that somebody who listened chose for it.
    """

    person_id: UUID
    lifetime_id: UUID
    left_on: date
    source: str  # "import", "staff" or "exit_survey"
    stated_reason: str | None
    plan: str | None
    tier: str | None
    tenure_months: int | None
    value_minor: int | None
    currency: str | None
    stated_code: str | None = None


@dataclass(frozen=True)
class StayBegan:
    """Somebody became a customer, for the first time (`ordinal` 1) or again; never told of history that is read in."""

    person_id: UUID
    lifetime_id: UUID
    ordinal: int
    on: date


@dataclass(frozen=True)
class Described:
    """What is said again, or only now, about a stay that had ended before."""

    lifetime_id: UUID
    stated_reason: str | None
    plan: str | None
    tier: str | None
    value_minor: int | None
    currency: str | None


@dataclass(frozen=True)
class LeaversDescribed:
    """An import spoke of people who had left already; what was not known of them may be filled in."""

    leavers: tuple[Described, ...]


@dataclass(frozen=True)
class PersonLeftAlone:
    """From now on nobody may write to or call this person; told once for each reason."""

    person_id: UUID
    email: str | None
    why: Literal["do_not_contact", "deceased"]
    at: datetime
