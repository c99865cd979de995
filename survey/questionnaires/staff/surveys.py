"""The pages of surveys: their list, beginning one, what one is, publishing, options."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from survey.foundation.clock import now
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import organisation
from survey.questionnaires import actions, queries
from survey.questionnaires.forms import NewForm, OptionsForm, RobotsForm, robots_data
from survey.questionnaires.kinds.settings import Sent
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.pages import (
    PRIVACY_WORDS,
    base_url,
    day_words,
    doubted,
    standing,
    standings,
    template_groups,
    typed,
    waiting_changes,
    was_answered,
)
from survey.questionnaires.rules import Questionnaire
from survey.questionnaires.rules.addresses import free_address, lends_maths
from survey.questionnaires.rules.outline import outline
from survey.questionnaires.rules.templates import TEMPLATES, Template, questionnaire_from
from survey.questionnaires.staff.door import audited, bp, find, sent


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
        return render_template("questionnaires/new.html", groups=template_groups())
    taken = [survey.slug for survey in queries.all_surveys()]
    form = NewForm(data={"title": _begun(template).title, "slug": free_address(template.slug, taken)})
    if not form.validate_on_submit():
        return _new_page(template, form, {})
    return _begin(template, form)


def _begin(template: Template, form: NewForm) -> Any:
    title, slug, language = form.title.data, form.slug.data, organisation().language
    try:
        reasons = _picked(template, sent())
        audited("survey made", slug, lambda: actions.create_from_template(
            template.name, slug=slug, title=title, reasons=reasons, now=now(), language=language))  # fmt: skip
    except ValueError as refused:
        return _new_page(template, form, {"reasons": str(refused)})
    except Refused as refused:
        form.slug.errors = [str(refused)]
        return _new_page(template, form, {})
    flash(_("Saved as a draft. Read it through, then publish it."), "good")
    return redirect(url_for("questionnaires.edit", slug=slug), 303)


def _picked(template: Template, sent: Sent) -> list[dict[str, str]] | None:
    """The reasons that the form sent; None where the template asks for none."""
    question = _begun(template).question(template.reasons_key)
    if question is None:
        return None
    kind = KINDS[question.kind]
    reasons: list[dict[str, str]] = kind.settings[0].read(sent, "reasons", None)
    return reasons


def _begun(template: Template) -> Questionnaire:
    """A template's questionnaire as it begins here: in the organisation's first language."""
    return questionnaire_from(template, title=None, reasons=None, language=organisation().language)


def _new_page(template: Template, form: NewForm, errors: Mapping[str, str]) -> tuple[str, int]:
    has_errors = bool(form.errors or errors)
    question = _begun(template).question(template.reasons_key)
    page = render_template("questionnaires/new_from.html", template=template, form=form, errors=errors, question=question,
                           kinds=KINDS, typed=typed, has_errors=has_errors, base_url=base_url())  # fmt: skip
    return page, 422 if has_errors else 200


# ---- publishing, options --------------------------------------------------------------------------------------------


@bp.get("/surveys/<slug>")
@admits(TEAM)
def overview(slug: str) -> str:
    """One survey: its link and QR code, what it asks, its versions."""
    survey = find(slug)
    way = outline(queries.draft_of(survey), privacy=survey.privacy)
    return render_template("questionnaires/overview.html", standing=standing(survey), survey=survey, way=way,
                           versions=queries.versions(survey.id), day_words=day_words)  # fmt: skip


@bp.route("/surveys/<slug>/publish", methods=["GET", "POST"])
@admits(TEAM)
def publish(slug: str) -> Any:
    """Say what stands in the way, or what publishing does; and publish."""
    survey = find(slug)
    problems = queries.obstacles(survey)
    if request.method == "GET" or problems or not standing(survey).has_changes:
        page = render_template("questionnaires/publish.html", survey=survey, problems=problems, standing=standing(survey),
                               draft=queries.draft_of(survey), changes=waiting_changes(survey))  # fmt: skip
        return page, 422 if request.method == "POST" else 200
    version = audited("survey published", slug, lambda: actions.publish(find(slug), now=now()))
    flash(_("Version %(number)s is published and takes answers.", number=version.number), "good")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


@bp.route("/surveys/<slug>/options", methods=["GET", "POST"])
@admits(TEAM)
def options(slug: str) -> Any:
    """Choose what the survey promises, and where it is shown."""
    survey = find(slug)
    form = OptionsForm(obj=survey)
    if not form.validate_on_submit():
        return options_page(survey, form)
    chosen = {"privacy": form.privacy.data, "is_listed": form.is_listed.data}

    def work() -> None:
        found = find(slug)
        actions.set_options(found, **chosen, has_answers=was_answered(found.id))

    try:
        audited("survey options set", slug, work, chosen)
    except Refused as refused:
        form.privacy.errors = [str(refused)]
        return options_page(survey, form)
    flash(_("Saved."), "good")
    return redirect(url_for("questionnaires.overview", slug=slug), 303)


def options_page(survey: Survey, form: OptionsForm, robots: RobotsForm | None = None) -> tuple[str, int]:
    """Return the page of options with its two forms, the one that was sent as it was."""
    robots = robots or RobotsForm(formdata=None, data=robots_data(survey))
    has_errors = bool(form.errors or robots.errors)
    page = render_template("questionnaires/options.html", survey=survey, form=form, standing=standing(survey),
                           privacies=PRIVACY_WORDS, has_errors=has_errors, robots=robots, doubted=doubted(survey),
                           can_do_tasks=lends_maths(base_url()), is_promised=was_answered(survey.id))  # fmt: skip
    return page, 422 if has_errors else 200
