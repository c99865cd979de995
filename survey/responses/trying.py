"""Trying out what is not published yet: the page that customers will see, made from the draft. Nothing of it is stored."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from survey.organisation.queries import organisation
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import draft_of
from survey.questionnaires.rules.languages import best_language
from survey.questionnaires.rules.paths import Place, place_of
from survey.responses import pages
from survey.responses.pages import PLAIN, Asked, Walk, Way, tokens
from survey.responses.rules import Opening

SENT = "sent"
OURS = "form."  # how the inputs are called that are no question's


def asked_of_draft(survey: Survey, way: Way = PLAIN) -> Asked:
    """Return what the draft of a survey asks, in the language that the address names."""
    owner, written = organisation(), draft_of(survey)
    opening = Opening(survey.id, survey.slug, survey.purpose, survey.privacy, None, None, None, None, None, survey.id, 0, owner.name, owner.accent,
                      owner.mark_version, owner.time_zone, owner.minimum_scores, owner.postal_address)  # fmt: skip
    language = best_language(written.languages, [request.args.get("lang", "")])
    return Asked(opening, written, language, way=way, is_preview=True)


def show(asked: Asked) -> str:
    """Show the draft, from the page or the question that the address names."""
    walked = pages.walk(asked, {})
    wanted = place_of(asked.questionnaire, request.args.get("question", ""))
    place = wanted or walked.at(pages.page_number(request.args.get(pages.PAGE, "")) or 0)
    return pages.page(walked, place, token=tokens().issue(asked.purpose), is_sent=SENT in request.args)


def take(asked: Asked) -> ResponseReturnValue:
    """Check what was typed as the real page does, and store nothing: what was typed on other pages is carried along."""
    token = request.form.get(pages.TOKEN, "")
    walked = pages.walk(asked, {name: request.form.getlist(name) for name in request.form if not name.startswith(OURS)})
    place = walked.at(pages.page_number(request.form.get(pages.PAGE, "")) or 0)
    if tokens().form_id(token, asked.purpose) is None:
        return pages.again(walked, place, token=tokens().issue(asked.purpose), notice=pages.stale_words()), 422
    if request.form.get(pages.GO) == "back":
        return pages.page(walked, walked.before(place), token=token)
    return _onward(walked, place, token)


def _onward(walked: Walk, place: Place, token: str) -> ResponseReturnValue:
    if not walked.form.is_fine(place.questions):
        return pages.again(walked, place, token=token), 422
    after = walked.after(place)
    if after is not None:
        return pages.page(walked, after, token=token)
    if walked.is_blank:
        return pages.again(walked, place, token=token, notice=pages.empty_words()), 422
    language = {"lang": request.args["lang"]} if "lang" in request.args else {}
    return redirect(f"{request.path}?{walked.asked.query(**{SENT: 'yes'}, **language)}", 303)
