"""The staff door of the mirror: each leader's own page, and the monthly look at who was lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.customers.rules import money_words
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import LEADERS, TEAM, admits
from survey.mirror import actions, pages
from survey.mirror.forms import DecisionForm, HeldForm, NoteForm
from survey.mirror.rules import KINDS, month_after, month_named, name_of
from survey.organisation.queries import today

bp = Blueprint("mirror", __name__)


@bp.route("/mirror", methods=["GET", "POST"])
@admits(LEADERS)
def mirror() -> Any:
    """A leader's own page: note one time on top, then how long ago the others were."""
    form, me, day = NoteForm(today=today()), current_user.id, today()
    if form.validate_on_submit():
        noted = form.noted
        write(lambda: actions.note(noted, leader_id=me, today=day))
        flash(_("Noted."), "good")
        return redirect(url_for("mirror.mirror"), 303)
    asked = request.args.get("kind", "")
    seen = pages.mirror(me, asked if asked in KINDS else "", day)
    page = render_template("mirror/mirror.html", form=form, seen=seen, kinds=KINDS, today=day, has_errors=bool(form.errors))  # fmt: skip
    return page, 422 if form.errors else 200


@bp.post("/mirror/<uuid:id>/improve")
@admits(LEADERS)
def improve(id: UUID) -> Any:
    """Begin an improvement with what was learned."""
    me, moment = current_user.id, now()
    try:
        made = write(lambda: actions.make_improvement(id, leader_id=me, now=moment))
    except Refused as error:
        flash(str(error), "bad")
        return redirect(url_for("mirror.mirror"), 303)
    flash(_("An improvement begins with your words. Say what customers told you, and which reasons it answers."), "good")  # fmt: skip
    return redirect(url_for("improvements.edit", id=made), 303)


@bp.post("/mirror/<uuid:id>/remove")
@admits(LEADERS)
def remove(id: UUID) -> Any:
    """Take an entry of one's own back."""
    me = current_user.id
    write(lambda: actions.take_back(id, leader_id=me))
    flash(_("The entry is gone."), "good")
    return redirect(url_for("mirror.mirror"), 303)


# ---- loss reviews -------------------------------------------------------------------------------------------------


@bp.get("/loss-review")
@admits(TEAM)
def next_review() -> Any:
    """The month that is to be looked at next."""
    return redirect(url_for("mirror.review", month=name_of(pages.next_review(today()))))


@bp.get("/loss-review/<month>")
@admits(TEAM)
def review(month: str) -> str:
    """The agenda of a month, who was there, and what was decided."""
    return _review(month)[0]


@bp.post("/loss-review/<month>/held")
@admits(LEADERS)
def hold(month: str) -> Any:
    """Note who was there."""
    form, by, moment, first = HeldForm(), current_user.id, now(), month_named(month)
    if not form.validate_on_submit():
        return _review(month, held=form)
    attendees, on = form.attendees.data, form.held_on.data
    return _done(month, lambda: actions.hold(first, attendees=attendees, on=on, by=by, now=moment), _("Saved."), "held")  # fmt: skip


@bp.post("/loss-review/<month>/decisions")
@admits(LEADERS)
def decide(month: str) -> Any:
    """Record a decision."""
    form, by, first = DecisionForm(), current_user.id, month_named(month)
    if not form.validate_on_submit():
        return _review(month, decision=form)
    what, owner_id, due_on = form.what.data, form.owner_id, form.due_on.data
    work = lambda: actions.decide(first, what=what, owner_id=owner_id, due_on=due_on, by=by)  # noqa: E731
    return _done(month, work, _("Recorded. The page of the next month begins with it."), "decisions")


@bp.post("/loss-review/<month>/decisions/<uuid:id>")
@admits(TEAM)
def mark_done(month: str, id: UUID) -> Any:
    """Say that a decision is done, or not after all."""
    is_done, by, day = request.form.get("done") == "yes", current_user.id, today()
    month_named(month)
    said = _("Done.") if is_done else _("It is open again.")
    return _done(month, lambda: actions.mark_done(id, is_done=is_done, by=by, today=day), said, "before")


def _done(month: str, work: Callable[[], object], said: str, anchor: str) -> Any:
    try:
        write(work)
        flash(said, "good")
    except Refused as error:
        flash(str(error), "bad")
    return redirect(url_for("mirror.review", month=month, _anchor=anchor), 303)


def _review(month: str, *, held: HeldForm | None = None, decision: DecisionForm | None = None) -> tuple[str, int]:
    first, day = month_named(month), today()
    agenda, has_errors = pages.agenda(first, day), bool(held or decision)
    known = {"attendees": agenda.review.attendees, "held_on": agenda.review.held_on} if agenda.review else {"held_on": day}  # fmt: skip
    following = month_after(first)
    page = render_template(
        "mirror/review.html", seen=agenda, today=day, money_words=money_words, leads=current_user.role in LEADERS,
        held=held or HeldForm(data=known, formdata=None), decision=decision or DecisionForm(formdata=None),
        before=name_of(agenda.before), after=name_of(following) if following <= day else "", has_errors=has_errors,
    )  # fmt: skip
    return page, 422 if has_errors else 200
