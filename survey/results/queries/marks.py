"""Reads of marks on the time line, which charts, lists and the line of losses show alike."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.results.models import Mark

NEWEST_FIRST = (Mark.day.desc(), Mark.made_at.desc(), Mark.id.desc())
REMEMBERED = 20


def marks(survey_id: UUID | None = None) -> Sequence[Mark]:
    """The marks of all surveys alike, and of this one where one is named; oldest first."""
    mine = or_(Mark.survey_id.is_(None), Mark.survey_id == survey_id) if survey_id else Mark.survey_id.is_(None)
    wanted = select(Mark).where(mine, Mark.removed_at.is_(None)).order_by(Mark.day, Mark.made_at, Mark.id)
    return db.session.scalars(wanted).all()


def every_mark() -> Sequence[Mark]:
    """All marks with their surveys, newest first."""
    wanted = select(Mark).where(Mark.removed_at.is_(None)).options(joinedload(Mark.survey)).order_by(*NEWEST_FIRST)
    return db.session.scalars(wanted).all()


def removed_marks() -> Sequence[Mark]:
    """Those that were removed last, to put back."""
    wanted = select(Mark).where(Mark.removed_at.is_not(None)).options(joinedload(Mark.survey))
    return db.session.scalars(wanted.order_by(Mark.removed_at.desc(), Mark.id).limit(REMEMBERED)).all()


def mark(id: UUID) -> Mark | None:
    """One mark, removed or not."""
    return db.session.get(Mark, id)
