"""The pages that are shown to somebody who answers."""

from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from survey.foundation.language import speaking
from survey.foundation.web import cookie
from survey.questionnaires.rules.paths import Place
from survey.responses import pages, queries
from survey.responses.models import ResponseDraft
from survey.responses.pages import Asked, Walk, tokens
from survey.responses.public.device import COOKIE, Held, held_form, in_its_version, is_of_device, remembering
from survey.responses.public.whose import Whose, asked_of, way_in
from survey.responses.rules import Opening

WHO = "form.who"


def show(found: Opening, whose: Whose) -> ResponseReturnValue:
    """Show the first page, or the one that this device has come to."""
    held = held_form(found, whose, cookie(COOKIE)) if cookie(COOKIE) and not way_in().is_kiosk else None
    form_id = held.form_id if held else whose.form_id
    draft = queries.draft(form_id) if form_id else None
    if draft is not None:
        return _show_begun(found, whose, draft, held)
    asked = asked_of(found, whose)
    with speaking(asked.language):
        return _show_first(asked, whose)


def _show_first(asked: Asked, whose: Whose) -> ResponseReturnValue:
    """Show the first page to somebody who has not begun; what the address ticks beforehand is not stored by that."""
    prefilled = _prefilled(asked)
    if not (prefilled or asked.has_pages):
        return pages.fresh(asked, seed=whose.seed)
    token = tokens().issue(asked.purpose, seed=whose.seed)
    walked = pages.walk(asked, prefilled)
    page = pages.page(walked, walked.places[0], token=token)
    return remembering(page, asked, whose, token) if asked.has_pages else page


def _prefilled(asked: Asked) -> dict[str, list[str]]:
    wanted = {name: request.args.getlist(name) for name in request.args if asked.questionnaire.question(name)}
    form = asked.form(wanted) if wanted else None
    return {name: wanted[name] for name in form.answers()} if form else {}


def _show_begun(found: Opening, whose: Whose, draft: ResponseDraft, held: Held | None) -> ResponseReturnValue:
    """Show the page that the address names, else the first, with what was typed; on a personal link to its device alone."""
    asked = asked_of(in_its_version(found, draft), whose)
    with speaking(asked.language):
        if held is None or (whose.link and not is_of_device(draft, held.token)):
            return ask_whose(asked, whose.link)
        token = held.token
        walked = pages.walk(asked, draft.typed)
        if pages.PAGE in request.args:
            return pages.page(walked, wanted_place(walked), token=token)
        return pages.page(walked, walked.places[0], token=token, left_at=address_of(wanted_place(walked)))


def wanted_place(walked: Walk) -> Place:
    """The page that the address names, else the one that was shown last; but none behind a page that is not finished."""
    first_open = walked.unfinished()
    left_at = "".join(walked.typed.get(pages.PAGE, ()))
    place = walked.at(pages.page_number(request.args.get(pages.PAGE, left_at)) or 0)
    return first_open if first_open and first_open.number < place.number else place


def address_of(place: Place) -> str:
    """The address of a page, with all that the link says besides."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != pages.PAGE]
    return f"{request.path}?{urlencode([*kept, (pages.PAGE, place.number + 1)])}"


def ask_whose(asked: Asked, link: str, *, is_wrong: bool = False) -> str:
    """Ask whose link this is, before another device goes on with it."""
    return render_template(
        "responses/whose.html",
        link=link,
        owner=asked.opening.owner,
        typed=request.form.get(WHO, ""),
        is_wrong=is_wrong,
        has_errors=is_wrong,
    )
