"""What happens to those who left."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class CustomerReached:
    """Somebody here spoke with a person who left; `attempt_id` names the one time."""

    attempt_id: UUID
    channel: str
    on: date
    by: UUID
