"""The life of a survey: where it stands follows from its facts; nothing keeps its state."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class SurveyState(StrEnum):
    """Where a survey stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Ended(StrEnum):
    """What closed a survey."""

    BY_HAND = "by hand"
    BY_DATE = "by date"
    BY_LIMIT = "by limit"


class Facts(Protocol):
    """What is known of a survey's life."""

    @property
    def opens_at(self) -> datetime | None:
        """Not before."""
        ...

    @property
    def closes_at(self) -> datetime | None:
        """Not after."""
        ...

    @property
    def closed_at(self) -> datetime | None:
        """When somebody closed it."""
        ...

    @property
    def archived_at(self) -> datetime | None:
        """When somebody put it away."""
        ...

    @property
    def response_limit(self) -> int | None:
        """How many complete answers it takes."""
        ...


def state_of(survey: Facts, *, is_published: bool, now: datetime, answers: int = 0) -> SurveyState:
    """Return where a survey stands; `queries.takes_answers` says in SQL what is open, but for the limit."""
    if survey.archived_at is not None:
        return SurveyState.ARCHIVED
    if ended(survey, now=now, answers=answers) is not None:
        return SurveyState.CLOSED
    if not is_published:
        return SurveyState.DRAFT
    return SurveyState.SCHEDULED if survey.opens_at is not None and now < survey.opens_at else SurveyState.OPEN


def ended(survey: Facts, *, now: datetime, answers: int = 0) -> Ended | None:
    """Return what closed a survey; None while nothing has."""
    if survey.closed_at is not None:
        return Ended.BY_HAND
    if survey.closes_at is not None and survey.closes_at <= now:
        return Ended.BY_DATE
    is_full = survey.response_limit is not None and answers >= survey.response_limit
    return Ended.BY_LIMIT if is_full else None
