"""The outbox, and one letter: what became of it, how it reads, what can be done about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.web import ADMINS, TEAM, admits
from survey.letters import actions, queries
from survey.letters.actions import Taken
from survey.letters.envelopes import printed_for, without_secrets
from survey.letters.models import Letter
from survey.letters.printing import Printed, preview_response
from survey.letters.rules.kinds import KINDS, To
from survey.letters.rules.states import STATES, WHY, Why
from survey.letters.staff.door import bp, says
from survey.organisation.queries import organisation


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
        states=STATES, whys=WHY, kinds=KINDS, away=queries.unreachable_since(), **says(),
    )  # fmt: skip


@bp.get("/outbox/<uuid:id>")
@admits(TEAM)
def letter(id: UUID) -> str:
    """One letter: what became of it, and how it reads."""
    found = _letter(id)
    printed, why = _printed(found) if _may_read(found) else (None, "")
    return render_template(
        "letters/letter.html", letter=found, printed=printed, why_not=why, may_read=_may_read(found), **says()
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
                  letter.tries, is_shown=True)
        )  # fmt: skip
        if isinstance(paper, Why):
            return None, str(WHY[paper])
        return without_secrets(printed_for(letter.kind, letter.id, paper)), ""


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
    if found is None or not queries.may_be_listed(found):
        raise NotFound(_("There is no such letter."))
    return found
