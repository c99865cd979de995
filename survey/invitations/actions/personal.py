"""Writes of personal links."""

from collections.abc import Collection
from datetime import date, datetime
from threading import Lock
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, update
from sqlalchemy.dialects import postgresql, sqlite

from survey.customers.models import Person
from survey.foundation.db import db
from survey.foundation.order import TOGETHER, hold_still, lay_anew
from survey.foundation.tokens import digest, new_token
from survey.invitations.models import Invitation, Participation
from survey.invitations.queries import used_together
from survey.questionnaires.models import Survey

PARTICIPATIONS = cast(Table, Participation.__table__)


def invite(survey: Survey, person: Person, *, now: datetime) -> str:
    """Make a person's own link and return its token: it can be read only now, we keep its hash alone."""
    token = new_token()
    db.session.add(Invitation(survey_id=survey.id, person_id=person.id, token_hash=digest(token), created_at=now))
    db.session.flush()
    return token


def renew(invitation_id: UUID) -> str:
    """Give a link of an anonymous survey a new secret and return it; the one before leads nowhere any more.

    Secrets that can be made again of a row and our key would lead, with both, from a person to their answer.
    """
    token = new_token()
    db.session.execute(update(Invitation).where(Invitation.id == invitation_id).values(token_hash=digest(token)))
    return token


def use(invitation_id: UUID, *, form_id: UUID, on: date) -> bool:
    """Write down that a link was used; return False where it was used before, whatever the tab."""
    done = db.session.execute(
        _insert()(Participation)
        .values(invitation_id=invitation_id, form_id=form_id, used_on=on)
        .on_conflict_do_nothing(index_elements=["invitation_id"])
        .returning(Participation.invitation_id)
    )
    return done.first() is not None


def use_together(survey_id: UUID, invitation_ids: Collection[UUID]) -> None:
    """Write down that several links of an anonymous survey were used: no day, no receipt, and in no order.

    Those that were written before are laid among them, else the groups themselves would stand in the order in which they came.
    """
    hold_still(alone=True)
    rows = [{"invitation_id": id, "form_id": None, "used_on": None} for id in invitation_ids]
    db.session.execute(_insert()(Participation).on_conflict_do_nothing(index_elements=["invitation_id"]), rows)
    others = used_together(survey_id, without=invitation_ids, limit=TOGETHER)
    lay_anew(PARTICIPATIONS, [*invitation_ids, *others])


class Participants:
    """Links of anonymous surveys that were used: they wait here, in memory alone, until so many are written that none of
    them can be told from the others.

    When the process ends, those that wait are forgotten: their owners may be reminded once though they have answered. No
    answer depends on it, and none is answered twice: a link has one form id.
    """

    def __init__(self) -> None:
        self.waiting: dict[UUID, set[UUID]] = {}
        self.lock = Lock()

    def add(self, survey_id: UUID, invitation_id: UUID, *, minimum: int) -> frozenset[UUID]:
        """Let one more wait; return all that may be written now, none as long as there are too few."""
        with self.lock:
            mine = self.waiting.setdefault(survey_id, set())
            mine.add(invitation_id)
            return frozenset(self.waiting.pop(survey_id)) if len(mine) >= minimum else frozenset()

    def put_back(self, survey_id: UUID, invitation_ids: Collection[UUID]) -> None:
        """Let some wait again that could not be written."""
        with self.lock:
            self.waiting.setdefault(survey_id, set()).update(invitation_ids)


def _insert() -> Any:
    name = db.session.connection().dialect.name
    return sqlite.insert if name == "sqlite" else postgresql.insert
