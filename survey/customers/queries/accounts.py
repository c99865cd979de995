"""Reads about accounts: households and companies to which several people belong."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from survey.customers.models import Account, Lifetime, Membership, Person
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, page


def account(id: UUID) -> Account | None:
    """The account with this id."""
    return db.session.get(Account, id)


def account_named(name: str) -> Account | None:
    """The account of this name, whatever its case."""
    return db.session.scalar(select(Account).where(func.lower(Account.name) == name.strip().lower()))


def accounts(words: str = "", cursor: str | None = None) -> Page[tuple[Account, int]]:
    """Accounts by name with how many people belong to each, narrowed by words in the name."""
    members = select(func.count()).where(Membership.account_id == Account.id).correlate(Account).scalar_subquery()
    query = select(Account, members).where(*_matching(words))
    if cursor:
        name, id = _last_seen(cursor)
        query = query.where(or_(Account.name > name, and_(Account.name == name, Account.id > id)))
    rows = db.session.execute(query.order_by(Account.name, Account.id).limit(PAGE_SIZE + 1)).all()
    return page([(row[0], row[1]) for row in rows], lambda row: [row[0].name, str(row[0].id)])


def count_accounts(words: str = "") -> int:
    """How many `accounts` there are."""
    return db.session.scalar(select(func.count()).select_from(Account).where(*_matching(words))) or 0


def _matching(words: str) -> list[ColumnElement[bool]]:
    return [func.lower(Account.name).contains(words.lower(), autoescape=True)] if words else []


def _last_seen(cursor: str) -> tuple[str, UUID]:
    try:
        name, id = decode(cursor, parts=2)
        return name, UUID(id)
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None


def members_of(account_id: UUID) -> Sequence[Membership]:
    """Who belongs to an account, with their stays; by name."""
    whole = select(Membership).join(Person).options(joinedload(Membership.person).selectinload(Person.lifetimes))
    return db.session.scalars(whole.where(Membership.account_id == account_id).order_by(Person.name, Person.id)).all()


def accounts_of(person_id: UUID) -> Sequence[Membership]:
    """The accounts that somebody belongs to, by name."""
    whole = select(Membership).join(Account).options(selectinload(Membership.account))
    return db.session.scalars(whole.where(Membership.person_id == person_id).order_by(Account.name)).all()


def value_of(account_id: UUID) -> Mapping[str, int]:
    """What the people of an account pay now, in minor units by currency."""
    present = (
        select(Lifetime.currency, func.sum(Lifetime.value_minor))
        .join(Membership, Membership.person_id == Lifetime.person_id)
        .where(Membership.account_id == account_id, Lifetime.ended_on.is_(None), Lifetime.value_minor.is_not(None))
    )
    rows = db.session.execute(present.group_by(Lifetime.currency).order_by(Lifetime.currency))
    return {currency or "": int(minor or 0) for currency, minor in rows}
