"""Reads of the mirror and of loss reviews."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from survey.access.models import User
from survey.customers.models import Person
from survey.departures.models import Departure
from survey.departures.queries.counted import by_counted_reason, counted_code
from survey.foundation.db import db
from survey.mirror.models import LossDecision, LossReview, MirrorEntry
from survey.mirror.rules import CONVERSATION, Again
from survey.text.models import Comment, ReadMark
from survey.text.queries.comments import IS_ASIDE, open_surveys

LEARNED_SHOWN = 6
NEWEST_FIRST = (MirrorEntry.day.desc(), MirrorEntry.id.desc())


def dated(leader_id: UUID) -> Sequence[MirrorEntry]:
    """Every entry of a leader, the newest first, with the improvement that came of it."""
    query = select(MirrorEntry).where(MirrorEntry.leader_id == leader_id).options(joinedload(MirrorEntry.improvement))
    return db.session.scalars(query.order_by(*NEWEST_FIRST)).all()


def entry(id: UUID) -> MirrorEntry | None:
    """One entry."""
    return db.session.get(MirrorEntry, id)


def last_talk(leader_id: UUID, month: date) -> tuple[date | None, bool]:
    """When a leader spoke with a customer last, as far as it was noted; and whether the losses of a month were looked at."""
    mine = MirrorEntry.leader_id == leader_id, MirrorEntry.kind.in_([CONVERSATION])
    last = select(func.max(MirrorEntry.day)).where(*mine).scalar_subquery()
    held = select(LossReview.month).where(LossReview.month == month).exists()
    day, is_held = db.session.execute(select(last, held)).one()
    return day, is_held


def learned_by_others(leader_id: UUID) -> Sequence[MirrorEntry]:
    """What others learned lately: their words, not who they are nor how often they went."""
    theirs = MirrorEntry.leader_id != leader_id, MirrorEntry.learned != ""
    return db.session.scalars(select(MirrorEntry).where(*theirs).order_by(*NEWEST_FIRST).limit(LEARNED_SHOWN)).all()


def comments_read(user_id: UUID, since: date) -> tuple[int, int]:
    """How many comments that the inbox lists were written from a day on, and how many of them somebody has read."""
    is_mine = and_(ReadMark.comment_id == Comment.id, ReadMark.user_id == user_id)
    query = select(func.count(), func.count(ReadMark.comment_id)).select_from(Comment).outerjoin(ReadMark, is_mine)
    is_listed = Comment.survey_id.in_(open_surveys()), ~IS_ASIDE
    written, read = db.session.execute(query.where(Comment.written_on >= since, *is_listed)).one()
    return written, read


# ---- loss reviews -------------------------------------------------------------------------------------------------


def review(month: date) -> LossReview | None:
    """The review of a month, where one was held."""
    return db.session.get(LossReview, month)


def was_held(month: date) -> bool:
    """Whether the losses of a month were looked at."""
    return review(month) is not None


def decisions(month: date) -> Sequence[LossDecision]:
    """What was decided in the review of a month, with who does it, in the order it was decided."""
    query = select(LossDecision).where(LossDecision.month == month).options(joinedload(LossDecision.owner))
    return db.session.scalars(query.order_by(LossDecision.id)).all()


def open_decisions(before: date) -> Sequence[LossDecision]:
    """What was decided in reviews of earlier months and is not done yet, the first due first."""
    wanted = LossDecision.month < before, LossDecision.done_on.is_(None)
    query = select(LossDecision).where(*wanted).options(joinedload(LossDecision.owner))
    return db.session.scalars(query.order_by(LossDecision.due_on, LossDecision.id)).all()


def decision(id: UUID) -> LossDecision | None:
    """One decision."""
    return db.session.get(LossDecision, id)


def colleagues() -> Sequence[User]:
    """Who can be asked to do something: everybody but viewers who may sign in, by name."""
    query = select(User).where(User.active, User.role != "viewer")
    return db.session.scalars(query.order_by(func.lower(User.name), User.email)).all()


def left_for(codes: Collection[str], since: date, until: date) -> list[Again]:
    """Who left from since to until for one of these reasons, the last to leave first."""
    query = by_counted_reason(select(Departure.left_on, counted_code(), Person).select_from(Departure), since, until)
    query = query.join(Person, Person.id == Departure.person_id).where(counted_code().in_(list(codes)))
    rows = db.session.execute(query.order_by(Departure.left_on.desc(), Departure.id.desc()))
    return [Again(person.shown_name, person.id, left_on, code) for left_on, code, person in rows]
