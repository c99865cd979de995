"""Letters for tests: somebody to write to, and the outbox worked off without a mail server."""

from datetime import UTC, datetime
from typing import Any

from survey.customers.models import Person
from survey.foundation.db import db, new_id, write
from survey.letters.actions import Outcome, Post, Rests, Taken, post, settle, take
from survey.letters.models import Letter
from survey.letters.rules.states import State

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


def make_person(email: str | None = "mia@example.org", **columns: Any) -> Person:
    """Store somebody."""

    def add() -> Person:
        somebody = Person(id=new_id(), email=email, segments={}, **columns)
        db.session.add(somebody)
        db.session.flush()
        return somebody

    return write(add)


def make_letter(person: Person | None = None, kind: str = "invitation", *, now: datetime = NOW, **said: Any) -> Letter:
    """Post a letter to somebody."""
    id = write(lambda: post(Post(kind, person=person or make_person(), **said), now=now))
    return stored(id)


def stored(id: Any) -> Letter:
    """A letter as it stands in the database now."""
    db.session.rollback()
    found = db.session.get(Letter, id)
    assert found is not None
    db.session.expunge(found)
    return found


def work_off(now: datetime = NOW, *, state: State = State.SENT, most: int = 1000) -> list[Taken]:
    """Take what is due, one by one, as a worker would, and let each end in a state; returns what was taken."""
    taken: list[Taken] = []
    for _each in range(most):
        found = write(lambda: take(without_domains=(), now=now))
        if found is None:
            break
        if not isinstance(found, Rests):
            taken.append(found)
            write(lambda id=found.id: settle(Outcome(id, state), now=now))  # type: ignore[misc]
    return taken
