"""The task of a device: whoever did it is let in, whoever cannot waits, and nothing that was typed is lost."""

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import altcha
import pytest
import time_machine

from survey.foundation.crowds import Crowd
from survey.foundation.db import db
from survey.responses.models import Response
from tests.factories.drafts import change
from tests.factories.people import sign_in, submit
from tests.factories.surveys import from_template, hidden, make_person, personal_link, republish, with_questions

AWAY = {"REMOTE_ADDR": "203.0.113.7"}
START = datetime(2026, 10, 20, 12, tzinfo=UTC)
PAGES = [
    {"key": "a", "kind": "text", "words": "One?"}, {"key": "part", "kind": "section", "words": "Part"},
    {"key": "b", "kind": "text", "words": "Two?"}, {"key": "more", "kind": "section", "words": "More"},
    {"key": "c", "kind": "text", "words": "Three?"},
]  # fmt: skip


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def stored():
    """The doubts of every response that is stored."""
    db.session.rollback()
    return [tuple(row.doubts) for row in db.session.query(Response)]


def solved(page):
    """What a device sends that has solved the task of a page."""
    sent = hidden(page)
    task = altcha.Challenge.from_dict(json.loads(base64.b64decode(sent["form.task"])))
    found = altcha.solve_challenge(task)
    return {**sent, "form.proof": f"{found.counter}.{found.derived_key}"}


@pytest.fixture(autouse=True)
def _small_tasks(monkeypatch):
    """What a task costs is not what these tests ask."""
    monkeypatch.setattr("survey.foundation.proofs.ITERATIONS", 20)


@pytest.fixture
def guarded(client):
    """A survey whose owner lets devices do a task, and a clock that stands still."""
    survey = from_template()
    change("spring", lambda found: setattr(found, "asks_proof", True))
    with time_machine.travel(START, tick=False) as clock:
        yield survey, clock


def test_no_task_stands_on_a_page_unless_the_owner_wants_one(client):
    from_template()
    page = client.get("/s/spring").text
    assert not any(words in page for words in ("form.task", "proof.js", "noscript"))


def test_a_device_that_did_its_task_is_let_in(client, guarded):
    page = client.get("/s/spring").text
    assert "/static/js/proof.js" in page
    assert "half a minute or more" in page
    assert client.post("/s/spring", data={**solved(page), "nps": "9"}).status_code == 303


def test_each_visit_gets_a_task_of_its_own(client, guarded):
    first, second = (hidden(client.get("/s/spring").text) for _ in range(2))
    assert first["form.task"] != second["form.task"]


@pytest.mark.parametrize(
    "proof", ["", "0.", "1.ff", "x", "9999999999.00", "-1.00", "0.x", ".", "1.2.3", "²." + "0" * 64, "\x00"]
)
def test_what_solves_nothing_is_kept_on_the_page_and_not_stored(client, guarded, proof):
    sent = {**hidden(client.get("/s/spring").text), "form.proof": proof, "nps": "9", "reason": "All I typed"}
    answer = client.post("/s/spring", data=sent)
    assert answer.status_code == 422
    assert "Wait 30 seconds, then send again" in answer.text
    assert "All I typed" in answer.text
    assert hidden(answer.text)["form.token"] == sent["form.token"]
    assert stored() == []
    assert client.post("/s/spring", data={**solved(answer.text), "nps": "9"}).status_code == 303


@pytest.mark.parametrize(
    "task", ["", "x", "e30=", "bnVsbA==", "W10=", "eyJwYXJhbWV0ZXJzIjogMX0=", "\ud800", "[" * 5000]
)
def test_a_task_that_we_did_not_set_is_none(client, guarded, task):
    sent = {**hidden(client.get("/s/spring").text), "form.task": task.encode(errors="replace"), "form.proof": "1.00"}
    assert client.post("/s/spring", data={**sent, "nps": "9"}).status_code == 422


