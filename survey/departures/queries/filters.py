"""The filters of departures: people whom we know, each once, by their last departure in the period; what they gave as reasons."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from survey.departures.models import Departure, DepartureReason
from survey.departures.rules import (
    AT_LENGTH,
    CONTACT,
    CONTACT_FIRST,
    CONTROLLABLE,
    NO_SERVICE,
    NOT_KNOWN,
    OWN,
    SAID,
    SERVICE,
    SERVICE_ANY,
    SERVICE_FIRST,
    SERVICE_TOO,
    SERVICE_UNCLEAR,
    SEVERAL,
    SHORT,
    TOLD,
    TOLD_AT_EXIT,
)
from survey.departures.rules.windows import COUNTED
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, page
from survey.reasons.rules import REASONS, Control

Rows = Select[*tuple[Any, ...]]


First = aliased(DepartureReason, name="first_reason")  # the primary reason that was stated


def lost_within(query: Rows, since: date | None, until: date | None, reason: str | None = None) -> Rows:
    """The query for people whom we know, each once, by their last departure in a period, and by a reason where one is named."""
    later = aliased(Departure)
    is_later = or_(later.left_on > Departure.left_on, and_(later.left_on == Departure.left_on, later.id > Departure.id))
    again = exists().where(later.person_id == Departure.person_id, is_later, *_within(later, since, until))
    is_first = First.departure_id == Departure.id, First.layer == "stated", First.is_primary
    found = query.outerjoin(First, and_(*is_first)).where(
        Departure.person_id.is_not(None), ~again, *_within(Departure, since, until)
    )
    return found.where(_gave(reason)) if reason else found


def _within(departure: Any, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    return [*([departure.left_on >= since] if since else []), *([departure.left_on <= until] if until else [])]


def is_unmatched(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Exit answers of a period whose person we do not know."""
    return [Departure.person_id.is_(None), *_within(Departure, since, until)]


def _says_nothing() -> ColumnElement[bool]:
    return or_(First.id.is_(None), First.code.like("Z%"))


def _told() -> ColumnElement[bool]:
    return and_(First.id.is_not(None), or_(First.code.is_(None), First.code.not_like("Z%")))


def _level(code: Any) -> ColumnElement[str]:
    return func.substr(func.coalesce(code, ""), 1, 1)


def _names_service() -> Exists:
    """Whether any reason that was stated, the first or another, is one of service."""
    any_ = aliased(DepartureReason)
    return exists().where(any_.departure_id == Departure.id, any_.layer == First.layer, _level(any_.code).in_(SERVICE))


def _several() -> ColumnElement[bool]:
    """Whether two reasons that tell something were stated, where an exit survey let people state more than one."""
    each = aliased(DepartureReason)
    is_known = or_(each.code.is_(None), each.code.not_like("Z%"))
    known = select(func.count()).where(each.departure_id == Departure.id, each.layer == First.layer, is_known)
    return and_(Departure.response_id.is_not(None), known.correlate(Departure, First).scalar_subquery() > 1)


def _controllable() -> ColumnElement[bool]:
    return First.code.in_([code for code, reason in REASONS.items() if reason.control == Control.CONTROLLABLE])


GAVE: Mapping[str, Callable[[], ColumnElement[bool]]] = {
    NOT_KNOWN: _says_nothing,
    TOLD: _told,
    AT_LENGTH: lambda: and_(First.code.is_(None), func.length(First.words) > SHORT),
    SERVICE_FIRST: lambda: _level(First.code).in_(SERVICE),
    SERVICE_TOO: lambda: and_(_names_service(), _level(First.code).not_in(SERVICE)),
    SERVICE_ANY: _names_service,
    NO_SERVICE: lambda: and_(not_(_names_service()), _level(First.code).not_in(["", "Z"])),
    SERVICE_UNCLEAR: lambda: and_(not_(_names_service()), _level(First.code).in_(["", "Z"])),
    CONTACT_FIRST: lambda: _level(First.code).in_(CONTACT),
    CONTROLLABLE: _controllable,
    SEVERAL: _several,
    TOLD_AT_EXIT: lambda: and_(Departure.response_id.is_not(None), _told()),
}


def _gave(reason: str) -> ColumnElement[bool]:
    if reason in GAVE:
        return GAVE[reason]()
    if reason.startswith(OWN):
        return and_(First.code.is_(None), First.words == reason.removeprefix(OWN))
    if reason.startswith(SAID):
        return First.words == reason.removeprefix(SAID)
    if reason.startswith(COUNTED):
        return _counts_as(reason.removeprefix(COUNTED))
    if reason not in REASONS:
        raise Refused(_("There is no such reason."))
    return First.code == reason


def _counts_as(code: str) -> ColumnElement[bool]:
    """Whether this is the reason that counts: what staff coded, else what was stated first."""
    coded = aliased(DepartureReason)
    is_coded = coded.departure_id == Departure.id, coded.layer == "coded", coded.is_primary
    found = select(coded.code).where(*is_coded).correlate(Departure).scalar_subquery()
    return func.coalesce(found, First.code) == code


def newest_first(query: Rows, cursor: str | None) -> Page[Departure]:
    """A page of departures, the last first."""
    if cursor:
        left_on, id = _last_seen(cursor)
        query = query.where(or_(Departure.left_on < left_on, and_(Departure.left_on == left_on, Departure.id < id)))
    rows = db.session.scalars(query.order_by(Departure.left_on.desc(), Departure.id.desc()).limit(PAGE_SIZE + 1)).all()
    return page(rows, lambda row: [row.left_on.isoformat(), str(row.id)])


def _last_seen(cursor: str) -> tuple[date, UUID]:
    try:
        left_on, id = decode(cursor, parts=2)
        return date.fromisoformat(left_on), UUID(id)
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None
