"""Marks on the time line: what happened that may have moved the numbers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import today
from survey.results import actions
from survey.results.forms import MarkForm
from survey.results.models import Mark
from survey.results.queries.marks import every_mark, mark, removed_marks
from survey.results.staff.door import bp


@bp.route("/results/marks", methods=["GET", "POST"])
@admits(TEAM)
def marks() -> Any:
    """Every mark, and a form to add one."""
    form = MarkForm(day=today())
    if not form.validate_on_submit():
        page = render_template("results/marks.html", form=form, marks=every_mark(), removed=removed_marks(), today=today(), has_errors=bool(form.errors))  # fmt: skip
        return page, 422 if form.errors else 200
    marked, by = form.marked, current_user.id
    return _done("mark added", lambda: actions.add_mark(marked, by=by, now=now()).words, _("It stands on the charts from now on."))  # fmt: skip


@bp.route("/results/marks/<uuid:id>", methods=["GET", "POST"])
@admits(TEAM)
def edit_mark(id: UUID) -> Any:
    """Change what a mark says."""
    found = _find(id)
    form = MarkForm(data={"day": found.day, "kind": found.kind, "words": found.words, "survey": str(found.survey_id or "")})  # fmt: skip
    if not form.validate_on_submit():
        page = render_template("results/mark.html", form=form, found=found, has_errors=bool(form.errors))
        return page, 422 if form.errors else 200
    marked = form.marked

    def work() -> str:
        actions.edit_mark(id, marked)
        return marked.words

    return _done("mark changed", work, _("Saved."))


@bp.post("/results/marks/<uuid:id>/remove")
@admits(TEAM)
def remove_mark(id: UUID) -> ResponseReturnValue:
    """Take a mark off the charts."""
    by = current_user.id
    said = _("“%(words)s” stands on no chart any more. It can be put back below.", words=_find(id).words)
    return _done("mark removed", lambda: actions.remove_mark(id, by=by, now=now()).words, said)


@bp.post("/results/marks/<uuid:id>/back")
@admits(TEAM)
def put_mark_back(id: UUID) -> ResponseReturnValue:
    """Put a mark back on the charts."""
    said = _("“%(words)s” stands on the charts again.", words=_find(id).words)
    return _done("mark put back", lambda: actions.put_mark_back(id).words, said)


def _done(what: str, act: Callable[[], str], said: str) -> ResponseReturnValue:
    """Act, note who did, and go back to the list."""
    by = current_user.id
    write(lambda: audit(what, subject=act(), user_id=by))
    flash(said, "good")
    return redirect(url_for("results.marks"), 303)


def _find(id: UUID) -> Mark:
    found = mark(id)
    if found is None:
        raise NotFound(_("This mark does not exist."))
    return found
