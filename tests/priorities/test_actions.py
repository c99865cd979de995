"""Priorities in the database: they are raised once, counted as they are listed, led by one leader, and come back."""

from datetime import date, timedelta
from itertools import count

import pytest
import time_machine
from sqlalchemy import event

from survey.access.models import AuditEntry
from survey.customers.actions import record
from survey.customers.rules import PersonEntry
from survey.departures.models import Departure, DepartureReason
from survey.departures.queries import count_lost
from survey.departures.rules.windows import COUNTED
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.priorities import actions, queries
from survey.priorities.jobs import raise_priorities
from survey.priorities.rules import base_of, tally, window
from survey.reasons.rules import REASONS
from tests.factories.people import make_user

TODAY = date(2026, 11, 22)
NUMBERS = count()


def leave(code, days_ago=0, *, value=100, coded=None):
    """Somebody leaves and states a reason; staff may code another one."""
    entry = PersonEntry(
        external_id=f"p{next(NUMBERS)}", has_left=True, ended_on=TODAY - timedelta(days=days_ago), value_minor=value,
        currency="EUR", reason=REASONS[code].name if code else None,
    )  # fmt: skip
    somebody = write(lambda: record(entry, now=now(), is_history=True))
    if coded:
        departure = db.session.query(Departure).filter_by(person_id=somebody.id).one()
        row = DepartureReason(departure_id=departure.id, layer="coded", code=coded, made_by="staff")
        write(lambda: db.session.add(row))
        db.session.rollback()


def raised():
    return write(lambda: actions.raise_priorities(TODAY))


def by_code():
    return {theme.code: theme for theme in queries.themes()}


def test_a_reason_becomes_a_priority_once_however_often_it_is_asked(app):
    for _ in range(3):
        leave("A2", 5)
    leave("P2")
    leave("P2")
    leave("A2", 90)  # one day too long ago
    assert (raised(), raised()) == (1, 0)
    (theme,) = queries.themes()
    assert (theme.code, theme.priority_since, theme.people_then, theme.base_then) == ("A2", TODAY, 3, 5)


@time_machine.travel("2026-11-22 09:00:00+00:00", tick=True)
def test_the_worker_raises_them_and_looks_again_only_where_something_came(app):
    leave("A2")
    leave("A2")
    app.extensions["hearback.work_off"]()
    assert queries.themes() == []
    leave("A2")
    app.extensions["hearback.work_off"]()
    assert list(by_code()) == ["A2"]
    db.session.rollback()
    asked = []
    listen = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        assert raise_priorities() == 0
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    assert [statement for statement in asked if "count(" in statement] == []


def test_numbers_equal_a_recount_and_the_lists_that_they_open(app):
    plan = [("A2", 1, 100, None), ("A2", 40, 250, "S2"), ("U2", 3, 70, None), (None, 2, 10, None), ("P2", 89, 30, "A2"),
            ("A2", 90, 999, None), ("S2", 4, None, None), ("Z1", 4, 5, None), ("A2", 0, 1, None)]  # fmt: skip
    for code, days_ago, value, coded in plan:
        leave(code, days_ago, value=value, coded=coded)
    since, until = window(TODAY)
    found = queries.losses(since, until)
    inside = [(coded or code, value) for code, days_ago, value, coded in plan if days_ago < 90]
    for code, one in tally(found).items():
        mine = [value for counted, value in inside if counted == code]
        assert (one.people, one.values["EUR"]) == (len(mine), sum(value or 0 for value in mine)), code
        assert one.people == count_lost(since=since, until=until, reason=f"{COUNTED}{code}")
    base = base_of(found)
    assert (base.controllable, base.apart, base.unknown) == (5, 1, 2)


def test_one_leader_answers_for_it_and_settles_it_and_it_comes_back(app):
    leader, staff = make_user(app, "leader"), make_user(app, "staff")
    for _ in range(4):
        leave("A2", 3)
    raised()
    id = by_code()["A2"].id
    when = TODAY + timedelta(days=30)
    with pytest.raises(Refused, match="Somebody has to lead it first"):
        write(lambda: actions.settle(id, words="Done", by=None, today=TODAY))
    with pytest.raises(Refused, match="Only a leader"):
        write(lambda: actions.assign(id, owner_id=staff.id, due_on=when, by=None, today=TODAY))
    write(lambda: actions.assign(id, owner_id=leader.id, due_on=when, by=leader.id, today=TODAY))
    assert by_code()["A2"].is_owned
    settled = TODAY - timedelta(days=2)
    write(lambda: actions.settle(id, words="Open earlier", by=leader.id, today=settled))
    assert raised() == 0
    for _ in range(3):
        leave("A2", 1)
    assert raised() == 1
    again = by_code()["A2"]
    assert (again.id, again.owner_id, again.settled_on, again.people_then) == (id, None, None, 3)
    said = [row.what for row in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert said[-2:] == ["priority given to somebody", "priority settled"]


def test_whoever_closed_the_account_leads_nothing(app):
    leader = make_user(app, "leader", active=False)
    made = write(lambda: actions.add("Parking", by=None, today=TODAY))

    def give():
        found = queries.theme(made.id)
        found.owner_id = leader.id

    write(give)
    assert not queries.theme(made.id).is_owned
