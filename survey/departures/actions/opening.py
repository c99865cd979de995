"""Opening a recovery case, once for each departure."""

from collections.abc import Callable
from datetime import datetime
from random import SystemRandom
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.customers.events import LeaversDescribed
from survey.departures.models import CaseEvent, Departure, HoldOut, RecoveryCase
from survey.departures.rules.cases import Event, State
from survey.departures.rules.waiting import promised_until
from survey.foundation.db import db, new_id
from survey.organisation.queries import organisation

OPENED = "opened"
_draw = SystemRandom()


def open_case(
    departure_id: UUID, *, now: datetime, draw: Callable[[], int] = lambda: _draw.randrange(100)
) -> UUID | None:
    """Open the case of a departure and return its id; None where it has one, or nobody knows who left.

    `draw` says which of a hundred lots a case draws: the lowest are left alone, as many as the organisation wants.
    """
    departure = db.session.get(Departure, departure_id)
    if departure is None or departure.person_id is None or _has_case(departure):
        return None
    id = _insert(departure)
    if id is None:
        return None
    _note(id, departure, now=now)
    if draw() < organisation().hold_out_percent and departure.person and not departure.person.is_left_alone:
        db.session.execute(insert(HoldOut).values(case_id=id, assigned_at=now))
    return id


def _has_case(departure: Departure) -> bool:
    return db.session.scalar(select(RecoveryCase.id).where(RecoveryCase.departure_id == departure.id)) is not None


def _insert(departure: Departure) -> UUID | None:
    value = departure.value_minor
    columns: dict[str, Any] = {
        "id": new_id(), "departure_id": departure.id, "lifetime_id": departure.lifetime_id, "person_id": departure.person_id,
        "state": State.OPEN, "went_to": "", "evidence": "", "closed_reason": "", "version": 1,
        "value_minor": value, "worth_order": -(value or 0), "currency": departure.currency, "opened_at": departure.known_at,
        "promised_until": promised_until(departure.known_at, hours=organisation().promised_hours),
    }  # fmt: skip
    if departure.person is not None and departure.person.is_left_alone:
        columns |= {"state": State.DO_NOT_CONTACT, "closed_at": departure.known_at}
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    once = dialect.insert(RecoveryCase).values(columns).on_conflict_do_nothing().returning(RecoveryCase.id)
    inserted: UUID | None = db.session.scalar(once)
    return inserted


def _note(id: UUID, departure: Departure, *, now: datetime) -> None:
    is_left_alone = departure.person is not None and departure.person.is_left_alone
    db.session.add(
        CaseEvent(
            case_id=id, version=1, event=Event.LEAVE_ALONE if is_left_alone else OPENED, at=now,
            to_state=State.DO_NOT_CONTACT if is_left_alone else State.OPEN,
        )
    )  # fmt: skip
    db.session.flush()


def fill_worth(event: LeaversDescribed) -> None:
    """Write down what somebody was worth where that was not known when their case was opened."""
    described = {one.lifetime_id: one for one in event.leavers if one.value_minor is not None}
    unknown = RecoveryCase.lifetime_id.in_(described), RecoveryCase.value_minor.is_(None)
    for case in db.session.scalars(select(RecoveryCase).where(*unknown)):
        said = described[case.lifetime_id] if case.lifetime_id else None
        if said is not None and said.value_minor is not None:
            case.value_minor, case.worth_order, case.currency = said.value_minor, -said.value_minor, said.currency
