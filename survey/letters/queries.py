"""Reads of the outbox and of who may be written to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from survey.customers.models import Consent, Person
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, page
from survey.letters.models import WAITS, Letter, Mailing, Preference, Suppression
from survey.letters.rules.addresses import hashed, normal
from survey.letters.rules.choosing import Choices, choices
from survey.letters.rules.kinds import KINDS
from survey.letters.rules.permission import Limit, Recipient
from survey.letters.rules.states import State
from survey.organisation.queries import organisation

COUNTED = tuple(kind.name for kind in KINDS.values() if kind.is_counted)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NEVER_LISTED = ("reminder",)  # in mailings that are quiet


def limit() -> Limit:
    """The most letters that anybody is sent, as the organisation has promised."""
    owner = organisation()
    return Limit(owner.letter_limit, owner.letter_days)


def hash_of(address: str) -> str:
    """What is kept of an address for ever; "" as long as nothing was ever kept of any (see `actions.key_of`)."""
    salt = organisation().letter_salt
    return hashed(address, salt) if salt else ""


def letter(id: UUID) -> Letter | None:
    """The letter with this id, with its recipient and mailing."""
    whole = select(Letter).options(selectinload(Letter.person), selectinload(Letter.user), selectinload(Letter.mailing))
    return db.session.scalar(whole.where(Letter.id == id))


# ---- who may be written to ----------------------------------------------------------------------------------------


def recipients(people: Sequence[Person], *, now: datetime, without: UUID | None = None) -> dict[UUID, Recipient]:
    """What is known of some hundred people as recipients, by person; four queries. `without`: a letter that does not count."""
    hashes = {one.id: hash_of(one.email) for one in people if one.email}
    suppressed, lately = suppressions(hashes.values()), _lately(hashes.values(), now=now, without=without)
    wishes, agreed = preferences(hashes.values()), _consents([one.id for one in people])
    return {
        one.id: _recipient(one, hashes.get(one.id, ""), suppressed, lately, wishes, agreed.get(one.id, frozenset()))
        for one in people
    }


def _recipient(
    one: Person, key: str, suppressed: Mapping[str, frozenset[str]], lately: Mapping[str, tuple[datetime, ...]],
    wishes: Mapping[str, Preference], consents: frozenset[str],
) -> Recipient:  # fmt: skip
    return Recipient(
        has_address=bool(one.email),
        is_deceased=one.deceased_on is not None,
        wants_no_contact=one.do_not_contact_at is not None,
        suppressed=suppressed.get(key, frozenset()),
        consents=consents,
        lately=lately.get(key, ()),
        wish_days=wishes[key].least_days if key in wishes else None,
    )


def recipient_at(address: str | None, *, now: datetime, without: UUID | None = None) -> Recipient:
    """What is known of an address whose owner need not be in People."""
    if not address:
        return Recipient(has_address=False)
    key = hash_of(address)
    wish = preferences([key]).get(key)
    return Recipient(
        suppressed=suppressions([key]).get(key, frozenset()),
        lately=_lately([key], now=now, without=without).get(key, ()),
        wish_days=wish.least_days if wish else None,
    )


def suppressions(hashes: Collection[str]) -> dict[str, frozenset[str]]:
    """In which scopes addresses are suppressed, by hash."""
    found: dict[str, set[str]] = {}
    for key, scope in db.session.execute(
        select(Suppression.address_hash, Suppression.scope).where(Suppression.address_hash.in_(set(hashes)))
    ):
        found.setdefault(key, set()).add(scope)
    return {key: frozenset(scopes) for key, scopes in found.items()}


def preferences(hashes: Collection[str]) -> dict[str, Preference]:
    """How the owners of addresses want to be written to, by hash."""
    rows = db.session.scalars(select(Preference).where(Preference.address_hash.in_(set(hashes))))
    return {row.address_hash: row for row in rows}


def choices_at(key: str) -> Choices:
    """What the owner of an address, of which the hash is known, wants to hear."""
    wish = preferences([key]).get(key)
    return choices(
        suppressions([key]).get(key, frozenset()),
        least_days=wish.least_days if wish else None,
        language=wish.language if wish else None,
    )


def knows(address: str) -> bool:
    """Whether we ever wrote to an address, have somebody with it in People, or were told not to write to it."""
    key = hash_of(address)
    known = or_(
        exists(select(Letter.id).where(Letter.address_hash == key)),
        exists(select(Suppression.id).where(Suppression.address_hash == key)),
        exists(select(Person.id).where(Person.email == normal(address))),
    )
    return bool(db.session.scalar(select(known)))


def count_suppressed() -> dict[str, int]:
    """How many addresses are not written to, by scope."""
    rows = db.session.execute(select(Suppression.scope, func.count()).group_by(Suppression.scope))
    return {row[0]: row[1] for row in rows}


def suppressed_at(address: str) -> list[tuple[str, str, datetime]]:
    """In which scopes an address is suppressed, where each “no” came from, and since when."""
    asked = select(Suppression.scope, Suppression.source, Suppression.at)
    rows = db.session.execute(asked.where(Suppression.address_hash == hash_of(address)).order_by(Suppression.at))
    return [(scope, source, at) for scope, source, at in rows]


def _lately(hashes: Collection[str], *, now: datetime, without: UUID | None) -> dict[str, tuple[datetime, ...]]:
    """When counted letters went to addresses, as far back as anybody's limit or wish reaches."""
    since = now - timedelta(days=max(limit().days, LONGEST_WISH))
    counted = (
        Letter.address_hash.in_(set(hashes)), Letter.kind.in_(COUNTED),
        Letter.state.in_((State.SENDING, State.SENT)), Letter.tried_at > since,
        *([Letter.id != without] if without else []),
    )  # fmt: skip
    found: dict[str, list[datetime]] = {}
    for key, at in db.session.execute(select(Letter.address_hash, Letter.tried_at).where(*counted)):
        if key and at:
            found.setdefault(key, []).append(at)
    return {key: tuple(moments) for key, moments in found.items()}


