"""Writes of triggers: after an event somebody is asked, once for each event."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from survey.customers.events import PersonLeft, StayBegan
from survey.customers.models import Person
from survey.customers.queries import person
from survey.foundation.clock import now as present
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.tokens import digest
from survey.invitations import queries
from survey.invitations.models import EventTrigger, Invitation
from survey.letters import actions as letters
from survey.letters.actions import Post
from survey.letters.rules.links import Links
from survey.letters.rules.pace import Hours
from survey.organisation.queries import organisation

DAYTIME = Hours(9, 20)
HISTORY = "import"  # the source of what happened before anybody looked


def add_trigger(survey_id: UUID, event: str, *, after_days: int, by: UUID | None, now: datetime) -> EventTrigger:
    """Ask everybody to whom an event happens from now on, so many days later."""
    is_quiet = queries.survey_asked(survey_id).privacy != "identified"
    mailing = letters.new_mailing(hours=DAYTIME, per_hour=None, is_quiet=is_quiet)
    made = EventTrigger(id=mailing.id, survey_id=survey_id, event=event, after_days=after_days, made_by=by, made_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def switch(trigger_id: UUID, *, is_on: bool, now: datetime) -> EventTrigger:
    """Switch a trigger on or off; off, letters that wait do not go either."""
    found = queries.trigger(trigger_id)
    if found is None:
        raise NotFound(_("There is no such trigger."))
    found.is_on = is_on
    db.session.flush()
    if is_on:
        letters.go_on(trigger_id)
    else:
        letters.stop(trigger_id, now=now)
    return found


def happened(event: str, somebody: Person, *, on: date, key: str, links: Links, now: datetime) -> int:
    """Post what is asked after an event that happened to somebody; returns how many letters that are.

    `key` tells one event from another of the same sort: for the same one nobody is asked twice. What happened before a trigger was
    made starts nothing.
    """
    return sum(_ask(one, somebody, on=on, key=key, links=links, now=now) for one in queries.triggers_on(event))


def _ask(one: EventTrigger, somebody: Person, *, on: date, key: str, links: Links, now: datetime) -> int:
    if on < one.made_at.astimezone(ZoneInfo(organisation().time_zone)).date():
        return 0
    id, due = new_id(), _due(on + timedelta(days=one.after_days), now=now)
    posted = letters.post(
        Post(
            "invitation", person=somebody, about=id, mailing_id=one.id, due_at=due,
            once=f"{one.id.hex}:{somebody.id.hex}:{key[:100]}",
        ),
        now=now,
    )  # fmt: skip
    if posted is None:
        return 0
    token_hash = digest(links.own_token("invitation", id))
    db.session.add(
        Invitation(
            id=id,
            survey_id=one.survey_id,
            person_id=somebody.id,
            trigger_id=one.id,
            token_hash=token_hash,
            created_at=now,
        )
    )
    db.session.flush()
    return 1


def _due(day: date, *, now: datetime) -> datetime:
    """The beginning of a day where the organisation is, or now where that has passed."""
    return max(now, datetime.combine(day, time(), tzinfo=ZoneInfo(organisation().time_zone)).astimezone(now.tzinfo))


def ask_leaver(event: PersonLeft, *, links: Links) -> None:
    """Ask somebody who left, unless that is history."""
    if event.source != HISTORY:
        _ask_by_id("departed", event.person_id, on=event.left_on, key=event.lifetime_id.hex, links=links)


def ask_newcomer(event: StayBegan, *, links: Links) -> None:
    """Ask somebody who became a customer, or did so again."""
    began = "joined" if event.ordinal == 1 else "returned"
    _ask_by_id(began, event.person_id, on=event.on, key=event.lifetime_id.hex, links=links)


def _ask_by_id(event: str, person_id: UUID, *, on: date, key: str, links: Links) -> None:
    waiting: Sequence[EventTrigger] = queries.triggers_on(event)
    somebody = person(person_id) if waiting else None
    if somebody is not None:
        happened(event, somebody, on=on, key=key, links=links, now=present())
