"""Reads about priorities. People are counted as `/lost` lists them: once, by their last departure, for one reason."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from survey.access.models import User
from survey.departures.models import Departure, DepartureReason
from survey.departures.queries.counted import by_counted_reason, counted_code
from survey.foundation.db import db
from survey.priorities.models import LEADING, Theme
from survey.priorities.rules import Loss


def losses(since: date, until: date, codes: Collection[str] | None = None) -> list[Loss]:
    """Everybody who left from since to until, by reason, day and currency; of these reasons alone where some are named."""
    columns = counted_code(), Departure.left_on, Departure.currency, func.count(), func.sum(Departure.value_minor)
    query = by_counted_reason(select(*columns).select_from(Departure), since, until)
    if codes is not None:
        query = query.where(counted_code().in_(list(codes)))
    grouped = query.group_by(columns[0], Departure.left_on, Departure.currency)
    return [
        Loss(code, left_on, people, currency, None if value is None else int(value))
        for code, left_on, currency, people, value in db.session.execute(grouped)
    ]


def newest_rows() -> tuple[UUID | None, UUID | None]:
    """The ids of the departure and of the reason that were stored last: while they stay the same, nobody new is counted."""
    departure = select(Departure.id).order_by(Departure.id.desc()).limit(1).scalar_subquery()
    reason = select(DepartureReason.id).order_by(DepartureReason.id.desc()).limit(1).scalar_subquery()
    found = db.session.execute(select(departure, reason)).one()
    return found[0], found[1]


def themes() -> Sequence[Theme]:
    """Every theme that is or was a priority, with its owner: those that have been one longest first."""
    query = select(Theme).options(joinedload(Theme.owner)).order_by(Theme.priority_since, Theme.id)
    return db.session.scalars(query).all()


def open_themes() -> Sequence[Theme]:
    """Those that are not settled."""
    return [theme for theme in themes() if theme.settled_on is None]


def theme(id: UUID) -> Theme | None:
    """One theme with its owner."""
    return db.session.scalar(select(Theme).where(Theme.id == id).options(joinedload(Theme.owner)))


def leaders() -> Sequence[User]:
    """Who can answer for a priority: everybody who leads here and may sign in, by name."""
    query = select(User).where(User.active, User.role.in_(LEADING)).order_by(func.lower(User.name), User.email)
    return db.session.scalars(query).all()
