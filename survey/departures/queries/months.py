"""How many people left month by month, and whether a month is like those before it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func, select

from survey.departures.models import Departure
from survey.foundation.db import db
from survey.results.rules.comparisons import MONTHS_LOOKED_BACK, Usual, usual


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
