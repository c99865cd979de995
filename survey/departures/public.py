"""The public door of departures: whether we understood somebody. The letter’s link shows a question; only the button answers it."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.departures.actions import note_understood
from survey.departures.models import ListeningNote
from survey.departures.queries.cases import note_with
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.limits import limiter
from survey.foundation.tokens import FormTokens, digest
from survey.foundation.web import EVERYONE, admits, csrf

bp = Blueprint("departures_public", __name__)
ANSWERS = ("yes", "no")


@bp.get("/understood/<token>")
@admits(EVERYONE)
def understood(token: str) -> ResponseReturnValue:
    """Ask somebody whether we understood them; nothing is stored by looking."""
    heard = _note(token)
    return render_template(
        "departures/understood.html", heard=heard, said=request.args.get("said", ""),
        form_token=_tokens().issue(_purpose(token)), is_done=request.args.get("done") == "yes",
    )  # fmt: skip


@bp.post("/understood/<token>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the signed form token takes its place
@limiter.limit("30 per hour")
def say_understood(token: str) -> ResponseReturnValue:
    """Keep what somebody says about whether we understood them."""
    _note(token)
    said = request.form.get("understood", "")
    if said not in ANSWERS or _tokens().form_id(request.form.get("form", ""), _purpose(token)) is None:
        raise Refused(_("This form was open for too long. Go back, reload the page and send it again."))
    key, moment = digest(token), now()
    write(lambda: note_understood(key, understood=said, now=moment))
    return redirect(url_for("departures_public.understood", token=token, done="yes"), 303)


def _note(token: str) -> ListeningNote:
    heard = note_with(digest(token))
    if heard is None or heard.case.person.is_left_alone:
        raise NotFound(_("There is no such question, or it is gone."))
    return heard


def _purpose(token: str) -> str:
    return f"understood/{digest(token)}"


def _tokens() -> FormTokens:
    tokens: FormTokens = current_app.extensions["hearback.form_tokens"]
    return tokens
