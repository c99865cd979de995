"""The rows behind the figures of recovery: how long people waited, and what became of listening, offers, promises and ends."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, cast, exists, extract, func, literal, or_, select

from survey.departures.models import DepartureReason, ListeningNote, Offer, Promise, RecoveryCase
from survey.departures.queries.cases import is_held_out
from survey.departures.rules.survival import Spell
from survey.departures.rules.works import Parts
from survey.foundation.db import Moment, db


def _seconds(moment: Any) -> Any:
    """A moment as whole seconds, which both databases can subtract alike."""
    if db.session.get_bind().dialect.name == "sqlite":
        return cast(func.strftime("%s", moment), BigInteger)
    return cast(func.floor(extract("epoch", moment)), BigInteger)


def spells(at: datetime) -> list[Spell]:
    """How many whole hours people waited until they were reached, or until their case was closed, or until now; with how many."""
    end = func.coalesce(RecoveryCase.reached_at, RecoveryCase.closed_at, literal(at, Moment()))
    hours = (_seconds(end) - _seconds(RecoveryCase.opened_at)) // 3600
    was_reached = RecoveryCase.reached_at.is_not(None)
    waits = select(hours.label("hours"), was_reached.label("reached")).where(~is_held_out()).subquery()
    query = select(waits.c.hours, waits.c.reached, func.count()).group_by(waits.c.hours, waits.c.reached)
    return [Spell(max(0, hours), bool(reached), n) for hours, reached, n in db.session.execute(query)]


def within_promise(at: datetime) -> Parts:
    """How many were reached within the promised time, of all who were reached or whose time is over.

    Whoever was not reached counts as missed; a case that ended before its time counts neither way.
    """
    reached, until = RecoveryCase.reached_at, RecoveryCase.promised_until
    end = func.coalesce(RecoveryCase.closed_at, literal(at, Moment()))
    columns = func.count().filter(reached <= until), func.count().filter(or_(reached.is_not(None), end > until))
    return Parts(*db.session.execute(select(*columns).select_from(RecoveryCase).where(~is_held_out())).one())


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