@pytest.mark.usefixtures("both_databases")
def test_a_solution_is_good_for_one_form(client, guarded):
    first = solved(client.get("/s/spring").text)
    assert client.post("/s/spring", data={**first, "nps": "9"}).status_code == 303
    second = hidden(client.get("/s/spring").text)
    borrowed = {name: first[name] for name in ("form.task", "form.proof")}
    assert client.post("/s/spring", data={**second, **borrowed, "nps": "9"}).status_code == 422
    assert client.post("/s/spring", data={**first, "nps": "9"}).status_code == 303  # the same answer, sent twice
    assert len(stored()) == 1


def test_a_task_that_was_made_easier_is_not_ours(client, guarded):
    page = hidden(client.get("/s/spring").text)
    task = json.loads(base64.b64decode(page["form.task"]))
    task["parameters"] |= {"cost": 1, "keyPrefix": ""}
    easy = base64.b64encode(json.dumps(task).encode()).decode()
    key = altcha.solve_challenge(altcha.Challenge.from_dict(task)).derived_key
    sent = {**page, "form.task": easy, "form.proof": f"0.{key}", "nps": "9"}
    assert client.post("/s/spring", data=sent).status_code == 422


def test_a_task_ends_after_a_day(client, guarded):
    _survey, clock = guarded
    found, form_id = proofs_of(client), UUID(int=1)
    task = found.task(form_id)
    number = altcha.solve_challenge(altcha.Challenge.from_dict(json.loads(base64.b64decode(task))))
    solution = f"{number.counter}.{number.derived_key}"
    assert found.is_solved(task, solution, form_id)
    clock.shift(timedelta(days=1, seconds=1))
    assert not found.is_solved(task, solution, form_id)


def proofs_of(client):
    return client.application.extensions["hearback.proofs"]


def test_whoever_cannot_do_it_waits_for_half_a_minute(client, guarded):
    _survey, clock = guarded
    sent = {**hidden(client.get("/s/spring").text), "nps": "9"}
    clock.shift(29)
    answer = client.post("/s/spring", data=sent)
    assert (answer.status_code, "Wait a second" in answer.text) == (422, True)
    clock.shift(1)
    assert client.post("/s/spring", data={**hidden(answer.text), "nps": "9"}).status_code == 303
    assert stored() == [()]


@pytest.mark.usefixtures("both_databases")
def test_of_those_who_only_wait_fewer_come_from_one_network(client, guarded, monkeypatch):
    monkeypatch.setattr("survey.responses.robots.UNPROVEN", Crowd("unproven", 2, seconds=600))
    _survey, clock = guarded
    pages = [client.get("/s/spring").text for _ in range(4)]
    clock.shift(30)
    answers = [client.post("/s/spring", data={**hidden(page), "nps": "9"}, environ_base=AWAY) for page in pages[:3]]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert client.post("/s/spring", data={**solved(pages[3]), "nps": "9"}, environ_base=AWAY).status_code == 303


def test_a_personal_link_and_a_preview_need_no_task(client, guarded):
    survey, _clock = guarded
    link = personal_link(survey, make_person())
    page = client.get(link).text
    assert "form.task" not in page
    assert client.post(link, data={**hidden(page), "nps": "9"}).status_code == 303
    sign_in(client, "staff")
    assert "form.task" not in client.get("/surveys/spring/preview").text


def test_on_several_pages_only_the_last_asks_what_was_done(client):
    republish(with_questions(PAGES), layout="sections")
    change("spring", lambda found: setattr(found, "asks_proof", True))
    with time_machine.travel(START, tick=False):
        page = client.get("/s/spring")
        for key in "ab":
            page = client.post("/s/spring", data={**hidden(page.text), key: "9"}, follow_redirects=True)
            assert page.status_code == 200
        refused = client.post("/s/spring", data={**hidden(page.text), "c": "The last words"})
        assert (refused.status_code, "The last words" in refused.text) == (422, True)
        assert client.post("/s/spring", data={**solved(refused.text), "c": "Three"}).status_code == 303


def test_the_owner_switches_it_on_and_off(client):
    from_template()
    sign_in(client, "staff")
    options, robots = "/surveys/spring/options", "/surveys/spring/robots"
    assert submit(client, robots, {"asks_proof": "y"}, page=options).status_code == 303
    assert "form.task" in client.get("/s/spring").text
    assert submit(client, robots, page=options).status_code == 303
    assert "form.task" not in client.get("/s/spring").text
