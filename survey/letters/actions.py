"""Writes of the outbox: posting, letting go, what became of a letter, and who is left alone from now on."""

import re
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from survey.access.events import LinkMade
from survey.access.models import User
from survey.customers.events import PersonLeftAlone
from survey.customers.models import Person
from survey.foundation.db import db, new_id, note_job
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.letters import queries
from survey.letters.models import Letter, Mailing, Preference, Suppression
from survey.letters.rules.addresses import domain
from survey.letters.rules.kinds import KINDS, TOPICS, To
from survey.letters.rules.pace import LEASE, PATIENCE, PER_DOMAIN, UNREACHABLE_WAIT, Hours, next_try, opening
from survey.letters.rules.permission import BULK, Recipient, reason_against
from survey.letters.rules.states import OPEN, State, Why
from survey.organisation.actions import draw_salt
from survey.organisation.queries import organisation

HELD_AT_ONCE = 200  # letters that are held back in one transaction
BOUNCES, BOUNCES_WITHIN = 2, timedelta(days=90)
KEPT = timedelta(days=30)  # how long the address of a letter is kept after its end
NOBODY_THERE = re.compile(r"\b5\.1\.[0-9]\b")  # RFC 3463: the address itself is wrong


@dataclass(frozen=True)
class Post:
    """A letter to be posted: to a person, a member of staff or an address, as its kind wants."""

    kind: str
    person: Person | None = None
    user: User | None = None
    address: str | None = None
    about: UUID | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    once: str | None = None
    mailing_id: UUID | None = None
    due_at: datetime | None = None
    language: str | None = None


def post(letter: Post, *, now: datetime) -> UUID | None:
    """Put a letter into the outbox and return its id; None where the same one was posted before (`once`).

    Raises ValueError for a letter without a kind, or with a recipient that its kind is not for.
    """
    return next(iter(post_all([letter], now=now)), None)


def post_all(letters: Sequence[Post], *, now: datetime) -> list[UUID]:
    """Put some hundred letters into the outbox in one statement; returns the ids of those that are new."""
    rows = [_row(one, now=now) for one in letters]
    if not rows:
        return []
    note_job()
    once = _insert()(Letter).on_conflict_do_nothing(index_elements=["once"]).returning(Letter.id)
    return list(db.session.scalars(once.values(rows)))


def post_link(event: LinkMade) -> None:
    """Post the letter that hands a one-time link over to a colleague; it is posted once, and says nothing once the link is used."""
    user = db.session.get(User, event.user_id)
    if user is not None:
        post(Post(event.purpose, user=user, about=event.invite_id), now=event.at)


def key_of(address: str) -> str:
    """What is kept of an address for ever; draws the salt before the first."""
    if organisation().letter_salt is None:
        draw_salt()
    return queries.hash_of(address)


def _row(letter: Post, *, now: datetime) -> dict[str, Any]:
    address = _address(letter)
    return {
        "id": new_id(), "kind": letter.kind, "state": State.QUEUED, "server_words": "", "tries": 0,
        "person_id": letter.person.id if letter.person else None, "user_id": letter.user.id if letter.user else None,
        "address": address, "address_hash": key_of(address) if address else None,
        "domain": domain(address or ""), "language": letter.language, "about": letter.about, "said": dict(letter.said),
        "once": letter.once, "mailing_id": letter.mailing_id, "posted_at": now, "due_at": letter.due_at or now,
    }  # fmt: skip


def _address(letter: Post) -> str | None:
    if letter.kind not in KINDS:
        raise ValueError(f"a letter needs a kind, and “{letter.kind}” is none")
    to = KINDS[letter.kind].to
    given = {To.PERSON: letter.person, To.STAFF: letter.user, To.ADDRESS: letter.address}
    if [one for one in given if given[one] is not None] != [to]:
        raise ValueError(f"a letter of the kind “{letter.kind}” is for one {to}")
    if letter.person is not None:
        return letter.person.email
    return letter.user.email if letter.user is not None else letter.address


def _insert() -> Any:
    return postgresql.insert if db.session.connection().dialect.name == "postgresql" else sqlite.insert


