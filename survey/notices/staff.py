"""The staff door of notices: what somebody was told, what they want to hear of, and the weekly letter as it would be."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.rules import local_path
from survey.foundation.clock import now
from survey.foundation.db import new_id, write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import INSIDERS, LEADERS, admits
from survey.letters.envelopes import printed_for
from survey.letters.printing import preview_response
from survey.notices import actions, queries
from survey.notices.emails import weekly_paper
from survey.notices.forms import choices_form
from survey.organisation.queries import organisation, today

bp = Blueprint("notices", __name__)


@bp.get("/notices")
@admits(INSIDERS)
def notices() -> str:
    """What somebody was told, the newest first."""
    cursor = request.args.get("after")
    found = queries.notices(current_user, cursor=cursor)
    return render_template(
        "notices/notices.html", page=found, is_first=cursor is None, today=today(), zone=organisation().time_zone
    )


@bp.post("/notices/<uuid:id>")
@admits(INSIDERS)
def open_notice(id: UUID) -> ResponseReturnValue:
    """Say that a notice was seen, and go on to what it is about."""
    user_id, found = current_user.id, queries.notice_of(current_user, id)
    if found is None:
        raise NotFound(_("There is no such notice, or it was for somebody else."))
    path = local_path(found.path) or url_for("notices.notices")
    write(lambda: actions.mark_read(user_id, id, now=now()))
    return redirect(path, 303)


@bp.post("/notices/read")
@admits(INSIDERS)
def mark_all_read() -> ResponseReturnValue:
    """Say that everything was seen that the page showed or that came before it."""
    user_id, until = current_user.id, _moment(request.form.get("until", ""))
    write(lambda: actions.mark_all_read(user_id, until=until, now=now()))
    return redirect(url_for("notices.notices"), 303)


def _moment(typed: str) -> datetime:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused(_("Something in the address or the form is not as we expected."))
    return moment


@bp.route("/notices/settings", methods=["GET", "POST"])
@admits(INSIDERS)
def settings() -> ResponseReturnValue:
    """Show and keep what somebody wants to hear of, and when."""
    user_id, role = current_user.id, current_user.role
    form = choices_form(role, queries.choices_of(user_id))
    if form.kinds and form.validate_on_submit():
        chosen = form.chosen()
        write(lambda: actions.choose(user_id, role, chosen))
        flash(_("Saved."), "success")
        return redirect(url_for("notices.settings"), 303)
    page = render_template("notices/settings.html", form=form, has_errors=bool(form.errors))
    return page, 422 if form.errors else 200


@bp.get("/notices/weekly")
@admits(LEADERS)
def weekly() -> Response:
    """The weekly letter of whoever asks, as it would go out now."""
    return preview_response(printed_for("weekly", new_id(), weekly_paper(current_user)))
