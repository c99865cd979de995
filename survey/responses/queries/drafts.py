"""Half-filled forms."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from survey.foundation.db import db
from survey.foundation.tokens import FORM_LASTS
from survey.invitations.models import Invitation
from survey.responses.models import ResponseDraft
from survey.responses.queries.lists import STREAM_SIZE
from survey.responses.rules import TEST, Unfinished


def draft(form_id: UUID) -> ResponseDraft | None:
    """What was typed so far into a form, where pages of it were stored."""
    return db.session.get(ResponseDraft, form_id)


def drafts_of(survey_id: UUID) -> Iterator[ResponseDraft]:
    """Everything that was begun and not sent, in the order of its form ids, which tells nothing, and in chunks."""
    rows = select(ResponseDraft).where(*_begun(survey_id)).order_by(ResponseDraft.form_id)
    yield from db.session.scalars(rows.execution_options(yield_per=STREAM_SIZE))


def old_drafts(day: date, limit: int) -> Sequence[ResponseDraft]:
    """Some of the drafts that nobody can go on with on a day any more and that were not settled yet, held until commit."""
    old = select(ResponseDraft).where(_is_old(day)).order_by(ResponseDraft.form_id).limit(limit)
    return db.session.scalars(old.with_for_update(skip_locked=True)).all()


def has_old_drafts(day: date) -> bool:
    """Whether there are any."""
    return db.session.scalar(select(exists().where(_is_old(day)))) or False


def _is_old(day: date) -> ColumnElement[bool]:
    return (ResponseDraft.changed_on < day - FORM_LASTS) & ResponseDraft.device.is_not(None)


def _begun(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """What was begun, but not by the team itself to try the survey out."""
    return ResponseDraft.survey_id == survey_id, ResponseDraft.channel != TEST


def unfinished(survey_id: UUID, *, invited: bool | None = None, campaign_id: UUID | None = None) -> Unfinished:
    """How many began to answer a survey and did not send it; the SQL twin of `rules.outcome`.

    `invited`: only those who came by a personal link, or only the others; nobody can tell them apart in an anonymous survey.
    `campaign_id`: only those whom a campaign invited.
    """
    wanted = [*_begun(survey_id)]
    if campaign_id is not None:
        mine = select(Invitation.id).where(Invitation.campaign_id == campaign_id)
        wanted.append(ResponseDraft.invitation_id.in_(mine))
    if invited is not None:
        wanted.append(ResponseDraft.invitation_id.is_not(None) if invited else ResponseDraft.invitation_id.is_(None))
    is_partial = (ResponseDraft.answered > 0) & (2 * ResponseDraft.answered >= ResponseDraft.asked)
    found = db.session.execute(select(func.count(), func.count().filter(is_partial)).where(*wanted)).one()
    return Unfinished(partial=found[1], broken_off=found[0] - found[1])
