"""Recovery cases for tests: somebody who left a moment ago, and the steps up to a point of the way."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from survey.customers.actions import end_stay, record
from survey.customers.models import Person
from survey.customers.rules import PersonEntry
from survey.departures import actions
from survey.departures.actions import Doing
from survey.departures.models import RecoveryCase
from survey.foundation.clock import now
from survey.foundation.db import db, write
from tests.factories.people import make_user

LONG_AGO = date(2024, 1, 15)


def leaver(value: int | None = 10_000, *, email: str | None = None, name: str = "Mia Moss") -> Person:
    """Somebody who was a customer until today, as staff noted: their case is open."""
    moment = now()
    number = uuid4().hex[:8]
    entry = PersonEntry(external_id=number, name=name, email=email, started_on=LONG_AGO, value_minor=value,
                        currency="EUR" if value is not None else None)  # fmt: skip

    def work() -> Person:
        somebody = record(entry, now=moment, is_history=False)
        end_stay(somebody.id, on=moment.date(), source="staff", reason="Waiting")
        return somebody

    return write(work)


def case_of(person: Person) -> RecoveryCase:
    """The case of somebody, as it stands now."""
    db.session.rollback()
    found = db.session.scalar(select(RecoveryCase).where(RecoveryCase.person_id == person.id))
    assert found is not None
    db.session.expunge(found)
    return found


def did(by: UUID | None, hours: float = 0, version: int | None = None, *, since: datetime | None = None) -> Doing:
    """Somebody does something, so many hours after a moment."""
    return Doing(by, (since or now()) + timedelta(hours=hours), version)


def taken_on(app: Flask, case: RecoveryCase, by: UUID | None = None) -> UUID:
    """Let somebody take a case on; returns who."""
    by = by or make_user(app, "staff").id
    write(lambda: actions.triage(case.id, owner_id=by, code="A2", scope=None, went_to="", doing=did(by)))
    return by


def listened(app: Flask, case: RecoveryCase, by: UUID | None = None, **said: Any) -> UUID:
    """Let somebody take a case on, reach the person and listen; returns who."""
    by = taken_on(app, case, by)
    heard = {"their_words": "Too full.", "playback": "You waited.", "codes": ["A2"], "scope": "systemic", "went_to": "",
             "understood": "unknown", "agreed": {}, **said}  # fmt: skip
    write(lambda: actions.note_attempt(case.id, channel="phone", was_reached=True, minutes=5, note="", next_on=None,
                                       doing=did(by)))  # fmt: skip
    write(lambda: actions.listen(case.id, **heard, doing=did(by)))
    return by


def template(**terms: Any) -> UUID:
    """An offer that may be made."""
    usual = {"name": "A month", "kind": "fix", "words": "A place that is kept.", "codes": [], "cap_minor": None, "cooldown_days": 0,
             "lasts_days": 30, "open_to_loyal": False, "needs_approval": False, "now": datetime(2026, 1, 1, tzinfo=UTC)}  # fmt: skip
    return write(lambda: actions.keep_template(**{**usual, **terms}).id)


def tomorrow() -> date:
    """The day after today."""
    return (now() + timedelta(days=1)).date()