# ---- letting go ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """A letter that may go now: whoever has this sends it, or gives it back within the lease.

    `is_shown`: it is only looked at by staff. Then nothing may be written, and nothing be told that depends on who has answered.
    """

    id: UUID
    kind: str
    address: str
    language: str
    about: UUID | None
    said: Mapping[str, Any]
    person_id: UUID | None
    user_id: UUID | None
    tries: int
    is_shown: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a letter that was taken; `is_of_address`: it came back because of whom it was for, not of what it says."""

    letter_id: UUID
    state: State
    why: Why | None = None
    words: str = ""
    is_of_address: bool = False


@dataclass(frozen=True)
class Rests:
    """No letter just now, but there may be others: of other domains, or behind those that were held back."""

    domain: str | None = None


def take(*, without_domains: Collection[str], now: datetime) -> Taken | Rests | None:
    """Take the letter that goes next, if we may write it; those that may not go are held back on the way.

    Everything that can forbid a letter is asked in this transaction: an unsubscription that came a moment ago counts.
    """
    for number in range(HELD_AT_ONCE):
        letter = queries.next_due(now=now, without_domains=without_domains)
        if letter is None:
            return None
        if letter.why == Why.STOPPED:
            _end(letter, State.STOPPED, Why.STOPPED, now=now)
            continue
        if _must_wait(letter, now=now):
            continue
        if letter.domain and queries.tried_in_minute(letter.domain, now=now) >= PER_DOMAIN:
            return Rests(letter.domain)
        address = _present_address(letter)
        if address and not _one_at_a_time(key_of(address), may_wait=number == 0):
            return Rests()
        against = _reason_against(letter, address, now=now)
        if against is None:
            return _taken(letter, address or "", now=now)
        _end(letter, State.HELD, against, now=now)
    return Rests()


def _must_wait(letter: Letter, *, now: datetime) -> bool:
    """Whether the letter's mailing lets it wait; it is then due later."""
    mailing = letter.mailing
    if mailing is None:
        return False
    zone = (letter.person.time_zone if letter.person else None) or organisation().time_zone
    opens = opening(mailing.hours, zone, now=now)
    if opens is not None:
        letter.state, letter.due_at, letter.lease_until = State.QUEUED, opens, None
    elif mailing.per_hour:
        many, first = queries.tried_in_hour(mailing.id, now=now)
        if many < mailing.per_hour:
            return False
        mailing.full_until = (first or now) + queries.HOUR
    else:
        return False
    db.session.flush()
    return True


def _present_address(letter: Letter) -> str | None:
    """The address as it is now: somebody may have told a new one since the letter was posted."""
    if letter.is_to == To.ADDRESS:
        return letter.address
    return (letter.person.email if letter.person else None) or (letter.user.email if letter.user else None)


def _reason_against(letter: Letter, address: str | None, *, now: datetime) -> Why | None:
    if (letter.is_to == To.PERSON and letter.person is None) or (letter.is_to == To.STAFF and letter.user is None):
        return Why.GONE
    return reason_against(
        KINDS[letter.kind], _recipient(letter, address, now=now), limit=queries.limit(), now=now,
        has_postal_address=bool(organisation().postal_address.strip()),
    )  # fmt: skip


def _recipient(letter: Letter, address: str | None, *, now: datetime) -> Recipient:
    if letter.person is not None:
        return queries.recipients([letter.person], now=now, without=letter.id)[letter.person.id]
    return queries.recipient_at(address, now=now, without=letter.id)


def _one_at_a_time(key: str, *, may_wait: bool) -> bool:
    """Let two letters to one address wait for each other, so that both cannot be the last that is allowed.

    Whoever holds something already must not wait for more: two workers that wait for each other lose both their transactions,
    and with them what became of a letter that has gone. Returns False where the other one has the address just now.
    """
    if db.session.connection().dialect.name != "postgresql":
        return True
    number = zlib.crc32(key.encode())
    if may_wait:
        db.session.execute(select(func.pg_advisory_xact_lock(number)))
        return True
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(number))))


def _taken(letter: Letter, address: str, *, now: datetime) -> Taken:
    key = key_of(address)
    wish = queries.preferences([key]).get(key)
    spoken = letter.language or (wish.language if wish else None) or (letter.person.language if letter.person else None)
    if letter.why != Why.UNREACHABLE:  # else patience goes on from the first time that nobody was there
        letter.due_at = now
    letter.state, letter.lease_until, letter.tried_at = State.SENDING, now + LEASE, now
    letter.address, letter.address_hash, letter.domain = address, key, domain(address)
    db.session.flush()
    return Taken(
        letter.id, letter.kind, address, spoken or organisation().language, letter.about, letter.said,
        letter.person_id, letter.user_id, letter.tries,
    )  # fmt: skip


