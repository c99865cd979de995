"""The filters of departures: people whom we know, each once, by their last departure in the period; what they gave as reasons."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, Subquery, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from survey.departures.models import Departure, DepartureReason
from survey.departures.models.cases import ContactAttempt, RecoveryCase
from survey.departures.rules import (
    ANSWERED,
    ANSWERED_BEFORE,
    ASKED,
    AT_LENGTH,
    CALLED,
    CONTACT,
    CONTACT_FIRST,
    CONTROL_UNKNOWN,
    CONTROLLABLE,
    DECISION_UNKNOWN,
    ENDED_BY_US,
    LIFE,
    NEVER_ASKED,
    NO_SERVICE,
    NOT_KNOWN,
    OWN,
    PARTLY,
    PAYMENT,
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
    TOLD_OTHERWISE,
    UNCONTROLLABLE,
    VOLUNTARY,
    WORTH_MOST,
)
from survey.departures.rules.windows import COUNTED
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, page
from survey.invitations.models import Invitation
from survey.questionnaires.models import Survey
from survey.reasons.rules import REASONS, Control, Reason, Will
from survey.responses.models import Response
from survey.responses.rules import Voice

Rows = Select[*tuple[Any, ...]]
STATED, CODED = "stated", "coded"
LAYERS = (STATED, CODED)


First = aliased(DepartureReason, name="first_reason")  # the primary reason in the layer that is looked at


def lost_within(
    query: Rows, since: date | None, until: date | None, reason: str | None = None, *, layer: str = STATED
) -> Rows:
    """The query for people whom we know, each once, by their last departure in a period, and by a reason where one is named.

    `layer` says whose word counts: what people stated, or what was coded by somebody who listened.
    """
    if layer not in LAYERS:
        raise Refused(_("Reasons are looked at as people stated them, or as they were coded. Choose one."))
    later = aliased(Departure)
    is_later = or_(later.left_on > Departure.left_on, and_(later.left_on == Departure.left_on, later.id > Departure.id))
    again = exists().where(later.person_id == Departure.person_id, is_later, *_within(later, since, until))
    is_first = First.departure_id == Departure.id, First.layer == layer, First.is_primary
    found = query.outerjoin(First, and_(*is_first)).where(
        Departure.person_id.is_not(None), ~again, *_within(Departure, since, until)
    )
    if reason == WORTH_MOST:
        return found.where(Departure.id.in_(_worth_most(since, until)))
    return found.where(_gave(reason)) if reason else found


def _worth_most(since: date | None, until: date | None) -> Select[UUID]:
    """The fewest of those who left in a period whose value is half of what was lost, in each currency."""
    valued = by_worth(since, until)
    return select(valued.c.id).where(valued.c.before * 2 < valued.c.whole)


def by_worth(since: date | None, until: date | None) -> Subquery:
    """Those who left with a value, with what all who were worth more are worth together, and all in their currency."""
    value = Departure.value_minor
    so_far = func.sum(value).over(
        partition_by=Departure.currency, order_by=(value.desc(), Departure.id), rows=(None, 0)
    )
    all_of_it = func.sum(value).over(partition_by=Departure.currency)
    columns = Departure.id.label("id"), value.label("value"), (so_far - value).label("before"), all_of_it.label("whole")
    return lost_within(select(*columns).select_from(Departure), since, until).where(value > 0).subquery()


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


def _codes(is_such: Callable[[Reason], bool]) -> ColumnElement[bool]:
    return First.code.in_([code for code, reason in REASONS.items() if is_such(reason)])


def _decided(will: Will) -> ColumnElement[bool]:
    return _codes(lambda reason: reason.will == will)


def _could(control: Control) -> ColumnElement[bool]:
    return _codes(lambda reason: reason.control == control)


def _is_none(*parts: ColumnElement[bool]) -> ColumnElement[bool]:
    """None of these, where a missing reason is none of them either."""
    return or_(First.code.is_(None), not_(or_(*parts)))


def _answered() -> ColumnElement[bool]:
    return Departure.response_id.is_not(None)


def _called() -> ColumnElement[bool]:
    """Whether somebody spoke with them without their having answered, as far as calls are written down."""
    return and_(not_(_answered()), calls())


def _told_otherwise() -> ColumnElement[bool]:
    return and_(not_(_answered()), not_(calls()), _told())


def _unheard() -> ColumnElement[bool]:
    return and_(not_(_answered()), not_(calls()), _says_nothing())


def _was_asked() -> Exists:
    asked = exists().where(Invitation.person_id == Departure.person_id, Invitation.survey_id == Survey.id)
    return asked.where(Survey.purpose == "exit")


def _answered_before() -> Exists:
    return exists().where(Response.person_id == Departure.person_id, *said_before())


def said_before() -> list[ColumnElement[bool]]:
    """The answers of those who left that gave a score before they went, to surveys that show whose they are."""
    identified = exists().where(
        Survey.id == Response.survey_id, Survey.privacy == "identified", Survey.purpose != "exit"
    )
    return [
        Response.score.is_not(None),
        Response.set_aside.is_(None),
        Response.voice != Voice.UNVERIFIED,
        Response.submitted_on <= Departure.left_on,
        identified,
    ]


def calls() -> ColumnElement[bool]:
    """Whether somebody of the team spoke with the person, as their case tells."""
    reached = ContactAttempt.was_reached, RecoveryCase.departure_id == Departure.id
    return exists(
        select(ContactAttempt.id).join(RecoveryCase, RecoveryCase.id == ContactAttempt.case_id).where(*reached)
    )


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
    PARTLY: lambda: _could(Control.PARTLY),
    UNCONTROLLABLE: lambda: _could(Control.UNCONTROLLABLE),
    CONTROL_UNKNOWN: lambda: _is_none(*(_could(one) for one in Control if one != Control.NONE)),
    VOLUNTARY: lambda: _decided(Will.VOLUNTARY),
    LIFE: lambda: _decided(Will.LIFE_EVENT),
    PAYMENT: lambda: _decided(Will.BILLING),
    ENDED_BY_US: lambda: _decided(Will.FIRM),
    DECISION_UNKNOWN: lambda: _is_none(*(_decided(one) for one in Will if one != Will.NONE)),
    ANSWERED: _answered,
    CALLED: _called,
    TOLD_OTHERWISE: _told_otherwise,
    ASKED: lambda: and_(_unheard(), _was_asked()),
    NEVER_ASKED: lambda: and_(_unheard(), not_(_was_asked())),
    ANSWERED_BEFORE: _answered_before,
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
