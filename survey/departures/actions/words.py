"""Giving words a meaning: what people said stays, the code beside it changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import aliased

from survey.departures.models import Departure, DepartureReason
from survey.departures.queries.words import spellings
from survey.foundation.db import db
from survey.reasons.actions import choose_words
from survey.reasons.rules import recognise

STATED, CUSTOMER, MEANT = "stated", "customer", "meant here"


def give_meaning(wanted: Mapping[str, str | None], *, by: UUID | None, now: datetime) -> tuple[int, int]:
    """Choose what words mean, for everything that was stated and for every later import; None takes a choice back.

    Return how many words got another meaning and how many reasons got another code. A code that somebody who listened chose,
    or that the person ticked, stays; a second reason of one departure never becomes a double of the first.
    """
    changed = choose_words(wanted, by=by, now=now)
    written = spellings(changed) if changed else {}
    recoded = sum(_recode(list(words), changed[key]) for key, words in written.items())
    db.session.expire_all()
    return len(changed), recoded


def _recode(words: list[str], chosen: str | None) -> int:
    """Set the code of all that was stated in these words, which are one and the same in different spellings."""
    code = chosen or recognise(words[0])
    other = aliased(DepartureReason)
    same = other.departure_id == DepartureReason.departure_id, other.layer == STATED, other.id != DepartureReason.id
    is_double = exists().where(*same, or_(other.code == code, other.words.in_(words) & (other.id < DepartureReason.id)))
    noted_by_staff = select(Departure.id).where(Departure.source == "staff")
    may_change = or_(
        DepartureReason.code.is_(None),
        DepartureReason.made_by == MEANT,
        DepartureReason.departure_id.not_in(noted_by_staff),
    )
    is_other = (
        or_(DepartureReason.code.is_(None), DepartureReason.code != code) if code else DepartureReason.code.is_not(None)
    )
    stated = DepartureReason.layer == STATED, DepartureReason.words.in_(words), may_change, is_other, ~is_double
    values: dict[str, Any] = {"code": code, "made_by": MEANT if chosen else CUSTOMER}
    done: Any = db.session.execute(
        update(DepartureReason).where(*stated).values(**values).execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
