"""The staff door of letters: the outbox, one letter, writing one by hand, and who is not written to."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from survey.access.actions import audit
from survey.config import Config
from survey.customers.models import Person
from survey.customers.queries import person as find_person
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import marked, moment_words, ngettext, speaking
from survey.foundation.web import ADMINS, LEADERS, TEAM, admits
from survey.letters import actions, queries
from survey.letters.actions import Post, Taken, post
from survey.letters.emails import written
from survey.letters.envelopes import printed_for
from survey.letters.forms import LIST_LIMIT, ByHandForm, ListForm, LookUpForm
from survey.letters.models import Letter
from survey.letters.printing import Printed, preview_response
from survey.letters.rules.addresses import masked
from survey.letters.rules.kinds import KINDS, TOPICS, To
from survey.letters.rules.lists import Listed, addresses_in
from survey.letters.rules.permission import ABSOLUTE, BULK, reason_against
from survey.letters.rules.states import STATES, TONES, WHY, State, Why
from survey.organisation.queries import organisation

bp = Blueprint("letters", __name__)

SECRET = re.compile(r"[A-Za-z0-9_-]{20,}")  # what stands in an address and is longer than a word: the secret of a link
BY_HAND = ("answer", "told_back", "come_back", "win_back")
SCOPES: Mapping[str, str] = {
    **{topic.value: words for topic, words in TOPICS.items()},
    BULK: marked("Everything that they did not ask for"),
    "do_not_contact": marked("Everything: they want no letter at all"),
    "deceased": marked("Everything: they have died"),
    "erased": marked("Everything: they were deleted"),
    "bounced": marked("Everything: letters came back"),
}
SOURCES = {
    "letter": marked("by the link in a letter"),
    "choices": marked("on the page of their choices"),
    "staff": marked("noted by your team"),
    "bounce": marked("because letters came back"),
    "import": marked("read in from a list"),
}


@bp.app_context_processor
def _has_mail_server() -> dict[str, Any]:
    """Say on pages where letters are sent from whether they leave, or lie in a folder."""
    return {"letters_leave": _letters_leave}


def _letters_leave() -> bool:
    config: Config = current_app.extensions["hearback.config"]
    return config.relay is not None


# ---- the outbox ---------------------------------------------------------------------------------------------------


@bp.get("/outbox")
@admits(TEAM)
def outbox() -> str:
    """Every letter with its state and reason, narrowed by what was asked for."""
    state, kind, why, address = (
        request.args.get(name, "").strip()[:320] for name in ("state", "kind", "why", "address")
    )
    cursor = request.args.get("cursor")
    return render_template(
        "letters/outbox.html", asked={"state": state, "kind": kind, "why": why, "address": address}, cursor=cursor,
        found=queries.letters(state=state, kind=kind, why=why, address=address, cursor=cursor),
        total=queries.count_letters(state=state, kind=kind, why=why, address=address),
        counts=queries.counts_such(kind=kind, why=why, address=address),
        states=STATES, whys=WHY, kinds=KINDS, away=queries.unreachable_since(), **_says(),
    )  # fmt: skip


def _says() -> dict[str, Any]:
    """What templates ask to show letters."""
    zone = organisation().time_zone
    return {
        "recipient": _recipient,
        "why_words": lambda letter: str(WHY[Why(letter.why)]) if letter.why else "",
        "state_words": lambda letter: str(STATES[State(letter.state)]),
        "tone": lambda letter: TONES.get(State(letter.state), ""),
        "kind_words": lambda letter: str(KINDS[letter.kind].words),
        "moment": lambda moment: moment_words(moment, zone),
    }


def _recipient(letter: Letter) -> str:
    """The address as this member of staff may see it: whole for leaders and admins."""
    address = letter.address or (letter.person.email if letter.person else None) or ""
    return address if current_user.role in LEADERS else masked(address)


@bp.get("/outbox/<uuid:id>")
@admits(TEAM)
def letter(id: UUID) -> str:
    """One letter: what became of it, and how it reads."""
    found = _letter(id)
    printed, why = _printed(found) if _may_read(found) else (None, "")
    return render_template(
        "letters/letter.html", letter=found, printed=printed, why_not=why, may_read=_may_read(found), **_says()
    )


@bp.get("/outbox/<uuid:id>/preview")
@admits(TEAM)
def preview(id: UUID) -> Response:
    """How a letter reads now; the secrets of its links are left out."""
    found = _letter(id)
    printed = _printed(found)[0] if _may_read(found) else None
    if printed is None:
        raise NotFound(_("There is nothing to show of this letter."))
    return preview_response(printed)


def _may_read(letter: Letter) -> bool:
    """Whether somebody may read a letter: one to a colleague is for that colleague, and for admins."""
    return letter.is_to != To.STAFF or current_user.role in ADMINS or letter.user_id == current_user.id


def _printed(letter: Letter) -> tuple[Printed | None, str]:
    """A letter as it reads now without the secrets of its links; or in words why it would say nothing any more."""
    write_letter = current_app.extensions["hearback.letters"].get(letter.kind)
    if write_letter is None:
        return None, _("This kind of letter is not written any more.")
    address = letter.address or (letter.person.email if letter.person else "") or ""
    language = letter.language or (letter.person.language if letter.person else None) or organisation().language
    with speaking(language):
        paper = write_letter(
            Taken(letter.id, letter.kind, address, language, letter.about, letter.said, letter.person_id, letter.user_id,
                  letter.tries)
        )  # fmt: skip
        if isinstance(paper, Why):
            return None, str(WHY[paper])
        return _without_secrets(printed_for(letter.kind, letter.id, paper)), ""


def _without_secrets(printed: Printed) -> Printed:
    base = re.escape(current_app.extensions["hearback.config"].base_url)
    addresses = re.compile(rf"{base}/[^\s\"'<>]*")

    def masked_in(words: str) -> str:
        return addresses.sub(lambda found: SECRET.sub("…", found.group()), words)

    return Printed(printed.subject, masked_in(printed.text), masked_in(printed.html), printed.preheader)


@bp.post("/outbox/<uuid:id>/take-back")
@admits(TEAM)
def take_back(id: UUID) -> Any:
    """Let a letter that has not gone yet not go."""
    done = _do(id, lambda: actions.take_letter_back(id, now=now()), "letter taken back")
    return _said(id, done, _("The letter is taken back."), _("It was too late: the letter is not waiting any more."))


@bp.post("/outbox/<uuid:id>/again")
@admits(TEAM)
def again(id: UUID) -> Any:
    """Try a letter again that was given up."""
    done = _do(id, lambda: actions.try_again(id, now=now()), "letter tried again")
    return _said(id, done, _("The letter is tried again."), _("This letter was not given up."))


@bp.post("/outbox/<uuid:id>/write-again")
@admits(TEAM)
def write_again(id: UUID) -> Any:
    """Let an address be written to again that works now."""

    def work() -> bool:
        actions.write_to_again(id)
        return True

    done = _do(id, work, "address written to again")
    return _said(id, done, _("This address is written to again."), "")


def _do(id: UUID, work: Callable[[], bool], what: str) -> bool:
    """Do something with a letter and note who did it, in one transaction."""
    _letter(id)
    user_id = current_user.id

    def done() -> bool:
        is_done = work()
        if is_done:
            audit(what, subject=str(id), user_id=user_id)
        return is_done

    return write(done)


def _said(id: UUID, is_done: bool, good: str, bad: str) -> Any:
    flash(good if is_done else bad, "good" if is_done else "bad")
    return redirect(url_for("letters.letter", id=id), 303)


def _letter(id: UUID) -> Letter:
    found = queries.letter(id)
    if found is None:
        raise NotFound(_("There is no such letter."))
    return found


# ---- by hand ------------------------------------------------------------------------------------------------------


@bp.route("/people/<uuid:id>/write", methods=["GET", "POST"])
@admits(TEAM)
def by_hand(id: UUID) -> Any:
    """Write a letter to one person: first as it will read, then out it goes."""
    somebody = _somebody(id)
    against = _reasons_against(somebody)
    form = ByHandForm()
    form.kind.choices = [SelectChoice(kind, KINDS[kind].words) for kind, why in against.items() if why is None]
    if request.method != "POST" or not (form.validate_on_submit() and _is_allowed(form, against)):
        return _by_hand_page(somebody, form, against)
    step = request.form.get("step")
    if step != "send":
        return _by_hand_page(somebody, form, against, is_shown=step == "show")
    said, kind = {"subject": form.subject.data, "words": form.words.data}, form.kind.data
    name, by = somebody.shown_name, current_user.id

    def work() -> UUID | None:
        letter_id = post(Post(kind, person=_somebody(id), said=said), now=now())
        audit("letter written", subject=name, user_id=by, details={"letter": str(letter_id)})
        return letter_id

    letter_id = write(work)
    flash(_("The letter is in the outbox."), "good")
    return redirect(url_for("letters.letter", id=letter_id), 303)


def _reasons_against(somebody: Person) -> dict[str, Why | None]:
    """For each kind of letter that is written by hand, why it may not go to somebody now; None where it may."""
    known = queries.recipients([somebody], now=now())[somebody.id]
    owner = organisation()
    return {
        kind: reason_against(
            KINDS[kind], known, limit=queries.limit(), now=now(), has_postal_address=bool(owner.postal_address.strip())
        )
        for kind in BY_HAND
    }


def _is_allowed(form: ByHandForm, against: dict[str, Why | None]) -> bool:
    kind = form.kind.data or ""
    if against.get(kind, Why.NO_CONSENT) is None:
        return True
    why = against.get(kind)
    form.kind.errors = [f"{WHY[why]}." if why else _("Choose what it is.")]
    return False


def _by_hand_page(
    somebody: Person, form: ByHandForm, against: dict[str, Why | None], *, is_shown: bool = False
) -> tuple[str, int]:
    has_errors = bool(form.errors)
    sheet = None
    if is_shown and not has_errors:
        with speaking(somebody.language or organisation().language):
            paper = written(form.subject.data, form.words.data)
            sheet = _without_secrets(printed_for(form.kind.data, somebody.id, paper))
    page = render_template(
        "letters/by_hand.html", person=somebody, form=form, has_errors=has_errors, sheet=sheet, kinds=KINDS,
        against={kind: str(WHY[why]) for kind, why in against.items() if why}, is_possible=None in against.values(),
        language=somebody.language or organisation().language,
    )  # fmt: skip
    return page, 422 if has_errors else 200


def _somebody(id: UUID) -> Person:
    somebody = find_person(id)
    if somebody is None:
        raise NotFound(_("There is nobody here with this address."))
    return somebody


# ---- who is not written to ------------------------------------------------------------------------------------------


@bp.route("/outbox/suppressed", methods=["GET", "POST"])
@admits(TEAM)
def suppressed() -> Any:
    """How many addresses are not written to; look one up, or add one."""
    form = LookUpForm()
    if not form.validate_on_submit():
        return _suppressed_page(form, ListForm(formdata=None))
    address, by = form.email.data, current_user.id
    if request.form.get("step") != "add":
        return _suppressed_page(form, ListForm(formdata=None), looked_up=address)

    def work() -> None:
        actions.suppress(address, "do_not_contact", source="staff", now=now())
        audit("address suppressed", subject=masked(address), user_id=by)

    write(work)
    flash(_("%(address)s is not written to any more.", address=address), "good")
    return redirect(url_for("letters.suppressed"), 303)


@bp.post("/outbox/suppressed/list")
@admits(TEAM)
def suppress_list() -> Any:
    """Read in a list of addresses that are not to be written to."""
    form = ListForm()
    listed = _listed(form)
    if not form.validate_on_submit() or listed is None:
        return _suppressed_page(LookUpForm(formdata=None), form)
    scope, by = form.scope.data, current_user.id

    def work() -> int:
        new = actions.suppress_addresses(listed.addresses, scope, source="import", now=now())
        audit("addresses suppressed", subject=str(len(listed.addresses)), user_id=by)
        return new

    new = write(work)
    flash(ngettext("%(num)s address read in, %(new)s of them new.", "%(num)s addresses read in, %(new)s of them new.",
                   len(listed.addresses), new=new), "good")  # fmt: skip
    if listed.lines_without:
        numbers = ", ".join(str(number) for number in listed.lines_without[:10])
        flash(_("Lines without an address, such as %(numbers)s, were left out.", numbers=numbers), "info")
    return redirect(url_for("letters.suppressed"), 303)


def _listed(form: ListForm) -> Listed | None:
    """The addresses that were pasted or stand in the file; None where there are none."""
    file = form.file.data
    raw = file.read(LIST_LIMIT + 1) if file else b""
    if len(raw) > LIST_LIMIT:
        raise Refused(_("This file is too long for a page. Read it in with the command “letters suppress”."))
    listed = addresses_in("\n".join([form.pasted.data or "", raw.decode("utf-8-sig", "replace")]).strip())
    return listed if listed.addresses else None


def _suppressed_page(form: LookUpForm, list_form: ListForm, *, looked_up: str = "") -> tuple[str, int]:
    has_errors = request.method == "POST" and not looked_up
    if has_errors and not form.errors:
        list_form.pasted.errors = [*list_form.pasted.errors, _("There is no address in it.")][:1]
    found = queries.suppressed_at(looked_up) if looked_up else []
    page = render_template(
        "letters/suppressed.html", form=form, list_form=list_form, looked_up=looked_up,
        is_never=any(scope in ABSOLUTE and scope != "bounced" for scope, _source, _at in found),
        found=[(_(str(SCOPES[scope])), _(SOURCES[source]), at) for scope, source, at in found],
        counts=[(_(str(words)), many) for scope, words in SCOPES.items() if (many := queries.count_suppressed().get(scope))],
        has_errors=has_errors, **_says(),
    )  # fmt: skip
    return page, 422 if has_errors else 200
