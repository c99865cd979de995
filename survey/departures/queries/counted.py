"""People who left by the reason that counts: what staff coded after listening, else what was stated first."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func
from sqlalchemy.orm import aliased

from survey.departures.models import Departure, DepartureReason
from survey.departures.queries.filters import First, lost_within

Coded = aliased(DepartureReason, name="coded_reason")


def by_counted_reason(
    query: Select[*tuple[Any, ...]], since: date | None, until: date | None
) -> Select[*tuple[Any, ...]]:
    """The query for people who left, each once, joined with what `counted_code` reads."""
    is_coded = Coded.departure_id == Departure.id, Coded.layer == "coded", Coded.is_primary
    return lost_within(query, since, until).outerjoin(Coded, and_(*is_coded))


def counted_code() -> ColumnElement[str | None]:
    """The code that counts; None where nobody said why, or only in words that fit no code."""
    return func.coalesce(Coded.code, First.code)
