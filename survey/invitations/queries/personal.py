"""Reads of personal links."""

from collections.abc import Collection, Sequence
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


def used_together(survey_id: UUID, *, without: Collection[UUID], limit: int) -> Sequence[UUID]:
    """Some of the links of an anonymous survey that were used, in random order, but for these."""
    mine = (
        Invitation.survey_id == survey_id,
        Participation.form_id.is_(None),
        Participation.invitation_id.not_in(without),
    )
    found = select(Participation.invitation_id).join(Invitation, Invitation.id == Participation.invitation_id)
    return db.session.scalars(found.where(*mine).order_by(func.random()).limit(limit)).all()


def how_many_invited(survey_id: UUID) -> tuple[int, int]:
    """How many personal links a survey has, and how many of them were used."""
    found = db.session.execute(
        select(func.count(Invitation.id), func.count(Participation.invitation_id))
        .select_from(Invitation)
        .outerjoin(Participation, Participation.invitation_id == Invitation.id)
        .where(Invitation.survey_id == survey_id)
    ).one()
    return found[0], found[1]
