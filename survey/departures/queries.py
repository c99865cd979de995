"""Reads about people who left.

`_lost` is the one filter behind every count and its list: people whom we know, each once, by their last departure in
the period. `reason` is a key of `rules.key_of`, or TOLD, or SAID with words.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, and_, case, exists, extract, func, not_, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

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
    ReasonCount,
    ReasonRow,
    reason_counts,
)
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, page
from survey.questionnaires.models import Survey
from survey.reasons.rules import REASONS, Control
from survey.responses.models import Response
from survey.results.rules.comparisons import MONTHS_LOOKED_BACK, Usual, usual
from survey.text.models import Comment

Rows = Select[*tuple[Any, ...]]
First = aliased(DepartureReason, name="first_reason")  # the primary reason that was stated


def lost_people(
    *, since: date | None = None, until: date | None = None, reason: str | None = None, cursor: str | None = None
) -> Page[Departure]:
    """The people who left from since to until, both included, the last to leave first; with person and reasons."""
    query = _lost(select(Departure), since, until, reason).options(
        joinedload(Departure.person), selectinload(Departure.reasons)
    )
    return _newest(query, cursor)


def count_lost(*, since: date | None = None, until: date | None = None, reason: str | None = None) -> int:
    """How many `lost_people` there are."""
    return db.session.scalar(_lost(select(func.count()).select_from(Departure), since, until, reason)) or 0


def count_each(reasons: Collection[str], *, since: date | None = None, until: date | None = None) -> Mapping[str, int]:
    """How many people `lost_people` lists for each of these keys of `GAVE`, in one query."""
    columns = [func.count(case((GAVE[reason](), 1))) for reason in reasons]
    found = db.session.execute(_lost(select(*columns).select_from(Departure), since, until)).one()
    return dict(zip(reasons, found, strict=True))


def told_why(*, since: date | None = None, until: date | None = None) -> int:
    """How many of the people who left said why."""
    return count_lost(since=since, until=until, reason=TOLD)


def reasons_as_people(*, since: date | None = None, until: date | None = None) -> list[ReasonCount]:
    """Everybody who left, once, by the reason they stated first; the rows sum to the people."""
    columns = First.code, First.words, Departure.currency, func.count(), func.sum(Departure.value_minor)
    grouped = _lost(select(*columns).select_from(Departure), since, until).group_by(
        First.code, First.words, Departure.currency
    )
    return reason_counts(
        [ReasonRow(code, words, money, n, _whole(sum_)) for code, words, money, n, sum_ in db.session.execute(grouped)]
    )


def stated_words(*, since: date | None = None, until: date | None = None) -> list[tuple[str, str | None, int]]:
    """The short texts that were given as the first reason, as they were said: words, code, people; the most first."""
    columns = First.words, func.min(First.code), func.count()
    is_short = First.words != "", func.length(First.words) <= SHORT
    grouped = _lost(select(*columns).select_from(Departure), since, until).where(*is_short).group_by(First.words)
    return [
        (words, code, n) for words, code, n in db.session.execute(grouped.order_by(func.count().desc(), First.words))
    ]


def value_lost(*, since: date | None = None, until: date | None = None, reason: str | None = None) -> dict[str, int]:
    """What the people who left were worth, in minor units by currency."""
    columns = Departure.currency, func.sum(Departure.value_minor)
    grouped = _lost(select(*columns).select_from(Departure), since, until, reason).where(
        Departure.value_minor.is_not(None)
    )
    rows = db.session.execute(grouped.group_by(Departure.currency).order_by(Departure.currency))
    return {currency or "": int(minor) for currency, minor in rows}


def count_valued(*, since: date | None = None, until: date | None = None) -> int:
    """How many of the people who left we know the worth of."""
    counted = _lost(select(func.count(Departure.value_minor)).select_from(Departure), since, until)
    return db.session.scalar(counted) or 0


def monthly_losses(until: date, months: int) -> list[tuple[date, int]]:
    """How many people left in each of so many months, the last of them that of `until`; by its first day, oldest first."""
    number = until.year * 12 + until.month - 1
    starts = [date(n // 12, n % 12 + 1, 1) for n in range(number - months + 1, number + 1)]
    year, month = extract("year", Departure.left_on), extract("month", Departure.left_on)
    query = select(year, month, func.count(Departure.person_id.distinct())).where(
        Departure.left_on >= starts[0], Departure.left_on < date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    )
    counted = {(int(y), int(m)): n for y, m, n in db.session.execute(query.group_by(year, month))}
    return [(start, counted.get((start.year, start.month), 0)) for start in starts]


def first_loss() -> date | None:
    """When the first person left, as far as we know."""
    return db.session.scalar(select(func.min(Departure.left_on)).where(Departure.person_id.is_not(None)))


@dataclass(frozen=True)
class Course:
    """Whether as many people left in a month as usual; `about` so many would be, `by` a day or, None, in all of it."""

    verdict: Usual = "unknown"
    about: int | None = None
    by: date | None = None


def course(month: date, today: date) -> Course:
    """Compare a month with those before it, by the same day where it is not over; months before the first loss do not count.

    What is usual is the mean of the months that it is compared with, times the part of the month that has passed.
    """
    *before, (_, current) = monthly_losses(month, MONTHS_LOOKED_BACK + 1)
    first = first_loss()
    counted = [n for start, n in before if first is not None and start >= first.replace(day=1)]
    by = today if (month.year, month.month) == (today.year, today.month) else None
    part = by.day / monthrange(by.year, by.month)[1] if by else 1.0
    verdict = usual(counted, current, part_of_month=part)
    return Course(verdict, None if verdict == "unknown" else round(part * sum(counted) / len(counted)), by)


# ---- exit answers that nobody is known by -------------------------------------------------------------------------


def count_unmatched(*, since: date | None = None, until: date | None = None) -> int:
    """How many exit answers there are whose person we do not know."""
    return db.session.scalar(select(func.count()).select_from(Departure).where(*_unmatched(since, until))) or 0


def unmatched(*, since: date | None = None, until: date | None = None, cursor: str | None = None) -> Page[Departure]:
    """The exit answers whose person we do not know, the newest first, with reasons."""
    return _newest(select(Departure).where(*_unmatched(since, until)).options(selectinload(Departure.reasons)), cursor)


def comments_of(response_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Comment]]:
    """What was written in these responses, with the reasons read in it, by response."""
    found: dict[UUID, list[Comment]] = {}
    query = select(Comment).where(Comment.response_id.in_(response_ids)).options(selectinload(Comment.reasons))
    for comment in db.session.scalars(query.order_by(Comment.id)):
        found.setdefault(comment.response_id, []).append(comment)
    return found


def newest_words(
    *, since: date | None = None, until: date | None = None, limit: int = 4
) -> list[tuple[Departure, Comment]]:
    """What people wrote who left in a period, the newest first."""
    query = _lost(select(Departure, Comment).select_from(Departure), since, until)
    query = query.join(Comment, Comment.response_id == Departure.response_id)
    newest = query.order_by(Departure.left_on.desc(), Departure.id.desc()).limit(limit)
    return [
        (row[0], row[1])
        for row in db.session.execute(newest.options(joinedload(Departure.person), selectinload(Departure.reasons)))
    ]


def stated_in(response_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[str]]:
    """The codes of the reasons that were stated by whoever gave these responses and left, the main one first."""
    is_stated = DepartureReason.layer == "stated", DepartureReason.code.is_not(None)
    query = select(Departure.response_id, DepartureReason.code).join(
        DepartureReason, DepartureReason.departure_id == Departure.id
    )
    found: dict[Any, list[Any]] = {}
    chosen = query.where(Departure.response_id.in_(response_ids), *is_stated)
    for id, code in db.session.execute(chosen.order_by(DepartureReason.is_primary.desc(), DepartureReason.id)):
        found.setdefault(id, []).append(code)
    return found


# ---- one person ---------------------------------------------------------------------------------------------------


def departures_of(person_id: UUID) -> Sequence[Departure]:
    """The departures of a person, the last first."""
    query = select(Departure).where(Departure.person_id == person_id).options(selectinload(Departure.reasons))
    return db.session.scalars(query.order_by(Departure.left_on.desc(), Departure.id.desc())).all()


def answers_of(person_id: UUID) -> Sequence[Response]:
    """A person's answers to surveys that say that single answers are seen, the newest first, with their survey."""
    query = (
        select(Response)
        .join(Survey)
        .where(Response.person_id == person_id, Survey.privacy == "identified", Response.set_aside.is_(None))
    )
    newest = query.order_by(Response.submitted_on.desc(), Response.id.desc())
    return db.session.scalars(newest.options(joinedload(Response.survey))).all()


# ---- the filters --------------------------------------------------------------------------------------------------


def _lost(query: Rows, since: date | None, until: date | None, reason: str | None = None) -> Rows:
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


def _unmatched(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
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
    if reason not in REASONS:
        raise Refused(_("There is no such reason."))
    return First.code == reason


def _newest(query: Rows, cursor: str | None) -> Page[Departure]:
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


def _whole(total: Any) -> int | None:
    return None if total is None else int(total)
