"""The staff door of customers: everybody, and adding somebody by hand. One person's story is told by departures."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.customers import actions, queries
from survey.customers.forms import DeathForm, PersonForm
from survey.customers.rules import money_words
from survey.customers.staff.door import bp
from survey.customers.staff.door import somebody as somebody_known
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import organisation, today

WORDS_LIMIT = 200


@bp.get("/people")
@admits(TEAM)
def people() -> str:
    """Everybody, narrowed by words, by how they stand, and by a day on which they were customers."""
    asked = {"words": request.args.get("words", "").strip()[:WORDS_LIMIT], "status": request.args.get("status", "all")}
    on, cursor = _day(request.args.get("on", "")), request.args.get("cursor")
    return render_template(
        "customers/people.html",
        asked=asked,
        on=on,
        found=queries.find_people(**asked, cursor=cursor, on=on),
        total=queries.count_people(**asked, on=on),
        everybody=queries.count_people(),
        statuses=queries.STATUSES,
        cursor=cursor,
        money_words=money_words,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(_("A day is written as 2026-09-30.")) from None


@bp.route("/people/new", methods=["GET", "POST"])
@admits(TEAM)
def new() -> Any:
    """Add somebody by hand."""
    form = PersonForm()
    if not form.validate_on_submit():
        return _new_page(form)
    entry = form.entry(organisation().currency)
    try:
        person = write(lambda: actions.add_person(entry, now=now()))
    except Refused as error:
        form.external_id.errors = [str(error)]
        return _new_page(form)
    flash(_("%(person)s is here now.", person=person.shown_name), "good")
    return redirect(url_for("departures.person", id=person.id), 303)


def _new_page(form: PersonForm) -> tuple[str, int]:
    page = render_template(
        "customers/new.html", form=form, has_errors=bool(form.errors), currency=organisation().currency
    )
    return page, 422 if form.errors else 200


@bp.route("/people/<uuid:id>/alone", methods=["GET", "POST"])
@admits(TEAM)
def alone(id: UUID) -> Any:
    """Note that somebody wants no more letters or calls, after asking whether that is meant."""
    somebody = somebody_known(id)
    if request.method != "POST":
        return render_template("customers/alone.html", person=somebody)
    name, by = somebody.shown_name, current_user.id

    def work() -> None:
        actions.leave_alone(id, now=now())
        audit("person left alone", subject=name, user_id=by, details={"person": str(id)})

    write(work)
    flash(_("%(person)s is not written to any more.", person=name), "good")
    return redirect(url_for("departures.person", id=id), 303)


@bp.route("/people/<uuid:id>/died", methods=["GET", "POST"])
@admits(TEAM)
def died(id: UUID) -> Any:
    """Note that somebody has died, after asking whether that is meant."""
    somebody, form = somebody_known(id), DeathForm(today=today(), data={"on": today()})
    if not form.validate_on_submit():
        page = render_template("customers/died.html", person=somebody, form=form, has_errors=bool(form.errors))
        return page, 422 if form.errors else 200
    on, name, by = form.on.data, somebody.shown_name, current_user.id

    def work() -> None:
        actions.note_death(id, on=on, now=now())
        audit("death noted", subject=name, user_id=by, details={"person": str(id)})

    write(work)
    flash(_("It is noted. Nothing is sent to %(person)s any more.", person=name), "good")
    return redirect(url_for("departures.person", id=id), 303)
