"""Anonymous rows that may still lie in the order in which they came."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from survey.foundation.db import db
from survey.foundation.order import TOGETHER
from survey.responses.models import UNMIXED, Response, ResponseDraft


@dataclass(frozen=True)
class Unmixed:
    """The anonymous rows of a survey and a day, of which so many still lie where they came to lie."""

    survey_id: UUID
    on: date
    waiting: int


def unmixed() -> list[Unmixed]:
    """Every survey and day with such answers, the oldest first."""
    return _unmixed(Response, Response.submitted_on)


def unmixed_drafts(*, before: date) -> list[Unmixed]:
    """The same of what was begun and not sent before a day."""
    return [one for one in _unmixed(ResponseDraft, ResponseDraft.changed_on) if one.on < before]


def _unmixed(model: type[Response] | type[ResponseDraft], day: InstrumentedAttribute[date]) -> list[Unmixed]:
    rows = select(model.survey_id, day, func.count()).where(UNMIXED).group_by(model.survey_id, day).order_by(day)
    return [Unmixed(*row) for row in db.session.execute(rows)]


def count_of_day(survey_id: UUID, on: date) -> int:
    """How many answers a survey got on a day, those that count nowhere included."""
    return db.session.scalar(select(func.count()).select_from(Response).where(*_of_day(survey_id, on))) or 0


def of_day(survey_id: UUID, on: date) -> tuple[list[UUID], list[UUID]]:
    """The anonymous answers of a day: those that wait to be laid among each other, and some of the others, in random order."""
    return _waiting_and_others(Response.id, Response.is_mixed, Response.is_anonymous, *_of_day(survey_id, on))


def drafts_before(survey_id: UUID, day: date) -> tuple[list[UUID], list[UUID]]:
    """The same of what was begun and not sent before a day."""
    mine = ResponseDraft.is_anonymous, ResponseDraft.survey_id == survey_id, ResponseDraft.changed_on < day
    return _waiting_and_others(ResponseDraft.form_id, ResponseDraft.is_mixed, *mine)


def _of_day(survey_id: UUID, on: date) -> tuple[ColumnElement[bool], ...]:
    return Response.survey_id == survey_id, Response.submitted_on == on


def _waiting_and_others(
    key: InstrumentedAttribute[UUID], is_mixed: InstrumentedAttribute[bool], *mine: Any
) -> tuple[list[UUID], list[UUID]]:
    found = select(key).where(*mine).order_by(func.random())
    waiting = found.where(is_mixed.is_(False)).limit(2 * TOGETHER)
    others = found.where(is_mixed).limit(TOGETHER)
    return list(db.session.scalars(waiting)), list(db.session.scalars(others))
