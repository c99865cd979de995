"""The page on which a leader says what words mean, and the file that does the same."""

import io
from datetime import date

import pytest
from sqlalchemy import Engine, event, select

from survey.customers.actions import record_all
from survey.departures.actions.words import give_meaning
from survey.departures.models import DepartureReason
from survey.departures.queries import count_lost
from survey.departures.queries.words import words_and_codes
from survey.foundation.db import db, write
from tests.departures.conftest import NOW, entry
from tests.factories.people import csrf_token, sign_in, submit

LEFT = date(2026, 9, 1)


@pytest.fixture
def app(sqlite_app):
    return sqlite_app


def test_an_import_asks_once_for_all_its_rows_what_words_mean(app, recorded):
    write(lambda: give_meaning({"The ghost": "S1"}, by=None, now=NOW))
    asked = []

    def listen(_connection, _cursor, statement, *_rest):
        asked.append(statement) if "FROM reason_words" in statement else None

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        write(lambda: record_all([entry(str(n), LEFT, "the ghost") for n in range(50)], now=NOW, is_history=True))
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert len(asked) == 1
    assert count_lost(reason="S1") == 50


@pytest.fixture
def leader(app):
    client = app.test_client()
    sign_in(client, "leader")
    return client


def test_twenty_reasons_are_placed_on_one_page_and_as_a_file(app, recorded, leader):
    recorded(*(entry(str(n), LEFT, f"Ghost {n}") for n in range(20)))
    page = leader.get("/reasons/words").text
    assert "20 people gave reasons that we cannot place" in page
    keys = [one.key for one in words_and_codes()]
    answer = submit(leader, "/reasons/words", {"key": keys, "code": ["S1"] * 20})
    assert answer.status_code == 303, answer.text
    assert count_lost(reason="S1") == 20
    assert "Every short reason that people gave is placed" in leader.get("/reasons/words").text

    file = leader.get("/reasons/words.csv").text
    assert file.count(",S1,1") == 20
    token = csrf_token(leader, "/reasons/words")
    changed = {"csrf_token": token, "file": (io.BytesIO(file.replace(",S1,", ",S2,").encode()), "words.csv")}
    assert leader.post("/reasons/words/file", data=changed).status_code == 303
    assert count_lost(reason="S2") == 20
    bad = {"csrf_token": token, "file": (io.BytesIO(b"words,code\nGhost 1,QQ\n"), "words.csv")}
    refused = leader.post("/reasons/words/file", data=bad)
    assert refused.status_code == 422
    assert "QQ" in refused.text
    assert set(db.session.scalars(select(DepartureReason.code))) == {"S2"}


def test_staff_read_it_and_only_leaders_choose(app, recorded, leader):
    recorded(entry("1", LEFT, "The ghost"))
    staff, viewer = app.test_client(), app.test_client()
    sign_in(staff, "staff")
    sign_in(viewer, "viewer")
    assert "The ghost" in staff.get("/reasons/words").text
    assert submit(staff, "/reasons/words", {"key": "the ghost", "code": "S1"}, page="/people/new").status_code == 403
    assert viewer.get("/reasons/words").status_code == 403
