"""Exit answers that nobody is known by, what was written in them, and the story of one person."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from survey.departures.models import Departure, DepartureReason
from survey.departures.queries.filters import is_unmatched, newest_first
from survey.foundation.db import db
from survey.foundation.paging import Page
from survey.questionnaires.models import Survey
from survey.responses.models import Response
from survey.text.models import Comment


def count_unmatched(*, since: date | None = None, until: date | None = None) -> int:
    """How many exit answers there are whose person we do not know."""
    return db.session.scalar(select(func.count()).select_from(Departure).where(*is_unmatched(since, until))) or 0


def unmatched(*, since: date | None = None, until: date | None = None, cursor: str | None = None) -> Page[Departure]:
    """The exit answers whose person we do not know, the newest first, with reasons."""
    return newest_first(
        select(Departure).where(*is_unmatched(since, until)).options(selectinload(Departure.reasons)), cursor
    )


def comments_of(response_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Comment]]:
    """What was written in these responses, with the reasons read in it, by response."""
    found: dict[UUID, list[Comment]] = {}
    query = select(Comment).where(Comment.response_id.in_(response_ids)).options(selectinload(Comment.reasons))
    for comment in db.session.scalars(query.order_by(Comment.id)):
        found.setdefault(comment.response_id, []).append(comment)
    return found


def stated_in(response_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[str]]:
    """The codes of the reasons that were stated by whoever gave these responses and left, the main one first."""
    is_stated = DepartureReason.layer == "stated", DepartureReason.code.is_not(None)
    query = select(Departure.response_id, DepartureReason.code).join(
        DepartureReason, DepartureReason.departure_id == Departure.id
    )
    found: dict[Any, list[Any]] = {}
    chosen = query.where(Departure.response_id.in_(response_ids), *is_stated)
    for id, code in db.session.execute(chosen.order_by(DepartureReason.is_primary.desc(), DepartureReason.id)):
        found.setdefault(id, []).append(code)
    return found


def departures_of(person_id: UUID) -> Sequence[Departure]:
    """The departures of a person, the last first."""
    query = select(Departure).where(Departure.person_id == person_id).options(selectinload(Departure.reasons))
    return db.session.scalars(query.order_by(Departure.left_on.desc(), Departure.id.desc())).all()


def answers_of(person_id: UUID) -> Sequence[Response]:
    """A person's answers to surveys that say that single answers are seen, the newest first, with their survey."""
    query = (
        select(Response)
        .join(Survey)
        .where(Response.person_id == person_id, Survey.privacy == "identified", Response.set_aside.is_(None))
    )
    newest = query.order_by(Response.submitted_on.desc(), Response.id.desc())
    return db.session.scalars(newest.options(joinedload(Response.survey))).all()
