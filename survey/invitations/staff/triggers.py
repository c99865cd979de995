"""The staff door of triggers: after which events somebody is asked."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.invitations import actions, queries
from survey.invitations.forms import TriggerForm
from survey.invitations.rules import EVENTS
from survey.invitations.staff.door import bp, find_survey
from survey.letters.queries import counts_of_mailing


@bp.route("/surveys/<slug>/invitations/triggers", methods=["GET", "POST"])
@admits(TEAM)
def triggers(slug: str) -> Any:
    """The events after which this survey is sent, and a form for one more."""
    survey, form = find_survey(slug), TriggerForm(data={"after_days": 1})
    if not form.validate_on_submit():
        return _page(slug, form), 422 if form.errors else 200
    event, days, by, survey_id = form.event.data, form.after_days.data or 0, current_user.id, survey.id

    def work() -> None:
        actions.add_trigger(survey_id, event, after_days=days, by=by, now=now())
        audit("trigger made", subject=slug, user_id=by, details={"event": event, "days": days})

    write(work)
    flash(_("From now on this survey is sent %(event)s.", event=EVENTS[event]), "good")
    return redirect(url_for("invitations.triggers", slug=slug), 303)


def _page(slug: str, form: TriggerForm) -> str:
    survey = find_survey(slug)
    found = queries.triggers_of(survey.id)
    return render_template(
        "invitations/triggers.html", survey=survey, form=form, triggers=found, events=EVENTS, asked=queries.asked_by(survey.id),
        letters={one.id: counts_of_mailing(one.id) for one in found}, has_errors=bool(form.errors),
    )  # fmt: skip


@bp.post("/surveys/<slug>/invitations/triggers/<uuid:id>")
@admits(TEAM)
def switch_trigger(slug: str, id: UUID) -> Any:
    """Switch a trigger on or off."""
    survey, is_on, by = find_survey(slug), request.form.get("on") == "1", current_user.id
    found = queries.trigger(id)
    if found is None or found.survey_id != survey.id:
        raise NotFound(_("There is no such trigger."))

    def work() -> None:
        actions.switch(id, is_on=is_on, now=now())
        audit("trigger switched on" if is_on else "trigger switched off", subject=slug, user_id=by)

    write(work)
    return redirect(url_for("invitations.triggers", slug=slug), 303)
