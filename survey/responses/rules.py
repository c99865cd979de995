"""Values and decisions about responses: what a submission is, and what can be read from its answers alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from survey.questionnaires.kinds.base import ContactAnswer, Question
from survey.questionnaires.kinds.table import KINDS

Answers = Mapping[str, Any]
Cells = dict[str, tuple[str, ...]]


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
    contact_words: str = ""
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


def answered(questions: Sequence[Question], answers: Answers) -> Iterator[tuple[Question, Any]]:
    """Yield the questions that were answered, with their answers, in order."""
    for question in questions:
        answer = answers.get(question.key)
        if not KINDS[question.kind].is_empty(answer):
            yield question, answer


def cells(questions: Sequence[Question], answers: Answers) -> Cells:
    """Return the countable values of the answers by question key; questions without any are left out."""
    found: Cells = {}
    for question, answer in answered(questions, answers):
        if values := KINDS[question.kind].cells(question, answer):
            found[question.key] = values
    return found


def first_grade(questions: Sequence[Question], answers: Answers) -> tuple[int, tuple[int, int]] | None:
    """Return the first answer on a scale, with the ends of that scale."""
    for question, answer in answered(questions, answers):
        scale = KINDS[question.kind].scale(question)
        if scale is not None:
            return int(answer), scale
    return None


def mood(grade: tuple[int, tuple[int, int]] | None) -> float | None:
    """Return a grade as a number from -1 (the worst) to 1 (the best)."""
    if grade is None:
        return None
    value, (lowest, highest) = grade
    return round(2 * (value - lowest) / (highest - lowest) - 1, 4)


def own_words(questions: Sequence[Question], answers: Answers) -> Iterator[tuple[Question, str]]:
    """Yield the questions that were answered in own words, with those words."""
    for question, answer in answered(questions, answers):
        words = KINDS[question.kind].written(question, answer)
        if words:
            yield question, words


def stated_reasons(questions: Sequence[Question], answers: Answers) -> tuple[str, ...]:
    """Return the codes of the reasons that were stated, the primary one first; they are the answers that hold codes."""
    for _question, answer in answered(questions, answers):
        if isinstance(answer, Mapping) and answer.get("codes"):
            return tuple(answer["codes"])
    return ()
