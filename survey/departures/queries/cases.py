"""Recovery cases: the queue, one case with all that belongs to it, and who came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from survey.customers.models import Lifetime, Person
from survey.departures.models import (
    CaseEvent,
    ContactAttempt,
    Departure,
    DepartureReason,
    HoldOut,
    ListeningNote,
    Offer,
    OfferTemplate,
    Promise,
    RecoveryCase,
)
from survey.departures.rules.cases import ENDS, RUNNING, State
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, encode

LATE, OTHERS, CLOSED = "late", "others", "closed"  # the parts of a list, one after the other
ALL, MINE, NOBODYS, ENDED, HELD = "all", "mine", "nobodys", "ended", "held"
BIGGEST = 2**63  # what a column can hold
Cases = Select[RecoveryCase]


# ---- the queue ----------------------------------------------------------------------------------------------------


def is_held_out() -> ColumnElement[bool]:
    """Whether a case was drawn to be left alone."""
    return exists().where(HoldOut.case_id == RecoveryCase.id)


def _shown(show: str, by: UUID | None) -> list[ColumnElement[bool]]:
    """The one filter behind every list of cases and its count: a name of above, or a state."""
    is_open = RecoveryCase.closed_at.is_(None)
    known: Mapping[str, list[ColumnElement[bool]]] = {
        ALL: [is_open, ~is_held_out()],
        MINE: [is_open, ~is_held_out(), RecoveryCase.owner_id == by],
        NOBODYS: [is_open, ~is_held_out(), RecoveryCase.owner_id.is_(None)],
        ENDED: [~is_open],
        HELD: [is_open, is_held_out()],
        **{state: [is_open, RecoveryCase.state == state, ~is_held_out()] for state in RUNNING},
        **{state: [RecoveryCase.state == state] for state in ENDS},
    }
    if show not in known:
        raise Refused(_("There is no such list of cases."))
    return known[show]


def queue(*, show: str = ALL, by: UUID | None = None, at: datetime, cursor: str | None = None) -> Page[RecoveryCase]:
    """A page of cases: who waits too long first, the longest wait before the others; then by what they were worth.

    Closed cases come the last closed first. With their person, owner and reasons.
    """
    part, at, key, id = _seen(cursor, at)
    chosen = select(RecoveryCase).where(*_shown(show, by)).options(*_whole())
    is_closed = show == ENDED or show in ENDS
    found: list[tuple[str, RecoveryCase]] = []
    for name in (CLOSED,) if is_closed else (LATE, OTHERS):
        if part is None or part == name:
            rows = _part(chosen, name, at, key, id, limit=PAGE_SIZE + 1 - len(found))
            found += [(name, row) for row in rows]
            part = key = id = None
        if len(found) > PAGE_SIZE:
            break
    shown = found[:PAGE_SIZE]
    more = encode(_keys(*shown[-1], at)) if len(found) > PAGE_SIZE else None
    return Page([row for _name, row in shown], more)


def _whole() -> list[Any]:
    return [
        joinedload(RecoveryCase.person),
        joinedload(RecoveryCase.owner),
        joinedload(RecoveryCase.departure).selectinload(Departure.reasons),
    ]


def _is_late(at: datetime) -> ColumnElement[bool]:
    return and_(RecoveryCase.reached_at.is_(None), RecoveryCase.promised_until <= at)


def _part(
    chosen: Cases, name: str, at: datetime, key: str | None, id: str | None, *, limit: int
) -> Sequence[RecoveryCase]:
    column, goes_down = _column(name), name == CLOSED
    if name != CLOSED:
        chosen = chosen.where(_is_late(at) if name == LATE else ~_is_late(at))
    if key is not None and id is not None:
        last: Any = int(key) if name == OTHERS else datetime.fromisoformat(key)
        further = _further(column, last, goes_down)
        chosen = chosen.where(or_(further, and_(column == last, _further(RecoveryCase.id, UUID(id), goes_down))))
    order = [each.desc() if goes_down else each.asc() for each in (column, RecoveryCase.id)]
    return db.session.scalars(chosen.order_by(*order).limit(limit)).all()


def _further(column: Any, last: Any, goes_down: bool) -> ColumnElement[bool]:
    further: ColumnElement[bool] = column < last if goes_down else column > last
    return further


def _column(name: str) -> Any:
    return {
        LATE: RecoveryCase.promised_until, OTHERS: RecoveryCase.worth_order, CLOSED: RecoveryCase.closed_at,
    }[name]  # fmt: skip


def _keys(name: str, row: RecoveryCase, at: datetime) -> list[str]:
    value = {LATE: row.promised_until, OTHERS: row.worth_order, CLOSED: row.closed_at}[name]
    said = value.isoformat() if isinstance(value, datetime) else str(value)
    return [name, at.isoformat(), said, str(row.id)]


def _seen(cursor: str | None, at: datetime) -> tuple[str | None, datetime, str | None, str | None]:
    """Where a list goes on, as it stood when it was begun."""
    if not cursor:
        return None, at, None, None
    part, began, key, id = decode(cursor, parts=4)
    try:
        moment, _id = datetime.fromisoformat(began), UUID(id)
        if part not in (LATE, OTHERS, CLOSED) or moment.tzinfo is None:
            raise ValueError
        if part != OTHERS and datetime.fromisoformat(key).tzinfo is None:
            raise ValueError
        if part == OTHERS and abs(int(key)) >= BIGGEST:
            raise ValueError
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None
    return part, moment, key, id


@dataclass(frozen=True)
class Counts:
    """How many cases there are by state, and of the open ones how many wait too long, are somebody’s, or nobody’s."""

    by_state: Mapping[State, int]
    late: int
    mine: int
    nobodys: int
    held: int

    @property
    def open(self) -> int:
        """How many are open and not left alone by chance."""
        return sum(self.by_state.get(state, 0) for state in RUNNING)

    @property
    def ended(self) -> int:
        """How many have ended."""
        return sum(self.by_state.get(state, 0) for state in ENDS)


def counts(*, by: UUID | None, at: datetime) -> Counts:
    """Count the cases, in two queries."""
    is_open, is_held = RecoveryCase.closed_at.is_(None), HoldOut.case_id.is_not(None)
    both = select(RecoveryCase).outerjoin(HoldOut, HoldOut.case_id == RecoveryCase.id)
    by_state = both.with_only_columns(RecoveryCase.state, func.count()).where(or_(~is_open, ~is_held))
    columns: list[Any] = [
        func.count().filter(_is_late(at), ~is_held),
        func.count().filter(RecoveryCase.owner_id == by, ~is_held),
        func.count().filter(RecoveryCase.owner_id.is_(None), ~is_held),
        func.count().filter(is_held),
    ]
    late, mine, nobodys, held = tuple(db.session.execute(both.with_only_columns(*columns).where(is_open)).one())
    grouped = db.session.execute(by_state.group_by(RecoveryCase.state))
    return Counts({State(state): n for state, n in grouped}, late, mine, nobodys, held)


# ---- one case -----------------------------------------------------------------------------------------------------


def case(id: UUID) -> RecoveryCase | None:
    """The case with this id, with its person, owner and reasons."""
    return db.session.scalar(
        select(RecoveryCase)
        .where(RecoveryCase.id == id)
        .options(
            joinedload(RecoveryCase.person).selectinload(Person.lifetimes),
            joinedload(RecoveryCase.person).selectinload(Person.consents),
            joinedload(RecoveryCase.owner),
            joinedload(RecoveryCase.departure).selectinload(Departure.reasons),
        )
    )


def cases_of(person_id: UUID) -> Sequence[RecoveryCase]:
    """The cases of a person, the last opened first."""
    theirs = select(RecoveryCase).where(RecoveryCase.person_id == person_id)
    return db.session.scalars(theirs.order_by(RecoveryCase.opened_at.desc(), RecoveryCase.id.desc())).all()


@dataclass(frozen=True)
class Belongings:
    """Everything that belongs to a case, each in its order."""

    events: Sequence[CaseEvent]
    attempts: Sequence[ContactAttempt]
    notes: Sequence[ListeningNote]
    promises: Sequence[Promise]
    offers: Sequence[Offer]
    is_held_out: bool


def belongings(case_id: UUID) -> Belongings:
    """Read everything that belongs to a case; a query for each kind."""

    def rows(model: Any, *order: Any) -> Sequence[Any]:
        return db.session.scalars(select(model).where(model.case_id == case_id).order_by(*order)).all()

    return Belongings(
        events=rows(CaseEvent, CaseEvent.version),
        attempts=rows(ContactAttempt, ContactAttempt.at, ContactAttempt.id),
        notes=rows(ListeningNote, ListeningNote.at, ListeningNote.id),
        promises=rows(Promise, Promise.due_on, Promise.id),
        offers=db.session.scalars(
            select(Offer)
            .where(Offer.case_id == case_id)
            .options(joinedload(Offer.template))
            .order_by(Offer.at, Offer.id)
        ).all(),
        is_held_out=db.session.get(HoldOut, case_id) is not None,
    )


def events_since(case_id: UUID, version: int) -> Sequence[CaseEvent]:
    """What happened to a case after a version of it."""
    later = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.version > version)
    return db.session.scalars(later.order_by(CaseEvent.version)).all()


def note_with(token_hash: str) -> ListeningNote | None:
    """The note that a link asks about, with its case and person."""
    whole = joinedload(ListeningNote.case).joinedload(RecoveryCase.person)
    return db.session.scalar(select(ListeningNote).where(ListeningNote.token_hash == token_hash).options(whole))


def listening_note(id: UUID) -> ListeningNote | None:
    """The note with this id, with its case."""
    return db.session.scalar(
        select(ListeningNote).where(ListeningNote.id == id).options(joinedload(ListeningNote.case))
    )


def reasons_of(departure_id: UUID) -> list[str]:
    """The reasons that the person stated and that staff noted, by code."""
    layers = DepartureReason.layer.in_(("stated", "coded", "root_cause"))
    query = select(DepartureReason.code).where(DepartureReason.departure_id == departure_id, layers)
    return [code for code in db.session.scalars(query) if code]


def templates(*, with_retired: bool = False) -> Sequence[OfferTemplate]:
    """The offers that may be made, by name; with those that are made no more, after them."""
    query = select(OfferTemplate).order_by(OfferTemplate.retired_at.is_not(None), func.lower(OfferTemplate.name))
    return db.session.scalars(query if with_retired else query.where(OfferTemplate.retired_at.is_(None))).all()


def waiting_offers() -> Sequence[Offer]:
    """The offers that wait for a leader, the oldest first, with their case and person."""
    whole = joinedload(Offer.case).joinedload(RecoveryCase.person), joinedload(Offer.template)
    return db.session.scalars(
        select(Offer).where(Offer.state == "drafted").options(*whole).order_by(Offer.at, Offer.id)
    ).all()


def open_promises(*, until: date) -> int:
    """How many promises are due by a day and not kept."""
    due = Promise.kept_on.is_(None), Promise.due_on <= until
    return db.session.scalar(select(func.count()).select_from(Promise).where(*due)) or 0


# ---- coming back --------------------------------------------------------------------------------------------------


def _stay_after() -> ColumnElement[bool]:
    """Whether the person of a case is a customer again: a stay began after they left."""
    began = or_(
        Lifetime.started_on > Departure.left_on, and_(Lifetime.started_on.is_(None), Lifetime.ended_on.is_(None))
    )
    is_other = or_(RecoveryCase.lifetime_id.is_(None), Lifetime.id != RecoveryCase.lifetime_id)
    return exists().where(
        Departure.id == RecoveryCase.departure_id, Lifetime.person_id == RecoveryCase.person_id, is_other, began
    )


def has_returned(case: RecoveryCase) -> bool:
    """Whether the person of a case is a customer again."""
    return db.session.scalar(select(RecoveryCase.id).where(RecoveryCase.id == case.id, _stay_after())) is not None


def returned_cases(limit: int) -> Sequence[UUID]:
    """Some open cases whose person is a customer again."""
    back = select(RecoveryCase.id).where(RecoveryCase.closed_at.is_(None), _stay_after())
    return db.session.scalars(back.limit(limit)).all()
