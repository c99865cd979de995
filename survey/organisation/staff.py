"""The staff door of organisation: its settings."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.foundation.db import write
from survey.foundation.language import gettext as _
from survey.foundation.web import ADMINS, admits
from survey.organisation import actions
from survey.organisation.forms import SettingsForm, settings_form
from survey.organisation.queries import organisation
from survey.organisation.rules import dark_accent

bp = Blueprint("organisation", __name__)

PICTURE_BODY = 2 * 1024 * 1024  # a picture of this size still comes back with a sentence, and the form as it was


@bp.url_value_preprocessor
def _let_picture_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the form: this page takes a file."""
    if endpoint == "organisation.settings":
        request.max_content_length = PICTURE_BODY


@bp.route("/settings", methods=["GET", "POST"])
@admits(ADMINS)
def settings() -> Any:
    """Show and store everything about the organisation."""
    form = settings_form(organisation())
    if form.validate_on_submit():
        _store(form)
        flash(_("Saved."), "success")
        return redirect(url_for("organisation.settings"), 303)
    accent = organisation().accent
    page = render_template(
        "organisation/settings.html", form=form, has_errors=bool(form.errors), accents=(accent, dark_accent(accent))
    )
    return page, 422 if form.errors else 200


def _store(form: SettingsForm) -> None:
    chosen, picture, by = form.settings(), form.mark_content, current_user.id
    removes = form.remove_mark.data and not picture

    def store() -> None:
        actions.change(chosen, by=by)
        if picture:
            actions.set_mark(picture, by=by)
        elif removes:
            actions.remove_mark(by=by)

    write(store)
