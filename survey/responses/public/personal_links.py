"""A survey by somebody's own link."""

from urllib.parse import urlencode

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.foundation.db import write
from survey.foundation.language import speaking
from survey.foundation.limits import limiter
from survey.foundation.tokens import digest
from survey.foundation.web import EVERYONE, admits, csrf
from survey.invitations.queries import participation
from survey.responses import pages, queries
from survey.responses.actions import hand_draft_over
from survey.responses.pages import tokens
from survey.responses.public.device import in_its_version, remembering
from survey.responses.public.door import answered_page, bp, invitation_of, published, shut_page
from survey.responses.public.showing import WHO, ask_whose, show
from survey.responses.public.taking import take
from survey.responses.public.whose import asked_of, whose_link
from survey.responses.rules import Privacy, is_their_own


@bp.get("/r/<token>")
@admits(EVERYONE)
def personal(token: str) -> ResponseReturnValue:
    """Show a survey to the person whose link this is; once it was used, say that the answer is in."""
    invitation = invitation_of(token)
    used, sent = participation(invitation.id), queries.receipt(tokens().own_form_id(token))
    if used is not None or sent is not None:
        on = used.used_on if used else sent.on if sent and invitation.survey.privacy != Privacy.ANONYMOUS else None
        return answered_page(on, sent)
    found = published(invitation.survey.slug)
    return shut_page(found, invitation) or show(found, whose_link(invitation, token))


@bp.post("/r/<token>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]
def send_personal(token: str) -> ResponseReturnValue:
    """Take the answers of the person whose link this is."""
    invitation = invitation_of(token)
    found = published(invitation.survey.slug)
    return shut_page(found, invitation) or take(found, whose_link(invitation, token))


@bp.post("/r/<token>/whose")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the link's own secret and what is typed take its place
@limiter.limit("20 per hour")
def prove(token: str) -> ResponseReturnValue:
    """Let another device go on with a personal link, for somebody who knows whose it is."""
    invitation = invitation_of(token)
    whose, draft = whose_link(invitation, token), queries.draft(tokens().own_form_id(token))
    found = published(invitation.survey.slug)
    asked = asked_of(in_its_version(found, draft) if draft else found, whose)
    with speaking(asked.language):
        if not is_their_own(request.form.get(WHO, ""), invitation.person.email, invitation.person.external_id):
            return ask_whose(asked, token, is_wrong=True), 422
        device, form_id = tokens().issue(asked.purpose, seed=whose.seed), tokens().own_form_id(token)
        write(lambda: hand_draft_over(form_id, device=digest(device)))
        home = url_for("responses_public.personal", token=token)
        page = "".join(draft.typed.get(pages.PAGE, ())) if draft else ""
        answer = redirect(f"{home}?{urlencode({pages.PAGE: page or 1})}", 303)
        return remembering(answer, asked, whose, device, path=home)
