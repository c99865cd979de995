"""Reads of personal links."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.foundation.tokens import digest
from survey.invitations.models import Invitation, Participation


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that a link belongs to, with its survey and person."""
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == digest(token))
        .options(joinedload(Invitation.survey), joinedload(Invitation.person))
    )


def participation(invitation_id: UUID) -> Participation | None:
    """The fact that a link was used, if it was."""
    return db.session.get(Participation, invitation_id)


def how_many_invited(survey_id: UUID) -> tuple[int, int]:
    """How many personal links a survey has, and how many of them were used."""
    found = db.session.execute(
        select(func.count(Invitation.id), func.count(Participation.invitation_id))
        .select_from(Invitation)
        .outerjoin(Participation, Participation.invitation_id == Invitation.id)
        .where(Invitation.survey_id == survey_id)
    ).one()
    return found[0], found[1]
