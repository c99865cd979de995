"""The pages of priorities: every number opens its people, leaders decide, staff read, viewers see nothing."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import event

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.improvements.actions import post_update, start
from survey.priorities import actions, queries
from tests.factories.people import make_user, sign_in, submit
from tests.priorities.test_actions import TODAY, leave, raised


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database."""
    return lean_app


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=True):
        yield


def ship(code, days_ago):
    """An improvement that answers a reason is shipped."""
    on = TODAY - timedelta(days=days_ago)

    def work():
        made = start("Open earlier", you_said="Too late", codes=[code], by=None, now=now())
        post_update(made, stage="shipped", words="Done.", by=None, now=now(), on=on)

    write(work)


def rows_of(client, address):
    page = client.get(address)
    assert page.status_code == 200, address
    return page.text.count('<th scope="row">')


def queries_of(client, address):
    asked = []
    listen = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return len(asked)


def test_every_number_opens_exactly_its_people(client):
    sign_in(client, "staff")
    for days_ago in (1, 2, 50, 60):
        leave("A2", days_ago)
    leave("P2", 3)
    leave("P2", 3, coded="A2")
    ship("A2", 55)
    raised()
    page = client.get("/priorities").text
    found = re.findall(r'<a href="(/lost\?[^"]+)">(\d+) (?:person|people)</a>', page)
    numbers = [(address.replace("&amp;", "&"), int(number)) for address, number in found]
    assert sorted(number for _, number in numbers) == [1, 4, 5]  # watched; since it was shipped; in 90 days
    assert [(address, rows_of(client, address)) for address, _ in numbers] == numbers
    assert "83%" in page  # five of the six whose reason we control
    assert "€5" in page


def test_leaders_choose_who_leads_it_and_staff_read(client):
    for _ in range(3):
        leave("A2")
    raised()
    id = queries.themes()[0].id
    sign_in(client, "staff")
    assert "Choose who leads it" not in client.get("/priorities").text
    assert submit(client, f"/priorities/{id}/lead", page="/priorities").status_code == 403
    leader = sign_in(client, "leader")
    assert "Choose who leads it" in client.get("/priorities").text
    late = submit(client, f"/priorities/{id}/lead", {"owner": str(leader.id), "due_on": "2026-11-01"}, page=f"/priorities/{id}")  # fmt: skip
    assert late.status_code == 422
    assert "This day is over" in late.text
    done = submit(client, f"/priorities/{id}/lead", {"owner": str(leader.id), "due_on": "2026-12-24"}, page=f"/priorities/{id}")  # fmt: skip
    assert done.status_code == 303
    page = client.get("/priorities").text
    assert "One priority, and somebody leads it" in page
    assert "due on 24 December" in page
    submit(client, f"/priorities/{id}/settle", {"words": "We open at six."}, page=f"/priorities/{id}")
    assert "Nothing is a priority now." in client.get("/priorities").text


def test_nobody_for_a_week_is_red_on_the_morning_page_for_leaders_alone(client):
    for _ in range(3):
        leave("A2", 20)
    write(lambda: actions.raise_priorities(date(2026, 11, 15)))
    sign_in(client, "leader")
    red = re.compile(r'class="worse small">a priority that nobody leads, since 15 November')
    assert red.search(client.get("/today").text)
    assert "since 15 November; nobody has led it for 7 days" in client.get("/priorities").text
    sign_in(client, "viewer")
    assert not red.search(client.get("/today").text)
    assert client.get("/priorities").status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_priorities(client):
    sign_in(client, "leader")
    make_user(client.application, "leader")
    for code in ("A2", "S2"):
        for _ in range(3):
            leave(code)
        ship(code, 30)
    raised()
    client.get("/priorities")
    before = queries_of(client, "/priorities")
    for code in ("P2", "A3", "X1", "E2", "A1"):
        for _ in range(5):
            leave(code)
        ship(code, 20)
    raised()
    assert queries_of(client, "/priorities") == before
