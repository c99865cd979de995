"""What we note of somebody by hand: who they are, that they came back, what they said yes to."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from survey.customers.events import StayBegan
from survey.customers.models import Consent, Lifetime, Person
from survey.customers.queries import people_named, person
from survey.customers.rules.consents import HOW, PURPOSES
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.foundation.text import clean

WORDS_LIMIT = 1_000
OF_PERSON = ("name", "external_id", "email", "phone", "language", "time_zone")
OF_STAY = ("started_on", "plan", "tier", "value_minor", "currency")


def change_person(person_id: UUID, said: Mapping[str, Any]) -> Person:
    """Set what is known of somebody, and of their stay while it goes on; what a departure has frozen stays as it was.

    Refuses a number or an address that somebody else has: two records of one person are merged.
    """
    somebody = _somebody(person_id)
    _not_taken(somebody, said.get("external_id"), said.get("email"))
    for name in OF_PERSON:
        setattr(somebody, name, said.get(name) if name != "name" else said.get(name) or "")
    stay = somebody.latest
    if stay is not None and stay.ended_on is None:
        _set_stay(somebody, stay, said)
    db.session.flush()
    return somebody


def _set_stay(somebody: Person, stay: Lifetime, said: Mapping[str, Any]) -> None:
    began, ends = said.get("started_on"), [other.ended_on for other in somebody.lifetimes if other.ended_on]
    if began and ends and began < max(ends):
        raise Refused(_("%(person)s was a customer before until %(day)s. This stay began later.",
                        person=somebody.shown_name, day=max(ends)))  # fmt: skip
    for name in OF_STAY:
        setattr(stay, name, said.get(name))


def _not_taken(somebody: Person, number: str | None, email: str | None) -> None:
    named = people_named([number] if number else [], [email] if email else [])
    others = [one for one in named if one.id != somebody.id]
    if others:
        raise Refused(
            _(
                "%(person)s has that number or address. If they are the same person, merge the two.",
                person=others[0].shown_name,
            )
        )


def begin_stay(
    person_id: UUID, *, on: date, plan: str | None, tier: str | None, value_minor: int | None, currency: str | None
) -> Lifetime:
    """Note that somebody who had left is a customer again: a new stay begins; emits StayBegan. Refuses where it cannot."""
    somebody = _somebody(person_id)
    last = somebody.latest
    if somebody.deceased_on:
        raise Refused(_("%(person)s has died.", person=somebody.shown_name))
    if last is None:
        raise Refused(_("%(person)s was never a customer as far as we know.", person=somebody.shown_name))
    if last.ended_on is None:
        raise Refused(_("%(person)s is a customer now.", person=somebody.shown_name))
    if on < last.ended_on:
        raise Refused(_("%(person)s was still a customer on that day.", person=somebody.shown_name))
    stay = Lifetime(id=new_id(), ordinal=max(one.ordinal for one in somebody.lifetimes) + 1, started_on=on,
                    plan=plan, tier=tier, value_minor=value_minor, currency=currency)  # fmt: skip
    somebody.lifetimes.append(stay)
    db.session.flush()
    emit(StayBegan(person_id, stay.id, stay.ordinal, on))
    return stay


def note_consent(person_id: UUID, *, purpose: str, words: str, how: str, now: datetime) -> Consent:
    """Write down a yes that somebody gave us, with the words that they said yes to and how they gave it."""
    if purpose not in PURPOSES or how not in HOW:
        raise Refused(_("Say what they agreed to, and how."))
    said = clean(words, limit=WORDS_LIMIT).strip()
    if not said:
        raise Refused(_("Write down what they said yes to, in words."))
    somebody = _somebody(person_id)
    consent = Consent(id=new_id(), purpose=purpose, words=said, how=how, given_at=now)
    somebody.consents.append(consent)
    db.session.flush()
    return consent


def withdraw_consent(person_id: UUID, consent_id: UUID, *, now: datetime) -> Consent:
    """Write down that somebody takes a yes back; may be said twice."""
    theirs = Consent.id == consent_id, Consent.person_id == person_id
    consent = db.session.scalar(select(Consent).where(*theirs))
    if consent is None:
        raise NotFound(_("There is nothing of this kind that they agreed to."))
    consent.withdrawn_at = consent.withdrawn_at or now
    db.session.flush()
    return consent


def _somebody(person_id: UUID) -> Person:
    somebody = person(person_id)
    if somebody is None:
        raise NotFound(_("There is nobody here with this address."))
    return somebody
