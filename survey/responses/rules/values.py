"""What a submission, a receipt and an open survey are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from survey.questionnaires.kinds.base import ContactAnswer, Question

Answers = Mapping[str, Any]


class Voice(StrEnum):
    """Whose answer it is; all but unverified are known by a personal link or an import."""

    CUSTOMER = "customer"
    FORMER_CUSTOMER = "former_customer"
    EMPLOYEE = "employee"
    UNVERIFIED = "unverified"


class Privacy(StrEnum):
    """Who may see a single answer: the team, nobody, or nobody because the row does not know."""

    IDENTIFIED = "identified"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


def voice_of(is_customer: bool) -> Voice:
    """Return the voice of a person whom we know."""
    return Voice.CUSTOMER if is_customer else Voice.FORMER_CUSTOMER


@dataclass(frozen=True)
class Opening:
    """What the respond page must know before it can be shown: a published survey, its newest version, who asks."""

    survey_id: UUID
    slug: str
    purpose: str
    privacy: str
    is_closed: bool
    version_id: UUID
    number: int
    owner: str
    accent: str
    mark_version: str | None
    time_zone: str
    minimum: int
    postal_address: str


@dataclass(frozen=True)
class Submission:
    """Everything about one filled-in form. `answers` are cleaned; `at` is None for imports and anonymous surveys."""

    survey_id: UUID
    version_id: UUID
    purpose: str
    privacy: str
    form_id: UUID
    questions: tuple[Question, ...]
    answers: Answers
    on: date
    at: datetime | None = None
    channel: str = "link"
    voice: str = Voice.UNVERIFIED
    language: str = "en"
    person_id: UUID | None = None
    segments: Mapping[str, str] = field(default_factory=dict)
    invitation_id: UUID | None = None
    contact: ContactAnswer | None = None
    is_history: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Whether the row must not know whose it is."""
        return self.privacy == Privacy.ANONYMOUS


@dataclass(frozen=True)
class Receipt:
    """What a respondent gets for an answer: the first copy's, whichever copy asks.

    `is_same` is False where this copy says something else than the one that was kept.
    """

    response_id: UUID | None
    is_first: bool
    on: date
    form_id: UUID | None = None
    is_same: bool = True


def sees_single_answers(privacy: str) -> bool:
    """Whether staff may open single answers of a survey."""
    return privacy == Privacy.IDENTIFIED
