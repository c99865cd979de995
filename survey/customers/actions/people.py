"""Writes about people."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import delete, func, select, update

from survey.customers.events import Described, LeaversDescribed, PersonLeft, PersonLeftAlone, StayBegan
from survey.customers.models import Consent, Lifetime, Person
from survey.customers.queries import is_pointed_to, people_meant, people_named, person, person_by_email
from survey.customers.rules import Known, PersonEntry, tenure_months, which
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _

Novelty = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True)
class Recorded:
    """What an entry did: to whom, to which stay, whether that began or ended only now; and what was said of it."""

    person: Person
    stay: Lifetime
    novelty: Novelty
    ended_now: bool
    entry: PersonEntry
    began_now: bool = False


def record(entry: PersonEntry, *, now: datetime, is_history: bool) -> Person:
    """Insert or update the person of an entry; emits PersonLeft once for a stay that ended, StayBegan for one that began."""
    return record_all([entry], now=now, is_history=is_history)[0].person


def record_all(entries: Sequence[PersonEntry], *, now: datetime, is_history: bool) -> list[Recorded]:
    """Insert or update the people of some hundred entries, who are read in one go."""
    known = people_meant(entries)
    recorded = [_record(entry, known, now=now, source="import" if is_history else "staff") for entry in entries]
    db.session.flush()
    for done in recorded:
        if done.ended_now:
            emit(_left(done, source="import" if is_history else "staff"))
        elif done.began_now and not is_history:
            emit(StayBegan(done.person.id, done.stay.id, done.stay.ordinal, done.stay.started_on or now.date()))
    again = tuple(_described(done) for done in recorded if done.entry.has_left and not done.ended_now)
    if again:
        emit(LeaversDescribed(again))
    return recorded


def _record(entry: PersonEntry, known: Known[Person], *, now: datetime, source: str) -> Recorded:
    somebody = known.meant(entry)
    is_new = somebody is None
    if somebody is None:
        somebody = Person(id=new_id(), name="", segments={}, lifetimes=[], source=source, created_at=now)
        db.session.add(somebody)
    is_former = known.is_former(entry, somebody)
    has_changed = _tell_person(somebody, entry, gaps_only=is_former)
    known.add(somebody)
    stay, is_new_stay = _stay(somebody, entry)
    was_open = stay.ended_on is None
    has_changed |= _tell_stay(somebody, stay, entry, gaps_only=is_former) or is_new_stay
    novelty: Novelty = "new" if is_new else "changed" if has_changed else "unchanged"
    return Recorded(somebody, stay, novelty, ended_now=was_open and stay.ended_on is not None, entry=entry,
                    began_now=is_new_stay and stay.ended_on is None)  # fmt: skip


def _tell_person(somebody: Person, entry: PersonEntry, *, gaps_only: bool) -> bool:
    said = {"external_id": entry.external_id, "name": entry.name or None, "email": entry.email, "phone": entry.phone,
            "language": entry.language, "segments": {**somebody.segments, **entry.segments}}  # fmt: skip
    if gaps_only:
        said["segments"] = {**entry.segments, **somebody.segments}
    return _update(somebody, said, gaps_only=gaps_only)


def _stay(somebody: Person, entry: PersonEntry) -> tuple[Lifetime, bool]:
    """The stay that the entry tells of, and whether it is a new one."""
    index = which(entry, somebody.lifetimes)
    if index is not None:
        return somebody.lifetimes[index], False
    stay = Lifetime(id=new_id(), ordinal=len(somebody.lifetimes) + 1)
    somebody.lifetimes.append(stay)
    return stay, True


def _tell_stay(somebody: Person, stay: Lifetime, entry: PersonEntry, *, gaps_only: bool) -> bool:
    """An end stays as it was told first; a start that was only reckoned never replaces one that is there."""
    said: dict[str, Any] = {
        "plan": entry.plan, "tier": entry.tier, "value_minor": entry.value_minor, "currency": entry.currency,
    }  # fmt: skip
    if stay.ended_on is None:
        said |= {"ended_on": entry.ended_on}
        if (stay.started_on is None or not entry.is_start_derived) and not _began_before(somebody, entry, stay):
            said |= {"started_on": entry.started_on}
    return _update(stay, said, gaps_only=gaps_only)


def _began_before(somebody: Person, entry: PersonEntry, stay: Lifetime) -> bool:
    """Whether the told start belongs to an earlier stay: then when this one began is not known."""
    told, others = entry.started_on, (other for other in somebody.lifetimes if other is not stay)
    return told is not None and any(other.ended_on is not None and told <= other.ended_on for other in others)


def _update(row: Person | Lifetime, said: Mapping[str, Any], *, gaps_only: bool) -> bool:
    """Set what was said and is not so yet, or only what is not known yet; whether there was any."""
    news = {name: value for name, value in said.items() if value is not None and getattr(row, name) != value}
    if gaps_only:
        news = {name: value for name, value in news.items() if name == "segments" or not getattr(row, name)}
    for name, value in news.items():
        setattr(row, name, value)
    return bool(news)


def _left(done: Recorded, *, source: str) -> PersonLeft:
    return _person_left(done.stay, person_id=done.person.id, source=source, reason=done.entry.reason)


def _person_left(
    stay: Lifetime, *, person_id: UUID, source: str, reason: str | None, code: str | None = None
) -> PersonLeft:
    assert stay.ended_on is not None  # noqa: S101
    return PersonLeft(
        person_id=person_id,
        lifetime_id=stay.id,
        left_on=stay.ended_on,
        source=source,
        stated_reason=reason,
        plan=stay.plan,
        tier=stay.tier,
        tenure_months=tenure_months(stay.started_on, stay.ended_on),
        value_minor=stay.value_minor,
        currency=stay.currency,
        stated_code=code,
    )


def _described(done: Recorded) -> Described:
    said = done.entry
    return Described(done.stay.id, said.reason, said.plan, said.tier, said.value_minor, said.currency)


def add_person(entry: PersonEntry, *, now: datetime) -> Person:
    """Add somebody by hand; refuses a number or an address that somebody has already."""
    taken = people_named([entry.external_id] if entry.external_id else [], [entry.email] if entry.email else [])
    if taken:
        raise Refused(_("%(person)s is here already with that number or address.", person=taken[0].shown_name))
    return record(entry, now=now, is_history=False)


def end_stay(person_id: UUID, *, on: date, source: str, reason: str | None = None, code: str | None = None) -> Lifetime:
    """End the present stay of a person on a day; emits PersonLeft. Refuses where there is none, or it began later."""
    somebody = _somebody(person_id)
    stay = somebody.latest
    if stay is None or stay.ended_on is not None:
        raise Refused(_("%(person)s is not a customer now.", person=somebody.shown_name))
    if stay.started_on and on < stay.started_on:
        raise Refused(_("%(person)s became a customer after that day.", person=somebody.shown_name))
    stay.ended_on = on
    db.session.flush()
    emit(_person_left(stay, person_id=somebody.id, source=source, reason=reason, code=code))
    return stay


def leave_alone(person_id: UUID, *, now: datetime) -> Person:
    """Note that somebody does not want to be written to or called; at once, and for good. May be said twice."""
    somebody = _somebody(person_id)
    if somebody.do_not_contact_at is None:
        somebody.do_not_contact_at = now
        db.session.flush()
        emit(PersonLeftAlone(somebody.id, somebody.email, "do_not_contact", now))
    return somebody


def note_death(person_id: UUID, *, on: date, now: datetime) -> Person:
    """Note that somebody has died: nobody is told, and nothing is sent to them any more. May be said twice."""
    somebody = _somebody(person_id)
    if somebody.deceased_on is None:
        somebody.deceased_on = on
        db.session.flush()
        emit(PersonLeftAlone(somebody.id, somebody.email, "deceased", now))
    return somebody


def _somebody(person_id: UUID) -> Person:
    somebody = person(person_id)
    if somebody is None:
        raise NotFound(_("There is nobody here with this address."))
    return somebody


def agree(*, email: str, name: str, purposes: Mapping[str, str], now: datetime) -> Person:
    """Keep somebody's “yes” to each purpose with the words they saw; finds them by their address or makes them."""
    _one_at_a_time(email)
    somebody = person_by_email(email)
    if somebody is None:
        somebody = Person(id=new_id(), email=email.strip().lower(), name=name, source="survey", created_at=now)
        db.session.add(somebody)
    given = {(consent.purpose, consent.words) for consent in somebody.consents if consent.withdrawn_at is None}
    for purpose, words in purposes.items():
        if (purpose, words) not in given:
            somebody.consents.append(Consent(purpose=purpose, words=words, given_at=now))
    db.session.flush()
    return somebody


