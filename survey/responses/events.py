"""What happens to responses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class WrittenAnswer:
    """A free-text answer, with what helps to read it: the role of its question and a rating from -1 to 1."""

    question_key: str
    text: str
    asks_for: str = "open"
    rating: float | None = None


@dataclass(frozen=True)
class ResponseSubmitted:
    """A response was stored (imports included: is_history, so that they start no clock, alert or letter).

    `segments` are the organisation's own. `cells` are the countable answers by question key. `person_id` is somebody whom we know it is from: an address that
    was left on an open link is a claim and is not in here.
    """

    response_id: UUID
    survey_id: UUID
    purpose: str
    submitted_on: date
    submitted_at: datetime | None
    voice: str
    language: str
    score: int | None
    person_id: UUID | None
    segments: Mapping[str, str]
    channel: str
    version: int  # the number of the version that was answered
    is_open: bool  # whether single answers of its survey may be seen
    cells: Mapping[str, tuple[str, ...]]
    written: tuple[WrittenAnswer, ...] = ()
    stated_reasons: tuple[str, ...] = ()  # codes from a question about reasons, the primary one first
    scored: str = ""  # the question that the score answers: the first one on a scale
    answers: Mapping[str, Any] = field(default_factory=dict)
    is_history: bool = False
    is_doubted: bool = False
    mood: float | None = None  # the first answer on a scale, from -1 (the worst) to 1


@dataclass(frozen=True)
class ResponseUncounted:
    """A response is about to be set aside or taken back: from now on it counts nowhere. It is still as it was."""

    response_id: UUID
    submitted: ResponseSubmitted


@dataclass(frozen=True)
class ResponseCountedAgain:
    """A response that had been set aside counts again, as if it had just been submitted."""

    response_id: UUID
    submitted: ResponseSubmitted


@dataclass(frozen=True)
class DoubtsChanged:
    """A machine began to doubt that a person gave a response, or the team vouched for it: its doubts before and now."""

    response_id: UUID
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class ResponseWithdrawn:
    """Somebody took their response back: nothing of what they said may stay."""

    response_id: UUID


@dataclass(frozen=True)
class AnswersMixed:
    """Anonymous answers of a survey were laid among each other: what is counted of them may be, without telling which came last."""

    survey_id: UUID
