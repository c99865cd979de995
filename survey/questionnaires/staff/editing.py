"""The page on which a draft is edited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.web import TEAM, admits
from survey.questionnaires import actions, queries
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.pages import standing, typed
from survey.questionnaires.rules import Questionnaire, as_document
from survey.questionnaires.rules.editing import edited, moved, with_new, without
from survey.questionnaires.staff.door import bp, find, sent


@bp.route("/surveys/<slug>/edit", methods=["GET", "POST"])
@admits(TEAM)
def edit(slug: str) -> Any:
    """Edit the draft; every button of the page saves what was typed."""
    survey = find(slug)
    if request.method == "GET":
        return _edit_page(survey, queries.draft_of(survey), {})
    found = edited(queries.draft_of(survey), sent())
    if found.errors:
        return _edit_page(survey, found.questionnaire, found.errors)
    return _save(survey, found.questionnaire)


def _save(survey: Survey, questionnaire: Questionnaire) -> Any:
    slug, seen = survey.slug, _seen()
    try:
        changed, anchor = _done(questionnaire, request.form.get("do", ""), survey)
        document = as_document(changed)
        write(lambda: actions.save_draft(find(slug), document, now=now(), seen=seen))
    except Refused as refused:
        return _edit_page(find(slug), questionnaire, {"": str(refused)})
    if not anchor:
        flash("Saved.", "good")
    return redirect(url_for("questionnaires.edit", slug=slug, _anchor=anchor or None), 303)


def _done(questionnaire: Questionnaire, do: str, survey: Survey) -> tuple[Questionnaire, str]:
    """What a button of the page does besides saving, and the question to show then."""
    verb, _, about = do.partition(":")
    if verb == "add":
        taken = queries.keys_ever_used(survey.id)
        return with_new(questionnaire, request.form.get("kind", ""), taken=taken)
    if verb in ("up", "down"):
        return moved(questionnaire, about, -1 if verb == "up" else 1), about
    return (without(questionnaire, about), "questions") if verb == "remove" else (questionnaire, "")


def _seen() -> datetime | None:
    try:
        return datetime.fromisoformat(request.form.get("seen", ""))
    except ValueError:
        return None


def _edit_page(survey: Survey, questionnaire: Questionnaire, errors: Mapping[str, str]) -> tuple[str, int]:
    page = render_template("questionnaires/edit.html", survey=survey, draft=questionnaire, errors=errors, kinds=KINDS,
                           typed=typed, has_errors=bool(errors), standing=standing(survey))  # fmt: skip
    return page, 422 if errors else 200