# ---- what became of it --------------------------------------------------------------------------------------------


def settle(outcome: Outcome, *, now: datetime) -> None:
    """Write down what became of a letter that was taken; QUEUED with a reason means: try again."""
    letter = db.session.get(Letter, outcome.letter_id, with_for_update=True)
    if letter is None or letter.state not in OPEN:
        return
    letter.server_words = outcome.words[:500]
    if outcome.state != State.QUEUED:
        _end(letter, outcome.state, outcome.why, now=now)
        if outcome.state == State.BOUNCED:
            _note_bounce(letter, is_of_address=outcome.is_of_address, words=outcome.words, now=now)
        return
    if letter.why == Why.STOPPED:  # its mailing was ended while it was on its way
        _end(letter, State.STOPPED, Why.STOPPED, now=now)
    elif outcome.why == Why.UNREACHABLE:
        _wait_for_server(letter, now=now)
    else:
        _try_later(letter, outcome.why, now=now)


def _wait_for_server(letter: Letter, *, now: datetime) -> None:
    """Let a letter wait for a mail server that is away; `due_at` stays the moment at which it was first not there."""
    if now - letter.due_at >= PATIENCE:
        _end(letter, State.FAILED, Why.UNREACHABLE, now=now)
        return
    letter.state, letter.why, letter.lease_until = State.QUEUED, Why.UNREACHABLE, now + UNREACHABLE_WAIT
    db.session.flush()


def _try_later(letter: Letter, why: Why | None, *, now: datetime) -> None:
    letter.tries += 1
    later = next_try(letter.tries, now=now)
    if later is None:
        _end(letter, State.FAILED, why, now=now)
        return
    letter.state, letter.why, letter.lease_until, letter.due_at = State.QUEUED, why, None, later
    db.session.flush()


def _end(letter: Letter, state: State, why: Why | None, *, now: datetime) -> None:
    letter.state, letter.why, letter.lease_until, letter.ended_at = state, why, None, now
    db.session.flush()


def came_back(letter_id: UUID, words: str, *, now: datetime) -> bool:
    """Note that a letter which had been sent came back; returns False where that was known, or it was never sent."""
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.state not in (State.SENT, State.SENDING):
        return False
    letter.server_words = words[:500]
    _end(letter, State.BOUNCED, Why.REFUSED, now=now)
    _note_bounce(letter, is_of_address=True, words=words, now=now)
    return True


def _note_bounce(letter: Letter, *, is_of_address: bool, words: str, now: datetime) -> None:
    """Stop writing to an address that does not exist, or from which letters came back more than once."""
    if letter.address_hash is None or letter.is_to == To.STAFF or not is_of_address:
        return
    many = queries.bounced_lately(letter.address_hash, since=now - BOUNCES_WITHIN)
    if NOBODY_THERE.search(words) or many >= BOUNCES:
        suppress_hash(letter.address_hash, "bounced", source="bounce", now=now)


def stop(mailing_id: UUID, *, now: datetime) -> None:
    """Stop a mailing: nothing of it goes from this moment on, until it goes on."""
    db.session.execute(
        update(Mailing).where(Mailing.id == mailing_id, Mailing.stopped_at.is_(None)).values(stopped_at=now)
    )


def go_on(mailing_id: UUID) -> None:
    """Let a mailing that was stopped go on where it was."""
    db.session.execute(update(Mailing).where(Mailing.id == mailing_id).values(stopped_at=None))
    note_job()


def take_back(*, mailing_id: UUID, now: datetime) -> int:
    """End for good what of a mailing has not gone; returns how many letters that were.

    A letter that is on its way may arrive, but is not tried again: it is marked, see `settle` and `take`.
    """
    waiting = Letter.mailing_id == mailing_id, Letter.state == State.QUEUED
    ended = {"state": State.STOPPED, "why": Why.STOPPED, "ended_at": now, "lease_until": None}
    done = db.session.execute(update(Letter).where(*waiting).values(ended).returning(Letter.id)).all()
    under_way = Letter.mailing_id == mailing_id, Letter.state == State.SENDING
    db.session.execute(update(Letter).where(*under_way).values(why=Why.STOPPED))
    return len(done)


