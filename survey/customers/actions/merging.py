"""Two records of one person become one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, delete, select, update

from survey.customers.actions.people import leave_alone, note_death
from survey.customers.events import PersonLeftAlone
from survey.customers.models import Lifetime, MergedPerson, Person
from survey.customers.queries import clashes, person, pointing_at
from survey.customers.rules.merging import in_order, kept_values
from survey.foundation.db import db
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _

OUT_OF_THE_WAY = 10_000  # ordinals that no stay has


def merge(kept_id: UUID, gone_id: UUID, *, now: datetime, stay_id: UUID | None = None) -> Person:
    """Make two records one: everything that points to the one that goes points to the other afterwards.

    What the one that stays does not know is taken from the other, whose number and address still find it. Where both are
    customers now, `stay_id` says which stay is the true one. A no of either holds for good. Raises Refused and NotFound.
    """
    kept, gone = _both(kept_id, gone_id)
    extra = _stays_too_many(kept, gone, stay_id)
    for row in (kept, gone, *kept.lifetimes, *gone.lifetimes, *kept.consents, *gone.consents):
        db.session.expunge(row)  # from here on rows are moved in the database, past what the session knows of them
    for id in extra:
        assert stay_id is not None  # noqa: S101
        _point_elsewhere("lifetime", id, stay_id)
        db.session.execute(delete(Lifetime).where(Lifetime.id == id))
    _number_stays(kept_id, gone_id)
    _point_elsewhere("person", gone_id, kept_id)
    db.session.execute(delete(Person).where(Person.id == gone_id))
    values = kept_values(kept, gone)
    db.session.execute(update(Person).where(Person.id == kept_id).values(**values))
    _remember(kept_id, gone, values, now=now)
    return _leave_alone_too(kept_id, gone, now=now)


def _both(kept_id: UUID, gone_id: UUID) -> tuple[Person, Person]:
    if kept_id == gone_id:
        raise Refused(_("These are the same record already."))
    # In one order, so that two people who merge the same two the other way round do not wait for each other for ever.
    db.session.execute(select(Person.id).where(Person.id.in_([kept_id, gone_id])).order_by(Person.id).with_for_update())
    return _known(kept_id), _known(gone_id)


def _known(id: UUID) -> Person:
    somebody = person(id)
    if somebody is None:
        raise NotFound(_("There is nobody here with this address."))
    return somebody


def _stays_too_many(kept: Person, gone: Person, stay_id: UUID | None) -> list[UUID]:
    """Of two stays that go on one was entered twice: all but the chosen one."""
    going_on = [stay.id for stay in (*kept.lifetimes, *gone.lifetimes) if stay.ended_on is None]
    if len(going_on) < 2:
        return []
    if stay_id not in going_on:
        raise Refused(_("Both are customers now. Choose which of the two stays is the true one."))
    return [id for id in going_on if id != stay_id]


def _number_stays(kept_id: UUID, gone_id: UUID) -> None:
    """Give the stays of both to one, numbered by when they were."""
    both = Lifetime.person_id.in_([kept_id, gone_id])
    stays = db.session.execute(
        select(Lifetime.id, Lifetime.started_on, Lifetime.ended_on).where(both).order_by(Lifetime.id)
    ).all()
    for number, index in enumerate(in_order(stays), start=1):  # type: ignore[arg-type]
        away = {"person_id": kept_id, "ordinal": OUT_OF_THE_WAY + number}
        db.session.execute(update(Lifetime).where(Lifetime.id == stays[index].id).values(**away))
    back = Lifetime.ordinal - OUT_OF_THE_WAY
    db.session.execute(update(Lifetime).where(Lifetime.person_id == kept_id).values(ordinal=back))


def _point_elsewhere(table: str, gone: UUID, kept: UUID) -> None:
    """Let everything that points to one row of a table point to another one of it."""
    for column in pointing_at(table):
        for spare, clash in clashes(column, gone, kept):
            _step_aside(column, spare, clash)
        db.session.execute(update(column.table).where(column == gone).values({column.name: kept}))


def _step_aside(column: Column[Any], spare: Column[Any] | None, clash: Any) -> None:
    """A row that the kept record has too goes, or leaves the place that only one may have."""
    if spare is None:
        db.session.execute(delete(column.table).where(clash))
    else:
        db.session.execute(update(column.table).where(clash).values({spare.name: None}))


def _remember(kept_id: UUID, gone: Person, values: Mapping[str, Any], *, now: datetime) -> None:
    """Keep the number and the address that somebody had, where they have another one now."""
    former = {name: getattr(gone, name) for name in ("external_id", "email") if getattr(gone, name) != values[name]}
    db.session.add(MergedPerson(id=gone.id, person_id=kept_id, name=gone.name, merged_at=now, **former))
    db.session.flush()


def _leave_alone_too(kept_id: UUID, gone: Person, *, now: datetime) -> Person:
    """Let a no that stood with either record hold for both addresses."""
    if gone.deceased_on:
        note_death(kept_id, on=gone.deceased_on, now=now)
    if gone.do_not_contact_at:
        leave_alone(kept_id, now=now)
    somebody = _known(kept_id)
    if somebody.is_left_alone and gone.email and gone.email != somebody.email:
        emit(PersonLeftAlone(kept_id, gone.email, "deceased" if somebody.deceased_on else "do_not_contact", now))
    return somebody
