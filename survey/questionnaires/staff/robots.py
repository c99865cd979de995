"""Robots: whose many answers are no attack, whether devices must do some work, what was noticed so far."""

from typing import Any

from flask import flash, redirect, url_for

from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.questionnaires import actions
from survey.questionnaires.forms import OptionsForm, RobotsForm
from survey.questionnaires.pages import can_prove
from survey.questionnaires.staff.door import audited, bp, find
from survey.questionnaires.staff.surveys import options_page


@bp.post("/surveys/<slug>/robots")
@admits(TEAM)
def robots(slug: str) -> Any:
    """Choose which networks are known, and whether devices must do some work before they send."""
    survey, form = find(slug), RobotsForm()
    is_fine = form.validate_on_submit()
    if form.asks_proof.data and not can_prove():
        form.asks_proof.errors = [
            _("Browsers do this work only where the page comes by https. Set BASE_URL to an https address first.")
        ]
    if not is_fine or form.errors:
        return options_page(survey, OptionsForm(formdata=None, obj=survey), form)
    chosen = form.chosen
    audited("survey robots set", slug, lambda: actions.set_robots(find(slug), **chosen), chosen)
    flash(_("Saved."), "good")
    return redirect(url_for("questionnaires.options", slug=slug, _anchor="robots"), 303)
