"""The public door of responses: a survey by its open link, or by somebody's own.

No session, no cookie: what ties a POST to a page of ours is the signed form token in it. Reading never writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.foundation.clock import now, today
from survey.foundation.db import write
from survey.foundation.errors import Busy, NotFound
from survey.foundation.web import EVERYONE, admits, csrf
from survey.invitations.models import Invitation
from survey.invitations.queries import invitation_by_token, participation
from survey.questionnaires.kinds.fields import QuestionForm
from survey.responses import pages
from survey.responses.actions import submit
from survey.responses.pages import Asked, tokens
from survey.responses.queries import opening
from survey.responses.rules import Opening, Receipt, Submission, Voice, day_words, voice_of

bp = Blueprint("responses_public", __name__)

UNKNOWN = "There is no survey at this address. It may be mistyped, or the survey was taken away."
RETRY_SECONDS = "5"


@bp.get("/s/<slug>")
@admits(EVERYONE)
def survey(slug: str) -> ResponseReturnValue:
    """Show a survey to whoever has its link."""
    found = _published(slug)
    return _closed(found) if found.is_closed else pages.fresh(pages.newest(found))


@bp.post("/s/<slug>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]
def send(slug: str) -> ResponseReturnValue:
    """Take the answers of whoever has the link."""
    found = _published(slug)
    return _closed(found) if found.is_closed else _take(found, ANYBODY)


@bp.get("/r/<token>")
@admits(EVERYONE)
def personal(token: str) -> ResponseReturnValue:
    """Show a survey to the person whose link this is; once it was used, say that the answer is in."""
    invitation = _invitation(token)
    used = participation(invitation.id)
    if used is not None:
        return render_template("responses/answered.html", day=day_words(used.used_on))
    found = _published(invitation.survey.slug)
    return _closed(found) if _is_over(found, invitation) else pages.fresh(pages.newest(found, invitation.id))


@bp.post("/r/<token>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]
def send_personal(token: str) -> ResponseReturnValue:
    """Take the answers of the person whose link this is."""
    invitation = _invitation(token)
    found = _published(invitation.survey.slug)
    return _closed(found) if _is_over(found, invitation) else _take(found, _whose(invitation))


# ---- find -----------------------------------------------------------------------------------------------------------


def _published(slug: str) -> Opening:
    found = opening(slug)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def _invitation(token: str) -> Invitation:
    invitation = invitation_by_token(token)
    if invitation is None:
        raise NotFound(UNKNOWN)
    return invitation


def _is_over(found: Opening, invitation: Invitation) -> bool:
    return found.is_closed or (invitation.expires_at is not None and invitation.expires_at < now())


def _closed(found: Opening) -> ResponseReturnValue:
    return render_template("responses/closed.html", owner=found.owner), 410


# ---- take -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Whose:
    """What is known of the person who answers; nothing on an open link."""

    invitation_id: UUID | None = None
    person_id: UUID | None = None
    voice: Voice = Voice.UNVERIFIED
    channel: str = "link"
    segments: Mapping[str, str] = field(default_factory=dict)


ANYBODY = Whose()


def _whose(invitation: Invitation) -> Whose:
    person = invitation.person
    stay = person.lifetimes[-1] if person.lifetimes else None
    tier = {"tier": stay.tier} if stay and stay.tier else {}
    voice = voice_of(is_customer=stay is None or stay.ended_on is None)
    return Whose(invitation.id, person.id, voice, "personal", person.segments | tier)


def _take(found: Opening, whose: Whose) -> ResponseReturnValue:
    """Store what was sent, or show the page again with what was typed: nothing typed is ever lost."""
    asked = pages.sent_version(found, request.form.get(pages.VERSION, ""), whose.invitation_id)
    token = request.form.get(pages.TOKEN, "")
    form_id = tokens().form_id(token, asked.purpose)
    form = asked.form(request.form)
    if form_id is None:
        return pages.again(asked, form, token=tokens().issue(asked.purpose), notice=pages.STALE), 422
    if not form.validate() or pages.is_blank(form):
        return pages.again(asked, form, token=token, notice="" if form.errors else pages.EMPTY), 422
    try:
        return _thank(asked, _store(_submission(asked, form, form_id, whose)))
    except Busy:
        return pages.again(asked, form, token=token, notice=pages.BUSY), 503, {"Retry-After": RETRY_SECONDS}


def _submission(asked: Asked, form: QuestionForm, form_id: UUID, whose: Whose) -> Submission:
    found = asked.opening
    return Submission(
        survey_id=found.survey_id,
        version_id=found.version_id,
        purpose=found.purpose,
        privacy=found.privacy,
        form_id=form_id,
        questions=asked.questionnaire.questions,
        answers=form.answers(),
        on=today(found.time_zone),
        at=now(),
        channel=whose.channel,
        voice=whose.voice,
        language=asked.questionnaire.language,
        person_id=whose.person_id,
        segments=whose.segments,
        invitation_id=whose.invitation_id,
        contact=form.contact(),
    )


def _store(submission: Submission) -> Receipt:
    return write(lambda: submit(submission))


def _thank(asked: Asked, receipt: Receipt) -> ResponseReturnValue:
    """Go to the thank-you page; it says so where another answer was kept than the one just sent."""
    if receipt.form_id is None:
        return render_template("responses/answered.html", day=day_words(receipt.on))
    kept = None if receipt.is_same else "first"
    return redirect(url_for("home_public.thanks", slug=asked.opening.slug, receipt=receipt.form_id, kept=kept), 303)
