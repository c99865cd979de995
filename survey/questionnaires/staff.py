"""The staff door of questionnaires: make, edit, publish, hand on."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import organisation
from survey.questionnaires import actions, queries
from survey.questionnaires.forms import NewForm, OptionsForm, WindowForm, window_data
from survey.questionnaires.kinds.settings import Sent
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.pages import (
    PRIVACY_WORDS,
    answers_so_far,
    base_url,
    day_words,
    qr_code,
    standing,
    standings,
    typed,
)
from survey.questionnaires.rules import Questionnaire, as_document
from survey.questionnaires.rules.addresses import SLUG_LIMIT, free_address
from survey.questionnaires.rules.editing import edited, moved, with_new, without
from survey.questionnaires.rules.templates import TEMPLATES, Template, questionnaire_from

bp = Blueprint("questionnaires", __name__)
T = TypeVar("T")


@bp.get("/surveys")
@admits(TEAM)
def surveys() -> str:
    """Every survey: where it stands, its link, how many answered."""
    return render_template("questionnaires/surveys.html", surveys=standings())


# ---- beginning one --------------------------------------------------------------------------------------------------


@bp.route("/surveys/new", methods=["GET", "POST"])
@admits(TEAM)
def new() -> Any:
    """Choose a template; then title, address and, where it asks for them, reasons."""
    template = TEMPLATES.get(request.args.get("template", ""))
    if template is None:
        return render_template("questionnaires/new.html", templates=TEMPLATES.values())
    taken = [survey.slug for survey in queries.all_surveys()]
    form = NewForm(data={"title": template.document["title"], "slug": free_address(template.slug, taken)})
    if not form.validate_on_submit():
        return _new_page(template, form, {})
    return _begin(template, form)


def _begin(template: Template, form: NewForm) -> Any:
    title, slug = form.title.data, form.slug.data
    try:
        reasons = _picked(template, _sent())
        _audited("survey made", slug, lambda: actions.create_from_template(
            template.name, slug=slug, title=title, reasons=reasons, now=now()))  # fmt: skip
    except ValueError as refused:
        return _new_page(template, form, {"reasons": str(refused)})
    except Refused as refused:
        form.slug.errors = [str(refused)]
        return _new_page(template, form, {})
    flash("Saved as a draft. Read it through, then publish it.", "good")
    return redirect(url_for("questionnaires.edit", slug=slug), 303)


def _picked(template: Template, sent: Sent) -> list[dict[str, str]] | None:
    """The reasons that the form sent; None where the template asks for none."""
    question = _reasons_question(template)
    if question is None:
        return None
    kind = KINDS[question.kind]
    reasons: list[dict[str, str]] = kind.settings[0].read(sent, "reasons", None)
    return reasons


def _reasons_question(template: Template) -> Any:
    return questionnaire_from(template, title=None, reasons=None).question(template.reasons_key)


def _new_page(template: Template, form: NewForm, errors: Mapping[str, str]) -> tuple[str, int]:
    has_errors = bool(form.errors or errors)
    question = _reasons_question(template)
    page = render_template("questionnaires/new_from.html", template=template, form=form, errors=errors, question=question,
                           kinds=KINDS, typed=typed, has_errors=has_errors, base_url=base_url())  # fmt: skip
    return page, 422 if has_errors else 200


# ---- editing it -----------------------------------------------------------------------------------------------------


@bp.route("/surveys/<slug>/edit", methods=["GET", "POST"])
@admits(TEAM)
def edit(slug: str) -> Any:
    """Edit the draft; every button of the page saves what was typed."""
    survey = _find(slug)
    if request.method == "GET":
        return _edit_page(survey, queries.draft_of(survey), {})
    found = edited(queries.draft_of(survey), _sent())
    if found.errors:
        return _edit_page(survey, found.questionnaire, found.errors)
    return _save(survey, found.questionnaire)


def _save(survey: Survey, questionnaire: Questionnaire) -> Any:
    slug, seen = survey.slug, _seen()
    try:
        changed, anchor = _done(questionnaire, request.form.get("do", ""), survey)
        document = as_document(changed)
        write(lambda: actions.save_draft(_find(slug), document, now=now(), seen=seen))
    except Refused as refused:
        return _edit_page(_find(slug), questionnaire, {"": str(refused)})
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


# ---- publishing, closing, options -----------------------------------------------------------------------------------


@bp.get("/surveys/<slug>")
@admits(TEAM)
def overview(slug: str) -> str:
    """One survey: its link and QR code, what it asks, its versions."""
    survey = _find(slug)
    return render_template("questionnaires/overview.html", standing=standing(survey), survey=survey, kinds=KINDS,
                           versions=queries.versions(survey.id), draft=queries.draft_of(survey), day_words=day_words)  # fmt: skip


@bp.route("/surveys/<slug>/publish", methods=["GET", "POST"])
@admits(TEAM)
def publish(slug: str) -> Any:
    """Say what stands in the way, or what publishing does; and publish."""
    survey = _find(slug)
    problems = queries.obstacles(survey)
    if request.method == "GET" or problems or not standing(survey).has_changes:
        page = render_template("questionnaires/publish.html", survey=survey, problems=problems, standing=standing(survey),
                               draft=queries.draft_of(survey))  # fmt: skip
        return page, 422 if request.method == "POST" else 200
    version = _audited("survey published", slug, lambda: actions.publish(_find(slug), now=now()))
    flash(f"Version {version.number} is published and takes answers.", "good")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


@bp.post("/surveys/<slug>/close")
@admits(TEAM)
def close(slug: str) -> Any:
    """Take no more answers."""
    _audited("survey closed", slug, lambda: actions.close(_find(slug), now=now()))
    flash("Closed. Whoever opens the link is told so.", "good")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


@bp.post("/surveys/<slug>/reopen")
@admits(TEAM)
def reopen(slug: str) -> Any:
    """Take answers again."""

    def work() -> None:
        survey = _find(slug)
        actions.reopen(survey, now=now(), answers=answers_so_far(survey.id))

    return _moved(slug, "survey reopened", work, _("Open again."))


@bp.post("/surveys/<slug>/archive")
@admits(TEAM)
def archive(slug: str) -> Any:
    """Put a survey away."""
    return _moved(
        slug,
        "survey archived",
        lambda: actions.archive(_find(slug), now=now()),
        _("Archived. All its answers are kept."),
    )


@bp.post("/surveys/<slug>/unarchive")
@admits(TEAM)
def unarchive(slug: str) -> Any:
    """Take a survey out of the archive."""
    return _moved(
        slug,
        "survey taken out of the archive",
        lambda: actions.unarchive(_find(slug)),
        _("Back from the archive. It is closed."),
    )


def _moved(slug: str, what: str, work: Callable[[], None], done: str) -> Any:
    """Do something to a survey's life, and say so; or why not."""
    try:
        _audited(what, slug, work)
        flash(done, "good")
    except Refused as refused:
        flash(str(refused), "bad")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