def take_letter_back(letter_id: UUID, *, now: datetime) -> bool:
    """End a single letter that has not gone yet; returns False where it is too late."""
    waiting = Letter.id == letter_id, Letter.state == State.QUEUED
    ended = {"state": State.STOPPED, "why": Why.STOPPED, "ended_at": now, "lease_until": None}
    return db.session.execute(update(Letter).where(*waiting).values(ended).returning(Letter.id)).first() is not None


def try_again(letter_id: UUID, *, now: datetime) -> bool:
    """Give a letter that was given up all its tries again; returns False where it was not."""
    given_up = Letter.id == letter_id, Letter.state == State.FAILED
    anew = {"state": State.QUEUED, "why": None, "ended_at": None, "tries": 0, "due_at": now, "posted_at": now}
    done = db.session.execute(update(Letter).where(*given_up).values(anew).returning(Letter.id)).first()
    if done is not None:
        note_job()
    return done is not None


def new_mailing(*, hours: Hours, per_hour: int | None, is_quiet: bool = False) -> Mailing:
    """Make a mailing, to which letters are then posted."""
    made = Mailing(id=new_id(), since_hour=hours.since, until_hour=hours.until, per_hour=per_hour, is_quiet=is_quiet)
    db.session.add(made)
    db.session.flush()
    return made


def forget_addresses(*, now: datetime) -> int:
    """Forget the addresses of letters that ended a while ago; their hashes stay, so that a “no” is still understood."""
    old = Letter.ended_at < now - KEPT, Letter.address.is_not(None)
    some = select(Letter.id).where(*old).limit(1000)
    done = db.session.execute(
        update(Letter).where(Letter.id.in_(some)).values(address=None, said={}).returning(Letter.id)
    )
    return len(done.all())


# ---- who is left alone --------------------------------------------------------------------------------------------


def suppress_hash(key: str, scope: str, *, source: str, now: datetime) -> bool:
    """Suppress an address, by its hash, in a scope; returns False where it is already."""
    row = {"id": new_id(), "address_hash": key, "scope": scope, "source": source, "at": now}
    once = _insert()(Suppression).values(row).on_conflict_do_nothing().returning(Suppression.id)
    return db.session.execute(once).first() is not None


def suppress(address: str, scope: str, *, source: str, now: datetime) -> bool:
    """Suppress an address in a scope; returns False where it is already."""
    return suppress_hash(key_of(address), scope, source=source, now=now)


def leave_alone(event: PersonLeftAlone) -> None:
    """Suppress the address of somebody whom nobody may write to, so that no later record of them is written to either."""
    if event.email:
        suppress(event.email, event.why, source="staff", now=event.at)


def unsubscribe(letter_id: UUID, *, now: datetime) -> bool:
    """Take the “no” of whoever got a letter: to its topic, else to all that they did not ask for. May come twice.

    Returns False where there is no such letter, or it has no address to remember.
    """
    letter = queries.letter(letter_id)
    if letter is None or letter.address_hash is None:
        return False
    suppress_hash(letter.address_hash, KINDS[letter.kind].topic or BULK, source="letter", now=now)
    return True


def keep_choices(
    key: str, *, topics: Collection[str], language: str | None, least_days: int | None, now: datetime
) -> None:
    """Keep what the owner of an address wants to hear: these topics and no others, how often, and in which language."""
    refused = set(TOPICS) - set(topics)
    again = Suppression.address_hash == key, Suppression.scope.in_([*topics, BULK])
    db.session.execute(delete(Suppression).where(*again))
    for topic in sorted(refused):
        suppress_hash(key, topic, source="choices", now=now)
    values = {"address_hash": key, "language": language, "least_days": least_days, "at": now}
    upsert = _insert()(Preference).values(values)
    db.session.execute(upsert.on_conflict_do_update(index_elements=["address_hash"], set_=values))


def write_to_again(letter_id: UUID) -> None:
    """Let an address be written to again from which letters had come back: staff know that it works now.

    Nothing else can be undone by staff: a “no” is taken back by its owner alone.
    """
    letter = queries.letter(letter_id)
    if letter is None or letter.address_hash is None:
        raise NotFound(_("There is no such letter, or its address is forgotten."))
    db.session.execute(
        delete(Suppression).where(Suppression.address_hash == letter.address_hash, Suppression.scope == "bounced")
    )


def suppress_addresses(addresses: Iterable[str], scope: str, *, source: str, now: datetime) -> int:
    """Suppress many addresses, as from a list that another tool kept; returns how many are new."""
    return sum(suppress(address, scope, source=source, now=now) for address in addresses)
