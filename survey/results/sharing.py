"""Writes of what everybody may see of a survey: its composition, what is released of its counts, links to it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from survey.foundation.db import db
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.tokens import digest, new_token
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import newest_version
from survey.results.models import ShareLink, Sharing
from survey.results.queries.sharing import group_of, releasable, sharing_of
from survey.results.rules.releases import moved_on
from survey.results.rules.sharing import Composition


def compose(survey: Survey, composition: Composition, *, is_public: bool, on: date) -> None:
    """Set what everybody may see of a survey, whether its page shows it, and release what can be told."""
    sharing = _sharing(survey.id)
    sharing.minimum, sharing.has_headline = composition.minimum, composition.has_headline
    sharing.questions = None if composition.questions is None else list(composition.questions)
    sharing.texts = {language: dict(texts) for language, texts in composition.texts.items()}
    survey.has_public_results = is_public
    _release(sharing, survey, on)


def release(survey_id: UUID, *, on: date) -> bool:
    """Release what whole groups have answered since; return whether anything was."""
    return _release(_sharing(survey_id), db.session.get_one(Survey, survey_id), on)


def _release(sharing: Sharing, survey: Survey, on: date) -> bool:
    found = moved_on(sharing.released, releasable(survey), group_of(sharing))
    is_new = found != sharing.released
    if is_new:
        sharing.released, sharing.released_on = found, on
    db.session.flush()
    return is_new


def _sharing(survey_id: UUID) -> Sharing:
    """How a survey is shared, to be changed: nobody else does meanwhile."""
    db.session.execute(select(Survey.id).where(Survey.id == survey_id).with_for_update(key_share=True))
    sharing = sharing_of(survey_id)
    db.session.add(sharing)
    db.session.flush()
    db.session.refresh(sharing)
    return sharing


def make_link(survey: Survey, name: str, *, expires_at: datetime, now: datetime) -> str:
    """Make a link to the results of a survey and return its token: it can be read only now, we keep its hash alone."""
    if newest_version(survey.id) is None:
        raise Refused(_("Publish the survey first: there is nothing to see yet."))
    token = new_token()
    db.session.add(ShareLink(survey_id=survey.id, name=name, token_hash=digest(token), expires_at=expires_at, created_at=now))  # fmt: skip
    db.session.flush()
    return token


def revoke_link(survey: Survey, id: UUID, *, now: datetime) -> str:
    """Let a link open nothing any more; return what it is called."""
    link = db.session.get(ShareLink, id)
    if link is None or link.survey_id != survey.id:
        raise NotFound(_("This survey has no such link."))
    link.revoked_at = link.revoked_at or now
    db.session.flush()
    return link.name
