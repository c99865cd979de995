"""The staff door of invitations: one person's own link."""

from typing import Any
from uuid import UUID

from flask import current_app, render_template
from flask_login import current_user

from survey.access.actions import audit
from survey.customers.models import Person
from survey.customers.queries import person, person_by_email, person_by_external_id
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import line
from survey.foundation.web import TEAM, admits
from survey.invitations import actions, queries
from survey.invitations.forms import PersonForm
from survey.invitations.staff.door import bp, find_survey
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import live
from survey.questionnaires.rules.addresses import personal_address


@bp.route("/surveys/<slug>/personal-link", methods=["GET", "POST"])
@admits(TEAM)
def personal_link(slug: str) -> Any:
    """Make a person's own link; it is shown on this page alone, once, as only its hash is kept."""
    survey, form = find_survey(slug), PersonForm()
    if not form.validate_on_submit():
        return _page(survey, form)
    try:
        found = _person(form.who.data)
        token = _invite(slug, found.id)
    except Refused as refused:
        form.who.errors = [str(refused)]
        return _page(survey, form)
    base_url = current_app.extensions["hearback.config"].base_url
    return _page(survey, PersonForm(formdata=None), invited=found, link=personal_address(base_url, token))


def _invite(slug: str, person_id: UUID) -> str:
    user_id = current_user.id

    def work() -> str:
        invited = person(person_id)
        if invited is None:
            raise NotFound(_("This person is not in People any more."))
        token = actions.invite(find_survey(slug), invited, now=now())
        audit("personal link made", subject=slug, user_id=user_id, details={"person": str(person_id)})
        return token

    return write(work)


def _person(who: str) -> Person:
    """The person with this e-mail address or number; Refused where there is none."""
    typed = line(who)
    found = person_by_external_id(typed) or (person_by_email(typed.lower()) if "@" in typed else None)
    if found is None:
        raise Refused(_("Nobody in People has this e-mail address or number."))
    return found


def _page(survey: Survey, form: PersonForm, *, invited: Person | None = None, link: str = "") -> tuple[str, int]:
    made, used = queries.how_many_invited(survey.id)
    page = render_template("invitations/personal_link.html", survey=survey, form=form, invited=invited, link=link, made=made,
                           used=used, is_live=live(survey.slug, now=now()) is not None, has_errors=bool(form.errors))  # fmt: skip
    return page, 422 if form.errors else 200
