"""Surveys as files: handed out, and read in."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from survey.foundation.clock import now
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.questionnaires import actions, queries
from survey.questionnaires.forms import FileForm
from survey.questionnaires.rules import files
from survey.questionnaires.rules.addresses import free_address
from survey.questionnaires.staff.door import audited, bp, find

UPLOAD_BODY = 2 * files.FILE_LIMIT  # a file that is a little too large still comes back with a sentence


@bp.url_value_preprocessor
def _let_file_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the form: this page takes a file."""
    if endpoint == "questionnaires.from_file":
        request.max_content_length = UPLOAD_BODY


@bp.get("/surveys/<slug>/survey.json")
@admits(TEAM)
def file(slug: str) -> Response:
    """Hand out what a survey asks, as a file, without answers."""
    content = files.written(queries.file_of(find(slug)))
    named = {"Content-Disposition": f'attachment; filename="{slug}.json"'}
    return Response(f"{content}\n", mimetype="application/json", headers=named)


@bp.route("/surveys/from-file", methods=["GET", "POST"])
@admits(TEAM)
def from_file() -> Any:
    """Read a survey from a file, as a draft; where it is none, say where and why, and make nothing."""
    form = FileForm()
    if not form.validate_on_submit():
        return _page(form)
    try:
        found = files.read_bytes(form.content)
        slug = free_address(found.slug, [survey.slug for survey in queries.all_surveys()])
        audited("survey read from a file", slug, lambda: actions.create_from_file(found, slug=slug, now=now()))
    except Refused as refused:
        form.file.errors = [str(refused)]
        return _page(form)
    flash(_("Read as a draft. Look it through, then publish it."), "good")
    return redirect(url_for("questionnaires.edit", slug=slug), 303)


def _page(form: FileForm) -> tuple[str, int]:
    page = render_template("questionnaires/from_file.html", form=form, has_errors=bool(form.errors))
    return page, 422 if form.errors else 200
