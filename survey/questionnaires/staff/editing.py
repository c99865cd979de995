"""The page on which a draft is edited. Every button saves all that was typed; with JavaScript it is saved by itself."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.questionnaires import actions, queries
from survey.questionnaires.actions import Saved
from survey.questionnaires.rules.arranging import Step
from survey.questionnaires.rules.editing import Edited, edited
from survey.questionnaires.rules.publishing import all_shortcomings
from survey.questionnaires.staff.door import AUTOSAVE, bp, find, find_to_change, sent
from survey.questionnaires.staff.sheet import Sheet, choices_sent, made_from, note_editor, sheet, who_and_when

EDIT_BODY = 2 * 1024 * 1024  # fifty questions with all their options, and what the page was made from
BREAKING = ("up", "down", "remove", "remove-ending", "undo")  # steps after which a condition may look at nothing


@bp.url_value_preprocessor
def _let_long_forms_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the form: a long survey makes a long form."""
    if endpoint in ("questionnaires.edit", "questionnaires.language"):
        request.max_content_length = request.max_form_memory_size = EDIT_BODY


@bp.route("/surveys/<slug>/edit", methods=["GET", "POST"])
@admits(TEAM)
def edit(slug: str) -> Any:
    """Edit the draft; every button of the page saves what was typed."""
    survey = find(slug)
    draft = queries.draft_of(survey)
    if request.method == "GET" and survey.archived_at is not None:
        flash(_("It is archived. Take it out of the archive to change it."))
        return redirect(url_for("questionnaires.overview", slug=slug), 303)
    if request.method == "GET":
        return _drawn(sheet(survey, draft, open_key=request.args.get("open", ""), adding=request.args.get("add")))
    made, who = made_from(draft), who_and_when(survey)
    found = edited(made.shown, sent(), request.form)
    try:
        saved, refusal = _saved(slug, made.seen, found)
    except Refused as refused:  # nothing could be stored: what was typed comes back
        unsaved = sheet(survey, found.questionnaire, seen=made.seen, errors=found.errors, refusal=str(refused))
        return _drawn(unsaved, refused.status if refused.status >= 500 else 422)
    if found.errors or saved.merge.clashes or refusal or AUTOSAVE in request.headers:
        return _drawn(
            sheet(find(slug), saved.made.questionnaire, saved=saved, errors=found.errors, refusal=refusal, who=who)
        )
    return _onward(slug, saved, who)


def _saved(slug: str, seen: Any, found: Edited) -> tuple[Saved, str]:
    """Save what could be read, with the step of the button where nothing is wrong; and say why where that is refused."""
    step = _step() if not found.errors else None
    try:
        return _kept(slug, seen, found, step), ""
    except Refused as refused:
        return _kept(slug, seen, found, None), str(refused)


def _step() -> Step:
    verb, _colon, about = request.form.get("do", "").partition(":")
    return Step(verb, about, request.form.get(f"{about}.pipe", "") if verb == "pipe" else "")


def _kept(slug: str, seen: Any, found: Edited, step: Step | None) -> Saved:
    user_id, chosen = current_user.id, choices_sent()

    def work() -> Saved:
        survey = find_to_change(slug)
        saved = actions.edit_draft(survey, seen=seen, mine=found.questionnaire, now=now(), choices=chosen.made,
                                   waiting=chosen.waiting, step=step)  # fmt: skip
        if saved.is_changed:
            note_editor(slug, user_id)
        return saved

    return write(work)


def _onward(slug: str, saved: Saved, who: str) -> Any:
    """Go back to the page, at the question that the button was about, and say what came of it."""
    verb, _colon, about = request.form.get("do", "").partition(":")
    if saved.merge.has_news:
        flash(_("Others changed something else meanwhile; it is here too (%(who)s).", who=who))
    for words in _broken(find(slug).privacy, saved) if verb in BREAKING else ():
        flash(_("This does not fit any more: %(words)s", words=words), "bad")
    if verb in ("add-ending", "remove-ending"):
        return redirect(url_for("questionnaires.edit", slug=slug, _anchor="endings"), 303)
    if verb == "below":
        return redirect(url_for("questionnaires.edit", slug=slug, add=about, _anchor="add"), 303)
    if saved.made.key:
        return redirect(
            url_for("questionnaires.edit", slug=slug, open=saved.made.key, _anchor=f"q-{saved.made.key}"), 303
        )
    if verb == "remove":
        return redirect(url_for("questionnaires.edit", slug=slug, _anchor="undo"), 303)
    flash(_("Saved."), "good")
    return redirect(url_for("questionnaires.edit", slug=slug), 303)


def _broken(privacy: str, saved: Saved) -> Sequence[str]:
    """Return what a step put out of order."""
    before = all_shortcomings(saved.merge.kept, privacy=privacy)
    after = all_shortcomings(saved.made.questionnaire, privacy=privacy)
    return [remark.words for remark in after if remark.place and remark not in before]


def _drawn(found: Sheet, status: int = 0) -> tuple[str, int]:
    """The page; what was saved by itself is answered with the parts of it that are others now."""
    name = "questionnaires/_saved.html" if AUTOSAVE in request.headers else "questionnaires/edit.html"
    return render_template(name, sheet=found, has_errors=found.status == 422), status or found.status
