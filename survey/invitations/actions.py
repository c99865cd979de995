"""Writes of personal links."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite

from survey.customers.models import Person
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.tokens import digest, new_token
from survey.invitations.models import Invitation, Participation
from survey.questionnaires.models import Survey


def invite(survey: Survey, person: Person, *, now: datetime) -> str:
    """Make a person's own link and return its token: it can be read only now, we keep its hash alone."""
    if survey.privacy == "anonymous":
        raise Refused("An anonymous survey has no personal links: a link of one’s own would tell who answered.")
    token = new_token()
    db.session.add(Invitation(survey_id=survey.id, person_id=person.id, token_hash=digest(token), created_at=now))
    db.session.flush()
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


def _insert() -> Any:
    name = db.session.connection().dialect.name
    return sqlite.insert if name == "sqlite" else postgresql.insert
