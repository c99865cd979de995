"""What happens with a page that was sent: on to another page, kept for later, or stored as an answer."""

import json
from datetime import date

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Busy
from survey.foundation.language import speaking
from survey.foundation.tokens import FORM_LASTS
from survey.foundation.web import cookie
from survey.letters.forms import AddressForm
from survey.questionnaires.rules.paths import Place
from survey.responses import pages, queries, robots
from survey.responses.actions import forget_draft, keep_draft
from survey.responses.pages import tokens
from survey.responses.public.device import COOKIE, forgetting, is_of_device, mark_of, remembering
from survey.responses.public.showing import address_of, ask_whose
from survey.responses.public.storing import draft_of, store, submission_of
from survey.responses.public.thanking import thank
from survey.responses.public.visits import Visit, typed_so_far
from survey.responses.public.whose import Whose, asked_of
from survey.responses.rules import LATER, Opening, Privacy, Receipt, day_words

RETRY_SECONDS = "5"
NEXT, BACK, ANEW, MORE_TIME = "next", "back", "anew", "time"


def take(found: Opening, whose: Whose) -> ResponseReturnValue:
    """Take what was sent: go on to the next page, or store the whole; nothing typed is ever lost."""
    asked = asked_of(pages.sent_version(found, request.form.get(pages.VERSION, "")), whose)
    token = request.form.get(pages.TOKEN, "")
    with speaking(asked.language):
        issued = tokens().read(token, asked.purpose)
        draft = queries.draft(issued.form_id) if issued and asked.has_pages else None
        if draft is not None and whose.link and not is_of_device(draft, token):
            return ask_whose(asked, whose.link), 409
        walked, place = typed_so_far(asked, draft)
        if issued is None:
            fresh = tokens().issue(asked.purpose, seed=whose.seed)
            return pages.again(walked, place, token=fresh, notice=pages.stale_words()), 422
        visit = Visit(walked, place, token, issued, whose, had_draft=draft is not None)
        try:
            return (_sent_before(visit) if asked.has_pages and draft is None else None) or _step(visit)
        except Busy:
            return (
                pages.again(walked, place, token=token, notice=pages.busy_words()),
                503,
                {"Retry-After": RETRY_SECONDS},
            )


def _sent_before(visit: Visit) -> ResponseReturnValue | None:
    """Thank somebody again whose form is sent already, wherever on its way the page is that came once more."""
    first = queries.kept(visit.form_id)
    if first is None:
        return None
    page = visit.walked.form.answers([question.key for question in visit.place.questions])
    is_same = all(first.answers.get(key) == answer for key, answer in json.loads(json.dumps(page)).items())
    return forgetting(thank(visit, Receipt(first.id, False, first.submitted_on, visit.form_id, is_same), first.answers))


def _step(visit: Visit) -> ResponseReturnValue:
    """Do what the button says that was pressed."""
    go = request.form.get(pages.GO, NEXT)
    if go == ANEW:
        write(lambda: forget_draft(visit.form_id))
        return forgetting(redirect(request.full_path.rstrip("?"), 303))
    if go == MORE_TIME:
        return pages.page(visit.walked, visit.place, token=visit.token)
    if go == BACK:
        return _show_other(visit, visit.walked.before(visit.place))
    if go == LATER and visit.asked.has_pages and not visit.asked.is_test:
        return _keep_for_later(visit)
    return _go_on(visit)


def _go_on(visit: Visit) -> ResponseReturnValue:
    """Go to the next page where all is well on this one; behind the last one store the answers."""
    walked, place = visit.walked, visit.place
    if not walked.form.is_fine(place.questions):
        return pages.again(walked, place, token=visit.token), 422
    after = walked.after(place)
    if after is not None:
        return _show_other(visit, after)
    still_open = walked.unfinished() if visit.asked.has_pages else None
    if still_open is not None:
        return pages.again(walked, still_open, token=visit.token), 422
    if walked.is_blank:
        return pages.again(walked, place, token=visit.token, notice=pages.empty_words()), 422
    return _finish(visit)


def _finish(visit: Visit) -> ResponseReturnValue:
    """Store the answers of somebody who has come to the end, unless too many come from their network just now.

    Whose device did not do the task that was set waits for a while instead, and is one of fewer.
    """
    is_trusted = not visit.asked.asks_proof or robots.is_proven(visit.form_id)
    wait = 0 if is_trusted else robots.seconds_until_trusted(visit.issued.at, now())
    if wait:
        return pages.again(visit.walked, visit.place, token=visit.token, notice=pages.unproven_words(wait)), 422
    who = robots.sender(visit.walked, robots.ANSWERS if is_trusted else robots.UNPROVEN)
    if not who.may_send():
        wait = who.seconds_to_wait()
        page = pages.again(visit.walked, visit.place, token=visit.token, notice=pages.crowded_words(wait))
        return page, 429, {"Retry-After": str(wait)}
    submission, receipt = submission_of(visit, who), None
    try:
        receipt = store(submission)
    finally:
        who.settle(is_stored=receipt is not None and receipt.is_first)
    return forgetting(thank(visit, receipt, submission.answers))


def _show_other(visit: Visit, place: Place) -> ResponseReturnValue:
    """Keep what was typed and show another page: by its address, where a cookie lets us find the draft again."""
    draft = draft_of(visit, place)
    write(lambda: keep_draft(draft))
    if cookie(COOKIE) == mark_of(visit.asked, visit.token) and not visit.asked.way.is_kiosk:
        return redirect(address_of(place), 303)
    page = pages.page(visit.walked, place, token=visit.token)
    return remembering(page, visit.asked, visit.whose, visit.token)


def _keep_for_later(visit: Visit) -> ResponseReturnValue:
    draft = draft_of(visit, visit.place)
    write(lambda: keep_draft(draft))
    mark = mark_of(visit.asked, tokens().issue(f"{LATER}{visit.asked.purpose}", seed=visit.issued.seed))
    slug, link = visit.asked.opening.slug, visit.whose.link
    address = (
        url_for("responses_public.personal", token=link) if link
        else url_for("responses_public.resume", slug=slug, mark=mark)
    )  # fmt: skip
    base = current_app.extensions["hearback.config"].base_url
    page = later_page(visit.asked.opening, f"{base}{address}", address, is_own=bool(link), on=draft.on)
    return remembering(page, visit.asked, visit.whose, visit.token)


def later_page(
    found: Opening,
    link: str,
    address: str,
    *,
    is_own: bool,
    on: date,
    form: AddressForm | None = None,
    sent_to: str = "",
) -> str:
    """Say that what was typed waits, and under which address; offer to mail it, unless nobody may tell who answers."""
    form = form or AddressForm()
    return render_template(
        "responses/later.html", link=link, address=address, is_own=is_own, until=day_words(on + FORM_LASTS), form=form,
        is_anonymous=found.privacy == Privacy.ANONYMOUS, sent_to=sent_to, has_errors=bool(form.errors),
    )  # fmt: skip
