"""What every page of the public door needs: the blueprint, the survey or invitation of an address, why it may be shut."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from survey.foundation.clock import now
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.invitations.models import Invitation
from survey.invitations.queries import invitation_by_token
from survey.questionnaires.rules import SurveyState, ended, state_of
from survey.responses import queries
from survey.responses.public.whose import ANYBODY, asked_of
from survey.responses.rules import Opening, Receipt, day_words, opens_words

bp = Blueprint("responses_public", __name__)


def published(slug: str) -> Opening:
    """The published survey at an address; raises NotFound."""
    found = queries.opening(slug)
    if found is None:
        raise NotFound(_("There is no survey at this address. It may be mistyped, or the survey was taken away."))
    return found


def invitation_of(token: str) -> Invitation:
    """The invitation that a personal link carries; raises NotFound."""
    invitation = invitation_by_token(token)
    if invitation is None:
        raise NotFound(_("There is no survey at this address. It may be mistyped, or the survey was taken away."))
    return invitation


def shut_page(found: Opening, invitation: Invitation | None = None) -> ResponseReturnValue | None:
    """Return the page that says why a survey takes no answers now; None where it does."""
    answers = queries.count_of(found.survey_id) if found.response_limit else 0
    state = state_of(found, is_published=True, now=now(), answers=answers)
    if state != SurveyState.OPEN:
        return _closed(found, answers)
    is_over = invitation is not None and invitation.expires_at is not None and invitation.expires_at < now()
    return _closed(found) if is_over else None


def _closed(found: Opening, answers: int = 0) -> ResponseReturnValue:
    """Say that no answers are taken: not yet, or why no more."""
    asked = asked_of(found, ANYBODY)
    with speaking(asked.language):
        why = None if found.archived_at else ended(found, now=now(), answers=answers)
        opens = opens_words(found) if state_of(found, is_published=True, now=now()) == SurveyState.SCHEDULED else ""
        page = render_template("responses/closed.html", found=found, why=why, opens=opens)
    return page, 200 if opens and request.method == "GET" else 410


def answered_page(on: date | None, sent: Receipt | None = None) -> ResponseReturnValue:
    """Say that a personal link was used, and whether the answer was taken back since; shows no answer, as links are handed on."""
    was_taken_back = sent is not None and sent.is_withdrawn
    return render_template("responses/answered.html", day=day_words(on) if on else "", was_taken_back=was_taken_back)
