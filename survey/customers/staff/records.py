"""The staff door of what we note of somebody: who they are, that they came back, what they said yes to."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for

from survey.customers import actions
from survey.customers.forms import ConsentForm, EditForm, ReturnForm, edit_form
from survey.customers.models import Person, Standing
from survey.customers.staff.door import bp, noted, somebody
from survey.foundation.clock import now
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import organisation, today


@bp.route("/people/<uuid:id>/edit", methods=["GET", "POST"])
@admits(TEAM)
def edit(id: UUID) -> Any:
    """Change what is known of somebody."""
    person = somebody(id)
    currency = _currency(person)
    form = edit_form(person, currency)
    if form.validate_on_submit():
        said = form.said(currency)
        try:
            noted("person edited", id, lambda: actions.change_person(id, said))
        except Refused as error:
            form.external_id.errors = [str(error)]
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("departures.person", id=id), 303)
    return _page("customers/edit.html", form, person=person, currency=currency,
                 has_stay=person.standing == Standing.CUSTOMER)  # fmt: skip


@bp.route("/people/<uuid:id>/returned", methods=["GET", "POST"])
@admits(TEAM)
def returned(id: UUID) -> Any:
    """Note that somebody who had left is a customer again."""
    person = somebody(id)
    currency = _currency(person)
    last = person.latest
    known = {"started_on": today(), "plan": last.plan if last else None, "tier": last.tier if last else None}
    form = ReturnForm(today=today(), data=known)
    if form.validate_on_submit():
        stay = form.stay(currency)
        try:
            noted("return noted", id, lambda: actions.begin_stay(id, **stay))
        except Refused as error:
            form.started_on.errors = [str(error)]
        else:
            flash(_("%(person)s is a customer again.", person=person.shown_name), "good")
            return redirect(url_for("departures.person", id=id), 303)
    return _page("customers/returned.html", form, person=person, currency=currency)


@bp.route("/people/<uuid:id>/consents", methods=["GET", "POST"])
@admits(TEAM)
def consents(id: UUID) -> Any:
    """Write down a yes that somebody gave us."""
    person, form = somebody(id), ConsentForm()
    if form.validate_on_submit():
        said = {"purpose": form.purpose.data, "how": form.how.data, "words": form.words.data}
        try:
            noted("consent noted", id, lambda: actions.note_consent(id, **said, now=now()))
        except Refused as error:
            form.words.errors = [str(error)]
        else:
            flash(_("It is noted, with today’s date."), "good")
            return redirect(url_for("departures.person", id=id, _anchor="consents"), 303)
    return _page("customers/consents.html", form, person=person)


@bp.post("/people/<uuid:id>/consents/<uuid:consent_id>/withdraw")
@admits(TEAM)
def withdraw(id: UUID, consent_id: UUID) -> Any:
    """Write down that somebody takes a yes back."""
    noted("consent withdrawn", id, lambda: actions.withdraw_consent(id, consent_id, now=now()))
    flash(_("It is noted: from now on it is a no."), "good")
    return redirect(url_for("departures.person", id=id, _anchor="consents"), 303)


def _currency(person: Person) -> str:
    stay = person.latest
    return (stay.currency if stay else None) or organisation().currency


def _page(template: str, form: EditForm | ReturnForm | ConsentForm, **shown: object) -> tuple[str, int]:
    page = render_template(template, form=form, has_errors=bool(form.errors), **shown)
    return page, 422 if form.errors else 200
