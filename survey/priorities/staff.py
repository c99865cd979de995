"""The staff door of priorities: what they are, who leads each, until when."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.customers.rules import money_words
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import LEADERS, TEAM, admits
from survey.organisation.queries import today
from survey.priorities import actions, pages, queries
from survey.priorities.forms import LeadForm, OwnForm, SettleForm
from survey.priorities.models import Theme
from survey.results.rules.words import interval_words

bp = Blueprint("priorities", __name__)

SAYS = {"money_words": money_words, "interval_words": interval_words, "period": pages.PERIOD}
FEWEST = 5  # of fewer people no share is told


@bp.route("/priorities", methods=["GET"])
@admits(TEAM)
def priorities() -> str:
    """Every priority: its people, what answers it, and who answers for it."""
    return _overview(OwnForm())[0]


@bp.post("/priorities")
@admits(LEADERS)
def add() -> Any:
    """Make a priority in words of one's own."""
    form = OwnForm()
    if not form.validate_on_submit():
        return _overview(form)
    words, by, day = form.words.data, current_user.id, today()
    made = write(lambda: actions.add(words, by=by, today=day))
    return redirect(url_for("priorities.priority", id=made.id), 303)


def _overview(form: OwnForm) -> tuple[str, int]:
    page = render_template(
        "priorities/priorities.html", seen=pages.overview(today()), form=form, today=today(), fewest=FEWEST,
        leads=current_user.role in LEADERS, has_errors=bool(form.errors), **SAYS,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@bp.get("/priorities/<uuid:id>")
@admits(TEAM)
def priority(id: UUID) -> str:
    """One priority, and for leaders who leads it and whether it is settled."""
    return _one(_find(id))[0]


@bp.post("/priorities/<uuid:id>/lead")
@admits(LEADERS)
def lead(id: UUID) -> Any:
    """Let somebody answer for it."""
    form, by, day = LeadForm(today=today()), current_user.id, today()
    if not form.validate_on_submit():
        return _one(_find(id), lead=form)
    owner_id, due_on = form.owner_id, form.due_on.data

    def work() -> Theme:
        return actions.assign(id, owner_id=owner_id, due_on=due_on, by=by, today=day)

    return _done(work, lambda theme: _("%(who)s answers for it now.", who=theme.owner.name if theme.owner else ""))


@bp.post("/priorities/<uuid:id>/settle")
@admits(LEADERS)
def settle(id: UUID) -> Any:
    """Say that it is settled."""
    form, by, day = SettleForm(), current_user.id, today()
    if not form.validate_on_submit():
        return _one(_find(id), settle=form)
    words = form.words.data
    return _done(lambda: actions.settle(id, words=words, by=by, today=day), lambda theme: _("“%(label)s” is settled.", label=theme.label))  # fmt: skip


def _done(work: Callable[[], Theme], said: Callable[[Theme], str]) -> Any:
    try:
        theme = write(work)
    except Refused as error:
        flash(str(error), "bad")
        return redirect(request.path.rpartition("/")[0], 303)
    flash(said(theme), "good")
    return redirect(url_for("priorities.priorities"), 303)


def _one(theme: Theme, *, lead: LeadForm | None = None, settle: SettleForm | None = None) -> tuple[str, int]:
    given = {"owner": str(theme.owner_id or current_user.id), "due_on": theme.due_on}
    lead, has_errors = lead or LeadForm(today=today(), data=given, formdata=None), bool(lead or settle)
    page = render_template(
        "priorities/priority.html", card=pages.card(theme, today()), lead=lead, settle=settle or SettleForm(formdata=None),
        leads=current_user.role in LEADERS, today=today(), fewest=FEWEST, has_errors=has_errors, **SAYS,
    )  # fmt: skip
    return page, 422 if has_errors else 200


def _find(id: UUID) -> Theme:
    found = queries.theme(id)
    if found is None:
        raise NotFound(_("There is no such priority."))
    return found
