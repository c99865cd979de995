"""The way to the thank-you page, and the kiosk's own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.foundation.db import random_id
from survey.foundation.language import speaking
from survey.foundation.web import see_other
from survey.questionnaires.rules.paths import path
from survey.responses.pages import Asked
from survey.responses.public.door import answered_page
from survey.responses.public.visits import Visit
from survey.responses.rules import ENDING, Privacy, Receipt, ending_mark, sees_single_answers

STAY, THANKS_SECONDS, LONGER_SECONDS = "stay", 30, 300  # how long a kiosk thanks somebody
ENDING_LASTS = timedelta(minutes=10)


def thank(visit: Visit, receipt: Receipt, answers: Mapping[str, Any]) -> ResponseReturnValue:
    """Go to the thank-you page; it says so where another answer was kept than the one just sent."""
    found = visit.asked.opening
    if receipt.form_id is None:
        return answered_page(receipt.on if found.privacy != Privacy.ANONYMOUS else None)
    if visit.asked.way.is_kiosk:
        return kiosk_thanks(visit.asked, THANKS_SECONDS, answers)
    if found.privacy != Privacy.ANONYMOUS:
        return see_other(_thanks_address(visit, receipt, receipt.form_id))
    # Addresses stand in logs, beside the moment and the place they were asked from: this one leads to no answer.
    return _remembering_ending(see_other(_thanks_address(visit, receipt, random_id())), visit, answers)


def _thanks_address(visit: Visit, receipt: Receipt, number: UUID) -> str:
    slug = visit.asked.opening.slug
    return url_for("home_public.thanks", slug=slug, receipt=number, kept=_what_was_kept(visit, receipt))


def _what_was_kept(visit: Visit, receipt: Receipt) -> str | None:
    """Which answer was kept instead of this copy. Where nobody may see single answers a link, which can be handed on or kept by
    whoever made it, does not tell whether a guess is right."""
    if receipt.is_first or (receipt.is_same and not _keeps_quiet(visit)):
        return None
    return "link" if _keeps_quiet(visit) else "first"


def _keeps_quiet(visit: Visit) -> bool:
    return bool(visit.whose.link) and not sees_single_answers(visit.asked.opening.privacy)


def _remembering_ending(response: Response, visit: Visit, answers: Mapping[str, Any]) -> Response:
    """Let the device know for a moment how its user is thanked, where not everybody is thanked alike."""
    asked = visit.asked
    if not asked.questionnaire.endings and len(asked.written.languages) == 1:
        return response
    ending = path(asked.questionnaire, answers).ending
    number = asked.questionnaire.endings.index(ending) if ending else None
    response.set_cookie(
        ENDING,
        ending_mark(asked.opening.number, asked.language, number),
        path=url_for("responses_public.survey", slug=asked.opening.slug) + "/thanks",
        max_age=ENDING_LASTS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def kiosk_thanks(asked: Asked, seconds: int, answers: Mapping[str, Any] | None = None) -> ResponseReturnValue:
    """Thank somebody at a kiosk: at no address of its own, so that nothing leads the next person back to this answer."""
    ending = path(asked.questionnaire, answers).ending if answers is not None else None
    usual = asked.questionnaire.thanks if answers is not None else ""
    anew = f"{request.path}?{asked.query()}"
    with speaking(asked.language):
        page = render_template("responses/kiosk.html", asked=asked, words=ending.words if ending else usual, anew=anew,
                               seconds=seconds, stay=f"{request.path}?{asked.query(stay='1')}",
                               is_longer=seconds == LONGER_SECONDS, page_lang=asked.language)  # fmt: skip
    return page, 200, {"Refresh": f"{seconds}; url={anew}"}
