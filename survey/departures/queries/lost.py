"""The people who left, their reasons and their worth."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from survey.departures.models import Departure, DepartureReason
from survey.departures.queries.filters import CODED, GAVE, STATED, First, by_worth, lost_within, newest_first
from survey.departures.rules import (
    SHORT,
    TOLD,
    ReasonCount,
    ReasonRow,
    reason_counts,
)
from survey.foundation.db import db
from survey.foundation.paging import Page
from survey.text.models import Comment


def lost_people(
    *,
    since: date | None = None,
    until: date | None = None,
    reason: str | None = None,
    cursor: str | None = None,
    layer: str = STATED,
) -> Page[Departure]:
    """The people who left from since to until, both included, the last to leave first; with person and reasons."""
    query = lost_within(select(Departure), since, until, reason, layer=layer).options(
        joinedload(Departure.person), selectinload(Departure.reasons)
    )
    return newest_first(query, cursor)


def count_lost(
    *, since: date | None = None, until: date | None = None, reason: str | None = None, layer: str = STATED
) -> int:
    """How many `lost_people` there are."""
    counted = lost_within(select(func.count()).select_from(Departure), since, until, reason, layer=layer)
    return db.session.scalar(counted) or 0


def count_each(reasons: Collection[str], *, since: date | None = None, until: date | None = None) -> Mapping[str, int]:
    """How many people `lost_people` lists for each of these keys of `GAVE`, in one query."""
    columns = [func.count(case((GAVE[reason](), 1))) for reason in reasons]
    found = db.session.execute(lost_within(select(*columns).select_from(Departure), since, until)).one()
    return dict(zip(reasons, found, strict=True))


def told_why(*, since: date | None = None, until: date | None = None) -> int:
    """How many of the people who left said why."""
    return count_lost(since=since, until=until, reason=TOLD)


def reasons_as_people(
    *, since: date | None = None, until: date | None = None, layer: str = STATED
) -> list[ReasonCount]:
    """Everybody who left, once, by the first reason of a layer; the rows sum to the people."""
    return reason_counts(reason_rows(since=since, until=until, layer=layer))


def reason_rows(*, since: date | None = None, until: date | None = None, layer: str = STATED) -> list[ReasonRow]:
    """The same as it is counted: by code, words and currency. All that a page adds up of everybody comes out of these."""
    columns = First.code, First.words, Departure.currency, func.count(), func.sum(Departure.value_minor)
    grouped = lost_within(
        select(*columns, func.count(Departure.value_minor)).select_from(Departure), since, until, layer=layer
    ).group_by(First.code, First.words, Departure.currency)
    return [
        ReasonRow(code, words, money, n, _whole(sum_), valued)
        for code, words, money, n, sum_, valued in db.session.execute(grouped)
    ]


def worth_most(*, since: date | None = None, until: date | None = None) -> tuple[int, int]:
    """How many people the fewest are who were worth half of what was lost, and what they were worth, in minor units."""
    valued = by_worth(since, until)
    found = select(func.count(), func.sum(valued.c.value)).where(valued.c.before * 2 < valued.c.whole)
    people, value = db.session.execute(found).one()
    return people, _whole(value) or 0


def stated_words(*, since: date | None = None, until: date | None = None) -> list[tuple[str, str | None, int]]:
    """The short texts that were given as the first reason, as they were said: words, code, people; the most first."""
    columns = First.words, func.min(First.code), func.count()
    is_short = First.words != "", func.length(First.words) <= SHORT
    grouped = lost_within(select(*columns).select_from(Departure), since, until).where(*is_short).group_by(First.words)
    return [
        (words, code, n) for words, code, n in db.session.execute(grouped.order_by(func.count().desc(), First.words))
    ]


def value_lost(*, since: date | None = None, until: date | None = None, reason: str | None = None) -> dict[str, int]:
    """What the people who left were worth, in minor units by currency."""
    columns = Departure.currency, func.sum(Departure.value_minor)
    grouped = lost_within(select(*columns).select_from(Departure), since, until, reason).where(
        Departure.value_minor.is_not(None)
    )
    rows = db.session.execute(grouped.group_by(Departure.currency).order_by(Departure.currency))
    return {currency or "": int(minor) for currency, minor in rows}


def has_coded() -> bool:
    """Whether any reason was coded by somebody who listened."""
    return bool(db.session.scalar(select(exists().where(DepartureReason.layer == CODED))))


def count_valued(*, since: date | None = None, until: date | None = None) -> int:
    """How many of the people who left we know the worth of."""
    counted = lost_within(select(func.count(Departure.value_minor)).select_from(Departure), since, until)
    return db.session.scalar(counted) or 0


def newest_words(
    *, since: date | None = None, until: date | None = None, limit: int = 4
) -> list[tuple[Departure, Comment]]:
    """What people wrote who left in a period, the newest first."""
    query = lost_within(select(Departure, Comment).select_from(Departure), since, until)
    query = query.join(Comment, Comment.response_id == Departure.response_id).where(Departure.response_id.is_not(None))
    newest = query.order_by(Departure.left_on.desc(), Departure.id.desc()).limit(limit)
    return [
        (row[0], row[1])
        for row in db.session.execute(newest.options(joinedload(Departure.person), selectinload(Departure.reasons)))
    ]


def _whole(total: Any) -> int | None:
    return None if total is None else int(total)
