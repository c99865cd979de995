"""Reads about people."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from survey.customers.models import Consent, Lifetime, MergedPerson, Person
from survey.customers.rules import Known, PersonEntry
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.paging import PAGE_SIZE, Page, decode, page

OWN = {Lifetime.__tablename__, Consent.__tablename__}


def person(id: UUID) -> Person | None:
    """The person with this id, with stays and consents."""
    return db.session.scalar(_whole().options(selectinload(Person.consents)).where(Person.id == id))


def person_by_external_id(external_id: str) -> Person | None:
    """The person whom the organisation knows by this number, or did before two records became one."""
    found = db.session.scalar(_whole().where(Person.external_id == external_id))
    had = select(MergedPerson.person_id).where(MergedPerson.external_id == external_id)
    return found or db.session.scalar(_whole().where(Person.id.in_(had)))


def person_by_email(email: str) -> Person | None:
    """The person who has or had this address; the one who was here first, where several share it."""
    address = email.strip().lower()
    found = db.session.scalar(_whole().where(Person.email == address).order_by(Person.id).limit(1))
    had = select(MergedPerson.person_id).where(MergedPerson.email == address)
    return found or db.session.scalar(_whole().where(Person.id.in_(had)).order_by(Person.id).limit(1))


def is_pointed_to(person_id: UUID) -> bool:
    """Whether a row of any table points to somebody, but for what they are and agreed to themselves."""
    others = (table for table in db.metadata.sorted_tables if table.name not in OWN)
    pointing = [
        exists().where(key.parent == person_id)
        for table in others
        for key in table.foreign_keys
        if key.column.table.name == Person.__tablename__
    ]
    return bool(db.session.scalar(select(or_(*pointing))))


def people_named(external_ids: Collection[str], emails: Collection[str]) -> Sequence[Person]:
    """Everybody who has or had one of these numbers or addresses, those who were here first before the others; two queries."""
    had = select(MergedPerson.person_id).where(_had(external_ids, emails))
    is_named = or_(Person.external_id.in_(external_ids), Person.email.in_(emails), Person.id.in_(had))
    return db.session.scalars(_whole().where(is_named).order_by(Person.id)).all()


def people_meant(entries: Sequence[PersonEntry]) -> Known[Person]:
    """The people whom some hundred entries may mean."""
    known: Known[Person] = Known()
    numbers = {entry.external_id for entry in entries if entry.external_id}
    emails = {entry.email for entry in entries if entry.email}
    found = {somebody.id: somebody for somebody in people_named(numbers, emails)}
    for somebody in found.values():
        known.add(somebody)
    for former in db.session.scalars(select(MergedPerson).where(_had(numbers, emails))):
        known.add_former(former, found[former.person_id])
    return known


def _had(external_ids: Collection[str], emails: Collection[str]) -> ColumnElement[bool]:
    return or_(MergedPerson.external_id.in_(external_ids), MergedPerson.email.in_(emails))


def find_people(
    words: str = "", status: str = "all", cursor: str | None = None, *, on: date | None = None
) -> Page[Person]:
    """Who matches, the last to come first: words in name, number or address, and how they stand; see STATUSES."""
    query = _whole().where(*_matching(words, status, on)).order_by(Person.id.desc())
    if cursor:
        query = query.where(Person.id < _last_seen(cursor))
    return page(db.session.scalars(query.limit(PAGE_SIZE + 1)).all(), lambda row: [str(row.id)])


def count_people(words: str = "", status: str = "all", *, on: date | None = None) -> int:
    """How many `find_people` finds in all."""
    return db.session.scalar(select(func.count()).select_from(Person).where(*_matching(words, status, on))) or 0


def _whole() -> Select[Person]:
    return select(Person).options(selectinload(Person.lifetimes))


def _last_seen(cursor: str) -> UUID:
    try:
        return UUID(decode(cursor, parts=1)[0])
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None


def _matching(words: str, status: str, on: date | None) -> list[ColumnElement[bool]]:
    """The one filter behind every list of people and its count."""
    if status not in STANDS:
        raise Refused(_("There is no such group of people. Ask for one of %(groups)s.", groups=", ".join(STANDS)))
    columns = (Person.name, Person.external_id, Person.email)
    has_words = [func.lower(column).contains(words.lower(), autoescape=True) for column in columns]
    return [*([or_(*has_words)] if words else []), *STANDS[status](), *([_was_customer(on)] if on else [])]


def _has_stay(*such: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Lifetime.person_id == Person.id, *such)


def _is_customer() -> ColumnElement[bool]:
    return _has_stay(Lifetime.ended_on.is_(None))


def _was_customer(on: date) -> ColumnElement[bool]:
    """Whether somebody was a customer when this day began; a stay whose first day is not known had begun."""
    begun = or_(Lifetime.started_on.is_(None), Lifetime.started_on < on)
    return _has_stay(begun, or_(Lifetime.ended_on.is_(None), Lifetime.ended_on >= on))


# How somebody stands (`Person.standing`), as SQL; with the labels of the page.
STANDS: Mapping[str, Callable[[], tuple[ColumnElement[bool], ...]]] = {
    "all": lambda: (),
    "customers": lambda: (_is_customer(),),
    "left": lambda: (and_(_has_stay(), ~_is_customer()),),
    "ever": lambda: (_has_stay(),),
}
STATUSES: tuple[tuple[str, str], ...] = (
    ("all", lazy_gettext("Everybody")),
    ("customers", lazy_gettext("Customers now")),
    ("left", lazy_gettext("Have left")),
    ("ever", lazy_gettext("Customers, now or before")),
)
