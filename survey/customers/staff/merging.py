"""The staff door of two records that are one person."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.customers import actions, queries
from survey.customers.models import Person
from survey.customers.rules import money_words
from survey.customers.rules.merging import KEPT, kept_values
from survey.customers.staff.door import bp, somebody
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import language_words, lazy_gettext
from survey.foundation.web import TEAM, admits

WORDS_LIMIT = 200
# What points to somebody, by table, as it is called beside its number; what has no name here is counted together.
TALLY = {
    "lifetime": lazy_gettext("Stays as a customer"),
    "departure": lazy_gettext("Times they left"),
    "response": lazy_gettext("Answers"),
    "invitation": lazy_gettext("Invitations"),
    "letter": lazy_gettext("Letters"),
    "consent": lazy_gettext("Things they agreed to"),
    "membership": lazy_gettext("Accounts"),
}
OTHER = "other"


@bp.get("/people/<uuid:id>/merge")
@admits(TEAM)
def merge(id: UUID) -> Any:
    """Choose the other record of somebody, then see side by side what is kept of each."""
    person, other_id = somebody(id), _asked_for()
    if other_id is not None:
        return _side_by_side(person, somebody(other_id))
    words = request.args.get("words", "").strip()[:WORDS_LIMIT]
    found = queries.find_people(words, cursor=request.args.get("cursor")) if words else None
    return render_template("customers/merge.html", person=person, words=words, found=found, money_words=money_words)


@bp.post("/people/<uuid:id>/merge")
@admits(TEAM)
def do_merge(id: UUID) -> Any:
    """Make the two records one."""
    person, other_id = somebody(id), _asked_for()
    if other_id is None:
        raise Refused(_("Choose the other record first."))
    other = somebody(other_id)
    chosen, by = _id(request.form.get("stay", "")), current_user.id
    moved = dict(queries.tally(other_id))

    def work() -> None:
        actions.merge(id, other_id, stay_id=chosen, now=now())
        audit("people merged", subject=str(id), user_id=by, details={"gone": str(other_id), "moved": moved})

    try:
        write(work)
    except Refused as error:
        return _side_by_side(person, other, problem=str(error))
    flash(_("The two are one record now."), "good")
    return redirect(url_for("departures.person", id=id), 303)


def _side_by_side(person: Person, other: Person, problem: str = "") -> tuple[str, int]:
    if person.id == other.id:
        raise Refused(_("These are the same record already."))
    values = kept_values(person, other)
    open_stays = [stay for one in (person, other) for stay in one.lifetimes if stay.ended_on is None]
    page = render_template(
        "customers/merging.html",
        person=person,
        other=other,
        rows=[(label, _shown(name, getattr(person, name)), _shown(name, getattr(other, name)), _shown(name, values[name]))
              for name, label in KEPT.items() if values[name]],
        counts=_counts(person.id, other.id),
        open_stays=open_stays if len(open_stays) > 1 else [],
        problem=problem,
        has_errors=bool(problem),
        money_words=money_words,
    )  # fmt: skip
    return page, 422 if problem else 200


def _shown(name: str, value: str | None) -> str:
    return language_words(value) if value and name == "language" else value or ""


def _counts(person_id: UUID, other_id: UUID) -> list[tuple[str, int, int]]:
    """What points to either, in words: to the one that stays, and to the one that goes."""
    both: dict[str, list[int]] = {}
    for place, id in enumerate((person_id, other_id)):
        for table, n in queries.tally(id).items():
            both.setdefault(table if table in TALLY else OTHER, [0, 0])[place] += n
    words = {**TALLY, OTHER: lazy_gettext("Everything else")}
    return [(str(words[name]), *both[name]) for name in words if name in both]  # type: ignore[misc]


def _asked_for() -> UUID | None:
    return _id(request.values.get("other", ""))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Refused(_("There is nobody here with this address.")) from None