LONGEST_WISH = 365  # days


def _consents(person_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    given = select(Consent.person_id, Consent.purpose).where(
        Consent.person_id.in_(person_ids), Consent.withdrawn_at.is_(None)
    )
    found: dict[UUID, set[str]] = {}
    for person_id, purpose in db.session.execute(given):
        found.setdefault(person_id, set()).add(purpose)
    return {person_id: frozenset(purposes) for person_id, purposes in found.items()}


# ---- what is due --------------------------------------------------------------------------------------------------


def next_due(*, now: datetime, without_domains: Collection[str]) -> Letter | None:
    """The letter that goes next: due, in nobody's hands, of no mailing that was stopped or has had its hour; locked."""
    is_free = or_(Letter.lease_until.is_(None), Letter.lease_until < now)
    rests = or_(Mailing.stopped_at.is_not(None), Mailing.full_until > now)
    resting = select(Mailing.id).where(rests)
    due = (
        select(Letter)
        .where(WAITS, Letter.due_at <= now, is_free)
        .where(or_(Letter.mailing_id.is_(None), Letter.mailing_id.not_in(resting)))
        .order_by(Letter.due_at, Letter.id)
        .limit(1)
        .options(selectinload(Letter.person), selectinload(Letter.user), selectinload(Letter.mailing))
        .with_for_update(skip_locked=True)
    )
    return db.session.scalar(due.where(Letter.domain.not_in(without_domains)) if without_domains else due)


def tried_in_hour(mailing_id: UUID, *, now: datetime) -> tuple[int, datetime | None]:
    """How many letters of a mailing went in the last hour, and when the first of them."""
    row = db.session.execute(
        select(func.count(), func.min(Letter.tried_at)).where(
            Letter.mailing_id == mailing_id, Letter.tried_at > now - HOUR
        )
    ).one()
    return row[0], row[1]


def tried_in_minute(domain: str, *, now: datetime) -> int:
    """How many letters went to a domain in the last minute."""
    lately = Letter.domain == domain, Letter.tried_at > now - MINUTE
    return db.session.scalar(select(func.count()).select_from(Letter).where(*lately)) or 0


def bounced_lately(address_hash: str, *, since: datetime) -> int:
    """How many letters to an address came back since a moment."""
    mine = Letter.address_hash == address_hash, Letter.state == State.BOUNCED, Letter.ended_at > since
    return db.session.scalar(select(func.count()).select_from(Letter).where(*mine)) or 0


# ---- what staff see -----------------------------------------------------------------------------------------------


def counts(*such: ColumnElement[bool]) -> dict[tuple[str, str | None], int]:
    """How many letters stand in each state, apart by why."""
    asked = select(Letter.state, Letter.why, func.count()).where(*such).group_by(Letter.state, Letter.why)
    return {(state, why): many for state, why, many in db.session.execute(asked)}


def counts_of_mailing(mailing_id: UUID) -> dict[tuple[str, str | None], int]:
    """How many letters of a mailing stand in each state, apart by why."""
    return counts(Letter.mailing_id == mailing_id)


def counts_such(*, why: str = "", kind: str = "", address: str = "") -> dict[str, int]:
    """How many of the letters that match stand in each state."""
    found: dict[str, int] = {}
    for (state, _why), many in counts(*_such(state="", why=why, kind=kind, mailing_id=None, address=address)).items():
        found[state] = found.get(state, 0) + many
    return found


def letters(
    *, state: str = "", why: str = "", kind: str = "", mailing_id: UUID | None = None, address: str = "",
    cursor: str | None = None,
) -> Page[Letter]:  # fmt: skip
    """The letters that match, the newest first."""
    such = _such(state=state, why=why, kind=kind, mailing_id=mailing_id, address=address)
    found: Select[Letter] = select(Letter).where(*such).options(selectinload(Letter.person), selectinload(Letter.user))
    if cursor:
        found = found.where(Letter.id < _last_seen(cursor))
    rows = db.session.scalars(found.order_by(Letter.id.desc()).limit(PAGE_SIZE + 1)).all()
    return page(rows, lambda row: [str(row.id)])


def count_letters(*, state: str = "", why: str = "", kind: str = "", mailing_id: UUID | None = None,
                  address: str = "") -> int:  # fmt: skip
    """How many letters `letters` finds in all."""
    such = _such(state=state, why=why, kind=kind, mailing_id=mailing_id, address=address)
    return db.session.scalar(select(func.count()).select_from(Letter).where(*such)) or 0


def _such(*, state: str, why: str, kind: str, mailing_id: UUID | None, address: str) -> list[ColumnElement[bool]]:
    """The one filter behind the list of letters and its count."""
    return [
        _may_be_listed(),
        *([Letter.state == state] if state else []),
        *([Letter.why == why] if why else []),
        *([Letter.kind.in_([kind])] if kind else []),
        *([Letter.mailing_id == mailing_id] if mailing_id else []),
        *([Letter.address_hash == hash_of(address)] if address else []),
    ]


def _may_be_listed() -> ColumnElement[bool]:
    """Whether a letter may stand in a list with its recipient; see `Mailing.is_quiet`."""
    quiet = select(Mailing.id).where(Mailing.is_quiet)
    return or_(Letter.kind.not_in(NEVER_LISTED), Letter.mailing_id.is_(None), Letter.mailing_id.not_in(quiet))


def may_be_listed(found: Letter) -> bool:
    """Whether staff may see a letter with its recipient; see `Mailing.is_quiet`."""
    return not (NEVER_LISTED.count(found.kind) and found.mailing is not None and found.mailing.is_quiet)


def _last_seen(cursor: str) -> UUID:
    try:
        return UUID(decode(cursor, parts=1)[0])
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None


def letters_to(person_id: UUID, *, most: int) -> Sequence[Letter]:
    """The newest letters to somebody."""
    mine = select(Letter).where(Letter.person_id == person_id, _may_be_listed())
    return db.session.scalars(mine.order_by(Letter.id.desc()).limit(most)).all()


def unreachable_since() -> tuple[datetime, str] | None:
    """Since when letters wait for a mail server that cannot be reached, and what was heard; None where none does."""
    waits = and_(Letter.state == State.QUEUED, Letter.why == "unreachable")
    row = db.session.execute(
        select(Letter.tried_at, Letter.server_words).where(waits).order_by(Letter.tried_at).limit(1)
    ).first()
    return (row[0], row[1]) if row and row[0] else None
