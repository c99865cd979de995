"""The staff door of improvements: the board, and telling customers what is being done."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.improvements import actions, queries
from survey.improvements.forms import ImprovementForm, UpdateForm, answerable
from survey.improvements.models import Improvement
from survey.improvements.rules.markdown import trusted_html
from survey.improvements.rules.stages import FINISHED, NOT_PUBLISHED, TOLD_AS, Stage, stage_words
from survey.organisation.queries import organisation, today

bp = Blueprint("improvements", __name__)


@bp.get("/improvements")
@admits(TEAM)
def board() -> str:
    """Everything that is being improved, by stage."""
    groups = [(stage, list(rows)) for stage, rows in groupby(queries.board(), lambda row: row.stage)]
    sides = [
        [(stage_words(stage), rows) for stage, rows in groups if (stage in FINISHED) is side] for side in (False, True)
    ]
    return render_template(
        "improvements/board.html",
        groups=sides if groups else [],
        people=queries.people_by_reason(),
        today=today(),
        not_published=NOT_PUBLISHED,
    )


@bp.route("/improvements/new", methods=["GET", "POST"])
@admits(TEAM)
def new() -> Any:
    """Begin an improvement."""
    form = ImprovementForm(data={"reasons": request.args.getlist("reason")})
    if not form.validate_on_submit():
        return _form_page("improvements/new.html", form)
    values, by = _values(form), current_user.id
    improvement = write(lambda: actions.start(**values, by=by, now=now()))
    flash(_("Saved. Customers see it as soon as you post a first update."), "good")
    return redirect(url_for("improvements.updates", id=improvement.id), 303)


@bp.route("/improvements/<uuid:id>/edit", methods=["GET", "POST"])
@admits(TEAM)
def edit(id: UUID) -> Any:
    """Change the title, the words and the reasons of an improvement."""
    improvement = _find(id)
    form = ImprovementForm(
        data={"title": improvement.title, "you_said": improvement.you_said, "reasons": improvement.codes}
    )
    if not form.validate_on_submit():
        return _form_page("improvements/edit.html", form, improvement=improvement)
    values = _values(form)
    write(lambda: actions.edit(_find(id), **values, now=now()))
    flash(_("Saved."), "good")
    return redirect(url_for("improvements.updates", id=id), 303)


@bp.route("/improvements/<uuid:id>", methods=["GET", "POST"])
@admits(TEAM)
def updates(id: UUID) -> Any:
    """One improvement: who said so, what customers were told, and the next update."""
    improvement = _find(id)
    form = UpdateForm(stage=improvement.stage or Stage.PLANNED)
    is_fine = form.validate_on_submit()
    if not is_fine or "preview" in request.form:
        return _updates_page(improvement, form, is_preview=is_fine)
    stage, words, by, on = form.stage.data, form.words.data, current_user.id, today()
    write(lambda: actions.post_update(_find(id), stage=stage, words=words, by=by, now=now(), on=on))
    flash(_("Posted. It stands on the public page, in the feeds, and on thank-you pages."), "good")
    return redirect(url_for("improvements.updates", id=id), 303)


def _updates_page(improvement: Improvement, form: UpdateForm, *, is_preview: bool) -> tuple[str, int]:
    preview = (
        (stage_words(form.stage.data), TOLD_AS[form.stage.data], trusted_html(form.words.data)) if is_preview else None
    )
    people = queries.people_by_reason()
    page = render_template(
        "improvements/updates.html", improvement=improvement, form=form, preview=preview, people=people, today=today(),
        most=max((people.get(code, 0) for code in improvement.codes), default=0), authors=queries.authors(improvement),
        has_errors=bool(form.errors), owner=organisation(),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _form_page(template: str, form: ImprovementForm, improvement: Improvement | None = None) -> tuple[str, int]:
    people = queries.people_by_reason()
    page = render_template(
        template,
        form=form,
        improvement=improvement,
        people=people,
        options=_options(form, people),
        has_errors=bool(form.errors),
    )
    return page, 422 if form.errors else 200


Option = tuple[str, str, bool, int]


def _options(form: ImprovementForm, people: dict[str, int]) -> tuple[list[Option], list[Option]]:
    """The reasons to tick: those that people gave or that are ticked, most people first, and all the others."""
    chosen = set(form.reasons.data or ())
    rows = [(reason.code, reason.label, reason.code in chosen, people.get(reason.code, 0)) for reason in answerable()]
    told = sorted((row for row in rows if row[2] or row[3]), key=lambda row: -row[3])
    return told, [row for row in rows if row not in told]


def _values(form: ImprovementForm) -> dict[str, Any]:
    return {"title": form.title.data, "you_said": form.you_said.data, "codes": form.reasons.data}


def _find(id: UUID) -> Improvement:
    improvement = queries.improvement(id)
    if improvement is None:
        raise NotFound(_("This improvement does not exist."))
    return improvement
