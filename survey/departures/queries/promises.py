"""What was promised to people who left and is not kept yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from survey.access.models import User
from survey.customers.models import Person
from survey.departures.models import Promise, RecoveryCase
from survey.foundation.db import db

MOST = 50


@dataclass(frozen=True)
class OpenPromise:
    """One promise, to whom, who sees to it, until when."""

    case_id: UUID
    what: str
    person: str
    owner: str
    due_on: date


def open_promises() -> Sequence[OpenPromise]:
    """The promises that are not kept yet, the first due first; of very many the first fifty."""
    query = (
        select(Promise, Person, User)
        .join(RecoveryCase, RecoveryCase.id == Promise.case_id)
        .join(Person, Person.id == RecoveryCase.person_id)
        .outerjoin(User, User.id == Promise.owner_id)
        .where(Promise.kept_on.is_(None))
        .order_by(Promise.due_on, Promise.id)
        .limit(MOST)
    )
    return [
        OpenPromise(one.case_id, one.what, person.shown_name, (owner.name or owner.email) if owner else "", one.due_on)
        for one, person, owner in db.session.execute(query)
    ]
