"""Reads of the events after which somebody is asked."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.invitations.models import EventTrigger, Invitation


def triggers_of(survey_id: UUID) -> Sequence[EventTrigger]:
    """The triggers of a survey, in the order in which they were made."""
    mine = select(EventTrigger).where(EventTrigger.survey_id == survey_id)
    return db.session.scalars(mine.order_by(EventTrigger.id)).all()


def triggers_on(event: str) -> Sequence[EventTrigger]:
    """The triggers that wait for an event, of all surveys."""
    waiting = select(EventTrigger).where(EventTrigger.event == event, EventTrigger.is_on)
    return db.session.scalars(waiting.options(joinedload(EventTrigger.survey)).order_by(EventTrigger.id)).all()


def trigger(id: UUID) -> EventTrigger | None:
    """The trigger with this id."""
    return db.session.get(EventTrigger, id)


def asked_by(survey_id: UUID) -> dict[UUID, int]:
    """How many people were asked by each trigger of a survey."""
    rows = db.session.execute(
        select(Invitation.trigger_id, func.count())
        .where(Invitation.survey_id == survey_id, Invitation.trigger_id.is_not(None))
        .group_by(Invitation.trigger_id)
    )
    return {id: many for id, many in rows if id}
