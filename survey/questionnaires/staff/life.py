"""The life of a survey: from when to when it takes answers, closed, put away, copied, deleted."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for

from survey.foundation.clock import now
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import organisation
from survey.questionnaires import actions, queries
from survey.questionnaires.forms import WindowForm, window_data
from survey.questionnaires.models import Survey
from survey.questionnaires.pages import answers_so_far, standing
from survey.questionnaires.rules.addresses import SLUG_LIMIT, free_address
from survey.questionnaires.staff.door import audited, bp, find


@bp.post("/surveys/<slug>/close")
@admits(TEAM)
def close(slug: str) -> Any:
    """Take no more answers."""
    audited("survey closed", slug, lambda: actions.close(find(slug), now=now()))
    flash(_("Closed. Whoever opens the link is told so."), "good")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


@bp.post("/surveys/<slug>/reopen")
@admits(TEAM)
def reopen(slug: str) -> Any:
    """Take answers again."""

    def work() -> None:
        survey = find(slug)
        actions.reopen(survey, now=now(), answers=answers_so_far(survey.id))

    return _moved(slug, "survey reopened", work, _("Open again."))


@bp.post("/surveys/<slug>/archive")
@admits(TEAM)
def archive(slug: str) -> Any:
    """Put a survey away."""
    return _moved(
        slug,
        "survey archived",
        lambda: actions.archive(find(slug), now=now()),
        _("Archived. All its answers are kept."),
    )


@bp.post("/surveys/<slug>/unarchive")
@admits(TEAM)
def unarchive(slug: str) -> Any:
    """Take a survey out of the archive."""
    return _moved(
        slug,
        "survey taken out of the archive",
        lambda: actions.unarchive(find(slug)),
        _("Back from the archive. It is closed."),
    )


def _moved(slug: str, what: str, work: Callable[[], None], done: str) -> Any:
    """Do something to a survey's life, and say so; or why not."""
    try:
        audited(what, slug, work)
        flash(done, "good")
    except Refused as refused:
        flash(str(refused), "bad")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


@bp.post("/surveys/<slug>/duplicate")
@admits(TEAM)
def duplicate(slug: str) -> Any:
    """Make a draft that asks the same."""
    copy = free_address(slug[: SLUG_LIMIT - 5].strip("-"), [survey.slug for survey in queries.all_surveys()])
    audited("survey duplicated", copy, lambda: actions.duplicate(find(slug), copy, now=now()), {"from": slug})
    flash(_("This is the copy, as a draft. Its answers will be its own."), "good")
    return redirect(url_for("questionnaires.edit", slug=copy), 303)


@bp.route("/surveys/<slug>/delete", methods=["GET", "POST"])
@admits(TEAM)
def delete(slug: str) -> Any:
    """Ask whether a draft shall go, and delete it."""
    survey = find(slug)
    if request.method == "GET":
        return render_template("questionnaires/delete.html", survey=survey, standing=standing(survey))
    title = standing(survey).title
    try:
        audited("survey deleted", slug, lambda: actions.delete(find(slug)), {"title": title})
    except Refused as refused:
        flash(str(refused), "bad")
        return redirect(url_for("questionnaires.overview", slug=slug), 303)
    flash(_("“%(title)s” is deleted.", title=title), "good")
    return redirect(url_for("questionnaires.surveys"), 303)


@bp.route("/surveys/<slug>/window", methods=["GET", "POST"])
@admits(TEAM)
def window(slug: str) -> Any:
    """Choose from when to when a survey takes answers, and how many."""
    survey, zone = find(slug), ZoneInfo(organisation().time_zone)
    form = WindowForm(data=window_data(survey, zone))
    if not form.validate_on_submit():
        return _window_page(survey, form)
    chosen = form.chosen(zone)
    try:
        audited("survey window set", slug, lambda: actions.set_window(find(slug), **chosen), form.words())
    except Refused as refused:
        form.closes_at.errors = [str(refused)]
        return _window_page(survey, form)
    flash(_("Saved."), "good")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


def _window_page(survey: Survey, form: WindowForm) -> tuple[str, int]:
    page = render_template("questionnaires/window.html", survey=survey, form=form, standing=standing(survey),
                           time_zone=organisation().time_zone, has_errors=bool(form.errors))  # fmt: skip
    return page, 422 if form.errors else 200
