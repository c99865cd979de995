"""What happens to comments."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class CommentAssigned:
    """A comment was given to somebody who works here, by somebody who works here."""

    comment_id: UUID
    to: UUID
    by: UUID | None
    at: datetime


@dataclass(frozen=True)
class ResponseRead:
    """All comments of a response were read; `sentiment` is what they say together (`was`: what they said before).

    `reasons` are what they are about, with the highest confidence of each (`were`: the codes that counted before).
    """

    response_id: UUID
    survey_id: UUID
    submitted_on: date
    sentiment: str
    was: str | None
    reasons: tuple[tuple[str, float], ...]
    reader: str
    were: tuple[str, ...] = ()
    comments: int = 0  # how many it has
