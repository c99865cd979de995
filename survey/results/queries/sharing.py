"""What everybody may see of a survey: how it was composed, its links, and the counts that can be released."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.foundation.tokens import digest
from survey.organisation.queries import organisation, today
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import questionnaire_of, versions
from survey.responses.models import Response
from survey.responses.rules import Privacy, Voice, cells
from survey.results.models import ShareLink, Sharing
from survey.results.queries.kept import counts_in, voices
from survey.results.rules.periods import EVER
from survey.results.rules.releases import smallest_group, to_release
from survey.results.rules.tally import Counts, added, counted, given
from survey.results.rules.views import View, is_mixed, usual_voice


def sharing_of(survey_id: UUID) -> Sharing:
    """How a survey is shared; as it is shared first where nobody has composed anything and nothing was released."""
    return db.session.get(Sharing, survey_id) or Sharing(
        survey_id=survey_id, step=organisation().minimum_scores, minimum=0, has_headline=True, texts={}, released={}
    )


def group_of(sharing: Sharing) -> int:
    """The smallest group that everybody may see of a survey, by its owner and by the organisation."""
    return smallest_group(sharing.step, max(sharing.minimum, organisation().minimum_scores))


def shared_surveys(*, now: datetime) -> Sequence[Survey]:
    """The surveys of which somebody outside may see results: on their page or by a link that is good."""
    linked = select(ShareLink.survey_id).where(is_good(now))
    return db.session.scalars(select(Survey).where(or_(Survey.has_public_results, Survey.id.in_(linked)))).all()


def is_good(now: datetime) -> ColumnElement[bool]:
    """Whether a link opens something."""
    return (ShareLink.expires_at > now) & ShareLink.revoked_at.is_(None)


def link_by_token(token: str) -> ShareLink | None:
    """The link with this secret, good or not, with its survey."""
    found = select(ShareLink).where(ShareLink.token_hash == digest(token))
    return db.session.scalar(found.options(joinedload(ShareLink.survey)))


def links_of(survey_id: UUID) -> Sequence[ShareLink]:
    """The links of a survey, the newest first."""
    found = select(ShareLink).where(ShareLink.survey_id == survey_id)
    return db.session.scalars(found.order_by(ShareLink.created_at.desc(), ShareLink.id.desc())).all()


def releasable(survey: Survey) -> Counts:
    """The counts that everybody may learn of in time: of people we know where they stand apart, else of all.

    Rows of an anonymous survey stand in no order within a day. A release must not bring one in, so it ends with yesterday.
    """
    said = voices(survey.id)
    view = View(EVER, voice=usual_voice(said))
    found = counts_in(survey.id, view.segments)
    if survey.privacy == Privacy.ANONYMOUS:
        found = added([found, _taken_away(survey.id, view.voices, since=today())])
    return to_release(found, apart=said.get(Voice.UNVERIFIED, 0) if is_mixed(said) else 0)


def _taken_away(survey_id: UUID, of_voices: Collection[str] | None, *, since: date) -> Counts:
    """The answers since a day, as counts below nothing."""
    wanted = [Response.survey_id == survey_id, Response.set_aside.is_(None), Response.submitted_on >= since]
    if of_voices is not None:
        wanted.append(Response.voice.in_(of_voices))
    asked = {version.id: questionnaire_of(version).questions for version in versions(survey_id)}
    rows = db.session.execute(select(Response.version_id, Response.answers).where(*wanted))
    found = (counted(cells(asked[version_id], answers), given(answers)) for version_id, answers in rows)
    return added({key: dict.fromkeys(values, -1) for key, values in one.items()} for one in found)
