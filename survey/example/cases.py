"""Recovery cases of the example: a few of those who left lately, each at another point of the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from survey.access.actions import create_user
from survey.customers import actions as customers
from survey.customers.models import Person
from survey.customers.rules import PersonEntry
from survey.departures import actions
from survey.departures.actions import Doing
from survey.departures.models import Departure
from survey.departures.rules.cases import Event
from survey.departures.rules.offers import OfferState
from survey.foundation.db import db

DAYS, MOST = 21, 9
SAID = "By the time I get here after work every machine is taken, and I stand around for half an hour. I gave it two months."
PLAYED_BACK = "You left because evenings are too full, and a place that you can count on after six would have kept you."


@dataclass(frozen=True)
class Team:
    """Who works on the cases."""

    robin: UUID
    dana: UUID


@dataclass(frozen=True)
class Told:
    """A case of the story: whose it is, who works on it, and when it was opened."""

    case_id: UUID
    person: Person
    team: Team
    opened_at: datetime

    def doing(self, hours: float, by: UUID | None = None) -> Doing:
        """Somebody does something so many hours after the case was opened."""
        return Doing(by or self.team.robin, self.opened_at + timedelta(hours=hours))


def make_cases(*, today: date, now: datetime) -> int:
    """Open the cases of some who left lately, and let each go its way; returns how many these are."""
    team = Team(*(_colleague(email, name, role) for email, name, role in COLLEAGUES))
    templates = _offers(now)
    found = _leavers(today)
    for index, departure in enumerate(found):
        told = _opened(departure, team, today=today, now=now, hours_ago=HOURS_AGO[index % len(HOURS_AGO)])
        if told is not None:
            WAYS[index % len(WAYS)](told, templates, today)
    actions.note_returns(now=now)
    return len(found)


COLLEAGUES = (("robin@example.com", "Robin Field", "staff"), ("dana@example.com", "Dana Moss", "leader"))
HOURS_AGO = (5, 75, 130, 20, 160, 300, 340, 420, 30)


def _colleague(email: str, name: str, role: str) -> UUID:
    return create_user(email, name=name, role=role).id


def _offers(now: datetime) -> Mapping[str, UUID]:
    place = actions.keep_template(
        name="A place in the evening", kind="fix", words="A machine that is kept for you from six to eight, two evenings a week.",
        codes=["A2"], cap_minor=None, cooldown_days=0, lasts_days=30, open_to_loyal=True, needs_approval=False, now=now,
    )  # fmt: skip
    month = actions.keep_template(
        name="One month on us", kind="credit", words="The first month after you come back costs nothing.", codes=[],
        cap_minor=8000, cooldown_days=365, lasts_days=30, open_to_loyal=False, needs_approval=False, now=now,
    )  # fmt: skip
    return {"place": place.id, "month": month.id}


def _leavers(today: date) -> list[Departure]:
    """Those of the last weeks who were worth most."""
    lately = Departure.left_on > today - timedelta(days=DAYS), Departure.person_id.is_not(None)
    query = select(Departure).where(*lately).order_by(Departure.value_minor.desc(), Departure.id)
    return list(db.session.scalars(query.limit(MOST)))


def _opened(departure: Departure, team: Team, *, today: date, now: datetime, hours_ago: float) -> Told | None:
    departure.known_at = now - timedelta(hours=hours_ago)
    db.session.flush()
    case_id = actions.open_case(departure.id, now=departure.known_at)
    if case_id is None or departure.person is None:
        return None
    return Told(case_id, departure.person, team, departure.known_at)


# ---- the ways that cases go ---------------------------------------------------------------------------------------

Way = Callable[[Told, Mapping[str, UUID], date], None]


def _new(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    """Nobody has looked at it yet."""


def _taken_on(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    actions.triage(told.case_id, owner_id=told.team.robin, code="A2", scope=None, went_to="", doing=told.doing(2))


def _not_reached(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    _taken_on(told, templates, today)
    for hours, channel, note in ((4, "phone", "Nobody answered."), (28, "email", "Asked when a call would suit.")):
        actions.note_attempt(told.case_id, channel=channel, was_reached=False, minutes=None, note=note, next_on=None,
                             doing=told.doing(hours))  # fmt: skip


def _listened(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    _taken_on(told, templates, today)
    actions.note_attempt(told.case_id, channel="phone", was_reached=True, minutes=14, note="A good talk.", next_on=None,
                         doing=told.doing(9))  # fmt: skip
    actions.listen(
        told.case_id, their_words=SAID, playback=PLAYED_BACK, codes=["A2"], scope="systemic", went_to="Harbour Gym",
        understood="yes", agreed={"reply": "They agree that we write to them about this"}, doing=told.doing(9.2),
    )  # fmt: skip


def _promised(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    _listened(told, templates, today)
    made = actions.promise(told.case_id, what="Tell them which evenings have room, every Monday.", owner_id=told.team.robin,
                           due_on=_day(told, 3), doing=told.doing(10))  # fmt: skip
    actions.keep(made, on=_day(told, 2), doing=told.doing(50))


def _day(told: Told, days: int) -> date:
    return (told.opened_at + timedelta(days=days)).date()


def _offered(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    _promised(told, templates, today)
    actions.make_offer(told.case_id, template_id=templates["place"], value_minor=0, expires_on=today + timedelta(days=14),
                       doing=told.doing(60))  # fmt: skip


def _lost(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    _promised(told, templates, today)
    made, _code = actions.make_offer(
        told.case_id,
        template_id=templates["month"],
        value_minor=4500,
        expires_on=today + timedelta(days=14),
        doing=told.doing(60),
    )
    actions.settle(made.id, state=OfferState.DECLINED, doing=told.doing(80))
    actions.close(
        told.case_id,
        Event.LOSE,
        why="Has signed for a year at Harbour Gym. We parted as friends.",
        doing=told.doing(81),
    )


def _back(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    _offered(told, templates, today)
    came_back = max(_day(told, 6), told.person.lifetimes[-1].ended_on or today) + timedelta(days=1)
    entry = PersonEntry(external_id=told.person.external_id, started_on=min(came_back, today), plan="Full", currency="EUR",
                        value_minor=54_000)  # fmt: skip
    customers.record(entry, now=datetime.combine(today, time(12), told.opened_at.tzinfo), is_history=True)


def _uncontrollable(told: Told, templates: Mapping[str, UUID], today: date) -> None:
    _taken_on(told, templates, today)
    actions.propose(told.case_id, code="U2", evidence="Wrote from a new address, 300 km away.", doing=told.doing(6))
    actions.confirm(told.case_id, doing=told.doing(26, told.team.dana))


WAYS: tuple[Way, ...] = (_taken_on, _new, _not_reached, _listened, _promised, _offered, _back, _lost, _uncontrollable)
