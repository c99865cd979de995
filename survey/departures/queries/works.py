"""The rows behind the figures of recovery: how long people waited, and what became of listening, offers, promises and ends."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, or_, select

from survey.departures.models import DepartureReason, ListeningNote, Offer, Promise, RecoveryCase
from survey.departures.queries.cases import is_held_out
from survey.departures.rules.works import Course, Parts
from survey.foundation.db import db


def courses() -> list[Course]:
    """When each case that was not left alone by chance was opened, promised, reached and closed."""
    columns = RecoveryCase.opened_at, RecoveryCase.promised_until, RecoveryCase.reached_at, RecoveryCase.closed_at
    return [Course(*row) for row in db.session.execute(select(*columns).where(~is_held_out()))]


def understood() -> tuple[Parts, int]:
    """Of the cases in which somebody listened: in how many the person says that we understood, and in how many they said no."""
    listened = db.session.scalar(select(func.count(ListeningNote.case_id.distinct()))) or 0
    answered = select(ListeningNote.case_id, func.max(ListeningNote.understood_at).label("at")).where(
        ListeningNote.understood != "unknown"
    )
    last = answered.group_by(ListeningNote.case_id).subquery()
    is_last = ListeningNote.case_id == last.c.case_id, ListeningNote.understood_at == last.c.at
    said = select(ListeningNote.understood, func.count(ListeningNote.case_id.distinct())).join(
        last, ListeningNote.case_id == last.c.case_id
    )
    grouped = said.where(*is_last).group_by(ListeningNote.understood)
    found: dict[str, int] = {answer: n for answer, n in db.session.execute(grouped)}  # noqa: C416
    return Parts(found.get("yes", 0), listened), found.get("no", 0)


def offers_accepted() -> Parts:
    """How many of the offers that were made were accepted."""
    made = Offer.made_at.is_not(None), Offer.state != "withdrawn"
    columns = func.count().filter(Offer.state == "accepted"), func.count()
    return Parts(*db.session.execute(select(*columns).select_from(Offer).where(*made)).one())


def promises_on_time(today: date) -> Parts:
    """How many promises were kept by their day, of those that were kept at all or whose day is over."""
    is_over = or_(Promise.kept_on.is_not(None), Promise.due_on < today)
    columns = func.count().filter(Promise.kept_on <= Promise.due_on), func.count()
    return Parts(*db.session.execute(select(*columns).select_from(Promise).where(is_over)).one())


def ends_with_reason() -> Parts:
    """How many closed cases have a reason that staff noted and that says something."""
    is_coded = exists().where(
        DepartureReason.departure_id == RecoveryCase.departure_id,
        DepartureReason.layer == "coded",
        DepartureReason.is_primary,
        DepartureReason.code.not_like("Z%"),
    )
    columns = func.count().filter(is_coded), func.count()
    closed = RecoveryCase.closed_at.is_not(None)
    return Parts(*db.session.execute(select(*columns).select_from(RecoveryCase).where(closed)).one())


def systemic() -> Parts:
    """How many cases have a cause that can happen to others too, of those of which that was said."""
    columns = func.count().filter(RecoveryCase.scope == "systemic"), func.count(RecoveryCase.scope)
    return Parts(*db.session.execute(select(*columns).select_from(RecoveryCase)).one())


@dataclass(frozen=True)
class Returned:
    """How many came back, of those who were drawn to be left alone and of all others."""

    others: Parts
    held_out: Parts


def returned() -> Returned:
    """Count who came back, apart for those who were left alone by chance."""
    is_back = RecoveryCase.state == "won_back"
    columns = (
        func.count().filter(is_back, ~is_held_out()), func.count().filter(~is_held_out()),
        func.count().filter(is_back, is_held_out()), func.count().filter(is_held_out()),
    )  # fmt: skip
    back, others, held_back, held = db.session.execute(select(*columns).select_from(RecoveryCase)).one()
    return Returned(Parts(back, others), Parts(held_back, held))


def first_case() -> datetime | None:
    """When the first case was opened."""
    return db.session.scalar(select(func.min(RecoveryCase.opened_at)))
