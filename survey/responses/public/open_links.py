"""A survey by its open link."""

from datetime import timedelta

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking, spoken
from survey.foundation.web import EVERYONE, admits, csrf, let_frame
from survey.letters.actions import post
from survey.letters.forms import AddressForm
from survey.letters.limits import may_be_sent
from survey.responses import pages, queries, trying
from survey.responses.emails import link_letter
from survey.responses.pages import tokens
from survey.responses.public.device import held_form, remembering
from survey.responses.public.door import bp, published, shut_page
from survey.responses.public.showing import show, wanted_place
from survey.responses.public.taking import later_page, take
from survey.responses.public.thanking import LONGER_SECONDS, STAY, kiosk_thanks
from survey.responses.public.trials import draft_tried, is_tried_out
from survey.responses.public.whose import ANYBODY, asked_of, way_in
from survey.responses.rules import LATER, Privacy

READ_BEFORE = timedelta(hours=1)


@bp.get("/s/<slug>")
@admits(EVERYONE)
def survey(slug: str) -> ResponseReturnValue:
    """Show a survey to whoever has its link."""
    draft = draft_tried(slug)
    if draft is not None:
        with speaking(draft.language):
            return trying.show(draft)
    found = published(slug)
    is_test = is_tried_out(found)
    if STAY in request.args and way_in().is_kiosk:
        return let_frame(kiosk_thanks(asked_of(found, ANYBODY), LONGER_SECONDS), found.embed_origins)
    return let_frame((None if is_test else shut_page(found)) or show(found, ANYBODY), found.embed_origins)


@bp.post("/s/<slug>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]
def send(slug: str) -> ResponseReturnValue:
    """Take the answers of whoever has the link."""
    draft = draft_tried(slug)
    if draft is not None:
        with speaking(draft.language):
            return trying.take(draft)
    found = published(slug)
    is_test = is_tried_out(found)
    return let_frame((None if is_test else shut_page(found)) or take(found, ANYBODY), found.embed_origins)


@bp.get("/s/<slug>/later/<mark>")
@admits(EVERYONE)
def resume(slug: str, mark: str) -> ResponseReturnValue:
    """Go on with what was left for later, on whatever device this link is opened."""
    found = published(slug)
    if shut := shut_page(found):
        return shut
    held = held_form(found, ANYBODY, mark, mode=LATER)
    draft = queries.draft(held.form_id) if held else None
    if held is None or draft is None:
        return render_template("responses/gone.html", slug=slug), 410
    with speaking(held.asked.language):
        walked = pages.walk(held.asked, draft.typed)
        # What was begun has been read before: whoever goes on may be quick.
        token = tokens().issue(held.asked.purpose, seed=held.seed, at=now() - READ_BEFORE)
        page = pages.page(walked, wanted_place(walked), token=token)
        home = url_for("responses_public.survey", slug=slug)
        return let_frame(remembering(page, held.asked, ANYBODY, token, path=home), found.embed_origins)


@bp.post("/s/<slug>/later/<mark>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the signed address takes its place
def mail_link(slug: str, mark: str) -> ResponseReturnValue:
    """Mail the address to go on with what waits, to whoever has it and types where to; not where nobody may tell who answers."""
    found = published(slug)
    held = held_form(found, ANYBODY, mark, mode=LATER)
    draft = queries.draft(held.form_id) if held else None
    if held is None or draft is None:
        return render_template("responses/gone.html", slug=slug), 410
    if found.privacy == Privacy.ANONYMOUS:
        raise Refused(_("This survey is anonymous: no address may be kept that could lead to your answers."))
    form, address, on = AddressForm(request.form), request.path, draft.changed_on
    with speaking(held.asked.language):
        link = f"{current_app.extensions['hearback.config'].base_url}{address}"
        is_fine, language = form.validate(), spoken()
        if is_fine and may_be_sent(form.address, visitor=request.remote_addr or ""):
            to, purpose, seed = form.address, held.asked.purpose, held.seed
            letter = link_letter(slug, purpose=purpose, seed=seed, to=to, language=language)
            write(lambda: post(letter, now=now()))
        page = later_page(found, link, address, is_own=False, on=on, form=form, sent_to=form.address if is_fine else "")
        return page, 200 if is_fine else 422
