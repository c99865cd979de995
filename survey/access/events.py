"""What happens to people who work here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class LinkMade:
    """A one-time link was made for a user, by whom a letter may hand it over."""

    invite_id: UUID
    user_id: UUID
    purpose: str  # "join" or "password"
    at: datetime