@bp.post("/surveys/<slug>/duplicate")
@admits(TEAM)
def duplicate(slug: str) -> Any:
    """Make a draft that asks the same."""
    copy = free_address(slug[: SLUG_LIMIT - 5].strip("-"), [survey.slug for survey in queries.all_surveys()])
    _audited("survey duplicated", copy, lambda: actions.duplicate(_find(slug), copy, now=now()), {"from": slug})
    flash(_("This is the copy, as a draft. Its answers will be its own."), "good")
    return redirect(url_for("questionnaires.edit", slug=copy), 303)


@bp.route("/surveys/<slug>/delete", methods=["GET", "POST"])
@admits(TEAM)
def delete(slug: str) -> Any:
    """Ask whether a draft shall go, and delete it."""
    survey = _find(slug)
    if request.method == "GET":
        return render_template("questionnaires/delete.html", survey=survey, standing=standing(survey))
    title = standing(survey).title
    try:
        _audited("survey deleted", slug, lambda: actions.delete(_find(slug)), {"title": title})
    except Refused as refused:
        flash(str(refused), "bad")
        return redirect(url_for("questionnaires.overview", slug=slug), 303)
    flash(_("“%(title)s” is deleted.", title=title), "good")
    return redirect(url_for("questionnaires.surveys"), 303)


@bp.route("/surveys/<slug>/window", methods=["GET", "POST"])
@admits(TEAM)
def window(slug: str) -> Any:
    """Choose from when to when a survey takes answers, and how many."""
    survey, zone = _find(slug), ZoneInfo(organisation().time_zone)
    form = WindowForm(data=window_data(survey, zone))
    if not form.validate_on_submit():
        return _window_page(survey, form)
    chosen = form.chosen(zone)
    try:
        _audited("survey window set", slug, lambda: actions.set_window(_find(slug), **chosen), form.words())
    except Refused as refused:
        form.closes_at.errors = [str(refused)]
        return _window_page(survey, form)
    flash(_("Saved."), "good")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


def _window_page(survey: Survey, form: WindowForm) -> tuple[str, int]:
    page = render_template("questionnaires/window.html", survey=survey, form=form, standing=standing(survey),
                           time_zone=organisation().time_zone, has_errors=bool(form.errors))  # fmt: skip
    return page, 422 if form.errors else 200


@bp.route("/surveys/<slug>/options", methods=["GET", "POST"])
@admits(TEAM)
def options(slug: str) -> Any:
    """Choose what the survey promises, and where it is shown."""
    survey = _find(slug)
    form = OptionsForm(obj=survey)
    if not form.validate_on_submit():
        return _options_page(survey, form)
    chosen = {
        "privacy": form.privacy.data,
        "is_listed": form.is_listed.data,
        "has_public_results": form.has_public_results.data,
    }

    def work() -> None:
        found = _find(slug)
        actions.set_options(found, **chosen, has_answers=answers_so_far(found.id) > 0)

    try:
        _audited("survey options set", slug, work, chosen)
    except Refused as refused:
        form.privacy.errors = [str(refused)]
        return _options_page(survey, form)
    flash("Saved.", "good")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


def _options_page(survey: Survey, form: OptionsForm) -> tuple[str, int]:
    page = render_template("questionnaires/options.html", survey=survey, form=form, standing=standing(survey),
                           privacies=PRIVACY_WORDS, has_errors=bool(form.errors))  # fmt: skip
    return page, 422 if form.errors else 200


@bp.get("/surveys/<slug>/qr.<any(svg, png):kind>")
@admits(TEAM)
def qr(slug: str, kind: str) -> Response:
    """Serve the QR code of the survey's link."""
    content = qr_code(standing(_find(slug)).link, kind)
    return Response(content, mimetype="image/svg+xml" if kind == "svg" else "image/png")


# ---- what all of them use -------------------------------------------------------------------------------------------


def _find(slug: str) -> Survey:
    survey = queries.survey_by_slug(slug)
    if survey is None:
        raise NotFound("There is no survey at this address.")
    return survey


def _sent() -> Sent:
    form = request.form.copy()
    return lambda name: form.get(name, "")


def _audited(what: str, slug: str, act: Callable[[], T], details: dict[str, object] | None = None) -> T:
    """Do something to a survey in one transaction with the line that says who did it."""
    user_id = current_user.id

    def work() -> T:
        result = act()
        audit(what, subject=slug, user_id=user_id, details=details)
        return result

    return write(work)
