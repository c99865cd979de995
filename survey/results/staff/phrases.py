"""Correct all comments that share a phrase: look at them, then do it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import new_id, write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import today
from survey.results.pages.cards import card
from survey.results.pages.phrases import phrase
from survey.results.staff.door import bp
from survey.text import actions


@bp.get("/comments/phrase")
@admits(TEAM)
def by_phrase() -> str:
    """Show the comments that say something, and what they would be said to be about."""
    return render_template("results/by_phrase.html", found=phrase(request.args), card=card, today=today())


@bp.post("/comments/phrase")
@admits(TEAM)
def correct_by_phrase() -> ResponseReturnValue:
    """Say of all of them that they are about this; only of those that were shown to be."""
    found, by = phrase(request.form), current_user.id
    if not found.code or not found.ids:
        raise Refused(_("Choose a phrase that comments say, and what it stands for."))
    again = url_for("results.by_phrase", words=found.words, reason=found.code)
    if request.form.get("many") != str(len(found.ids)):
        flash(_("More comments have come meanwhile. Look again: nothing was changed."), "bad")
        return redirect(again, 303)
    ids, code, batch_id = found.ids, found.code, new_id()

    def work() -> int:
        many = actions.correct(ids, "reason", code, by=by, now=now(), batch_id=batch_id)
        audit("comments corrected by phrase", subject=found.words, user_id=by, details={"reason": code, "many": many})
        return many

    many = write(work)
    said = ngettext("%(num)s comment is now about “%(label)s”.", "%(num)s comments are now about “%(label)s”.", many, label=found.label)  # fmt: skip
    flash(_("%(said)s You can take that back on any of them.", said=said), "good")
    return redirect(again, 303)
