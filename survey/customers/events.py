"""What happens to people."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class PersonLeft:
    """A lifetime ended. Imported history is told as such, so that it starts no clock, alert or letter."""

    person_id: UUID
    lifetime_id: UUID
    left_on: date
    source: str  # "import" or "staff"
    stated_reason: str | None
    plan: str | None
    tier: str | None
    tenure_months: int | None
    value_minor: int | None
    currency: str | None
