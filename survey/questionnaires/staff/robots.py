"""Robots: whether devices do a task first, and from which networks many answers are no attack."""

from typing import Any

from flask import flash, redirect, url_for

from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.questionnaires import actions
from survey.questionnaires.forms import OptionsForm, RobotsForm
from survey.questionnaires.staff.door import audited, bp, find
from survey.questionnaires.staff.surveys import options_page


@bp.post("/surveys/<slug>/robots")
@admits(TEAM)
def robots(slug: str) -> Any:
    """Choose whether devices do a task first, and from which networks many people answer."""
    survey, form = find(slug), RobotsForm()
    if not form.validate_on_submit():
        return options_page(survey, OptionsForm(formdata=None, obj=survey), form)
    chosen = form.chosen
    audited("survey robots set", slug, lambda: actions.set_robots(find(slug), **chosen), chosen)
    flash(_("Saved."), "good")
    return redirect(url_for("questionnaires.options", slug=slug, _anchor="robots"), 303)
