"""The public door of letters: saying no with one click, choosing what to hear, asking for a link by mail. No session, no cookie.

The address of a letter's own pages is signed: it proves that whoever opens it got the letter. Opening a page changes nothing.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from survey.access.actions import forget_password
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import first_spoken, speaking, spoken
from survey.foundation.language import gettext as _
from survey.foundation.tokens import FormTokens
from survey.foundation.web import ASKED_LANGUAGE, EVERYONE, admits, csrf
from survey.letters import actions, queries
from survey.letters.actions import Post, post
from survey.letters.forms import AddressForm, ChoicesForm
from survey.letters.limits import may_be_sent
from survey.letters.models import Letter
from survey.letters.rules.addresses import masked
from survey.letters.rules.kinds import KINDS, TOPIC_HINTS, TOPICS, To
from survey.letters.rules.links import Links
from survey.organisation.queries import organisation

bp = Blueprint("letters_public", __name__)


# ---- by the link in a letter --------------------------------------------------------------------------------------


@bp.get("/u/<token>")
@admits(EVERYONE)
def unsubscribe(token: str) -> ResponseReturnValue:
    """Ask somebody whether they want no more letters of this kind; opening it, as scanners do, changes nothing."""
    letter = _letter(token)
    with speaking(_language(letter)):
        return render_template("letters/unsubscribe.html", token=token, **_said_of(letter))


@bp.post("/u/<token>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # a mail program has no session: the signed link takes its place (RFC 8058)
def unsubscribe_now(token: str) -> ResponseReturnValue:
    """Take a “no”, from a mail program or from the page; it may come twice."""
    letter = _letter(token)
    letter_id = letter.id
    write(lambda: actions.unsubscribe(letter_id, now=now()))
    with speaking(_language(letter)):
        return render_template("letters/unsubscribed.html", token=token, **_said_of(letter))


@bp.get("/letters/<token>")
@admits(EVERYONE)
def choices(token: str) -> ResponseReturnValue:
    """Show what somebody has chosen to hear, how often and in which language."""
    letter = _letter(token)
    with speaking(_language(letter)):
        return _choices_page(letter, _choices_form(letter))


@bp.post("/letters/<token>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the signed link takes its place
def choose(token: str) -> ResponseReturnValue:
    """Keep what somebody chooses to hear."""
    letter = _letter(token)
    with speaking(_language(letter)):
        form = ChoicesForm(request.form, languages=organisation().languages)
        if not form.validate():
            return _choices_page(letter, form), 422
        topics = [] if form.nothing.data else form.topics.data or []
    key, language, least_days = letter.address_hash or "", form.language.data or None, int(form.how_often.data) or None
    write(lambda: actions.keep_choices(key, topics=topics, language=language, least_days=least_days, now=now()))
    kept = _letter(token)
    with speaking(_language(kept)):
        return _choices_page(kept, _choices_form(kept), is_kept=True)


def _letter(token: str) -> Letter:
    """The letter to somebody who may say no, whose own link this is; raises NotFound."""
    links: Links = current_app.extensions["hearback.links"]
    id = links.letter_id(token)
    letter = queries.letter(id) if id else None
    if letter is None or letter.address_hash is None or letter.is_to == To.STAFF:
        raise NotFound(
            _("This link is none of ours, or a part of it is missing. Open it once more from the letter that you got.")
        )
    return letter


def _language(letter: Letter) -> str:
    """The language of a letter's pages: what the address asks for, what was chosen, the letter's own, the visitor's."""
    chosen = queries.choices_at(letter.address_hash or "").language
    theirs = letter.person.language if letter.person else None
    wanted = (request.args.get(ASKED_LANGUAGE), chosen, letter.language, theirs)
    return first_spoken([one for one in wanted if one]) or spoken()


def _said_of(letter: Letter) -> dict[str, Any]:
    topic = KINDS[letter.kind].topic
    return {"topic": TOPICS[topic] if topic else None, "address": masked(letter.address or "")}


def _choices_form(letter: Letter) -> ChoicesForm:
    mine = queries.choices_at(letter.address_hash or "")
    shown = {"topics": list(mine.topics), "how_often": str(mine.least_days), "language": mine.language or ""}
    return ChoicesForm(languages=organisation().languages, data=shown)


def _choices_page(letter: Letter, form: ChoicesForm, *, is_kept: bool = False) -> str:
    somebody = letter.person
    mine = queries.choices_at(letter.address_hash or "")
    return render_template(
        "letters/choices.html", form=form, address=masked(letter.address or ""), mine=mine, hints=TOPIC_HINTS,
        is_left_alone=mine.never or (somebody is not None and somebody.is_left_alone), is_kept=is_kept,
        has_errors=bool(form.errors),
    )  # fmt: skip


# ---- by typing an address: the page says the same words whether we know it or not ---------------------------------------


@bp.route("/letters", methods=["GET", "POST"])
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the signed form token takes its place
def ask() -> ResponseReturnValue:
    """Send whoever has no letter at hand the link to what they want to hear."""
    return _by_mail("letters/ask.html", _post_choices)


@bp.route("/forgot", methods=["GET", "POST"])
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the signed form token takes its place
def forgot() -> ResponseReturnValue:
    """Send a colleague the link to a new password."""
    make = current_app.extensions["hearback.links"].own_token
    return _by_mail("letters/forgot.html", lambda address, _language: forget_password(address, make=make, now=now()))


def _post_choices(address: str, language: str) -> None:
    if queries.knows(address):
        post(Post("choices", address=address, language=language), now=now())


def _by_mail(template: str, send: Callable[[str, str], None]) -> ResponseReturnValue:
    """Show the form, or send what was asked for: within the limits, and without saying whether there was anybody to send to."""
    tokens: FormTokens = current_app.extensions["hearback.form_tokens"]
    purpose, form = request.path, AddressForm(request.form)
    if request.method != "POST":
        return render_template(template, form=form, token=tokens.issue(purpose), sent_to="")
    if tokens.form_id(request.form.get("form", ""), purpose) is None:
        raise Refused(_("This form was open for too long. Go back, reload the page and send it again."))
    if not form.validate():
        return render_template(template, form=form, token=tokens.issue(purpose), sent_to="", has_errors=True), 422
    address, language = form.address, spoken()
    if may_be_sent(address, visitor=request.remote_addr or ""):
        write(lambda: send(address, language))
    return render_template(template, form=form, token="", sent_to=address)