def note_consents(person_id: UUID, purposes: Mapping[str, str], *, now: datetime) -> None:
    """Keep that somebody said “yes” to us in person, to each purpose in these words; what they agreed to before stays."""
    somebody = _somebody(person_id)
    given = {consent.purpose for consent in somebody.consents if consent.withdrawn_at is None}
    for purpose, words in purposes.items():
        if purpose not in given:
            somebody.consents.append(Consent(purpose=purpose, words=words, given_at=now))
    db.session.flush()


def take_consents_back(*, given_at: datetime, now: datetime) -> set[UUID]:
    """Withdraw what was agreed to at one moment, as with an answer that is taken back; return whose it was."""
    given = Consent.given_at == given_at, Consent.withdrawn_at.is_(None)
    return set(db.session.scalars(update(Consent).where(*given).values(withdrawn_at=now).returning(Consent.person_id)))


def forget_contact(person_id: UUID) -> None:
    """Delete somebody of whom we have nothing but an address that was left with an answer, where nothing needs it any more."""
    somebody = person(person_id)
    if somebody is None or somebody.source != "survey" or somebody.external_id or somebody.lifetimes:
        return
    is_asked_for = any(consent.withdrawn_at is None for consent in somebody.consents)
    if not is_asked_for and not is_pointed_to(person_id):
        db.session.execute(delete(Person).where(Person.id == person_id))
        db.session.expunge(somebody)


def _one_at_a_time(email: str) -> None:
    """Let two first answers with one address wait for each other, where writers do not do so anyway (SQLite's do)."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(zlib.crc32(email.strip().lower().encode()))))
