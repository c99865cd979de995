"""Marks on the time line: who makes them, what they say, on which charts they stand."""

import html
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine

from survey.access.models import AuditEntry
from survey.foundation.db import db, write
from survey.foundation.errors import NotFound, Refused
from survey.improvements.actions import post_update, start
from survey.questionnaires.queries import versions
from survey.results.actions import add_mark, edit_mark, put_mark_back, remove_mark
from survey.results.actions.marks import Marked
from survey.results.pages.happened import happened
from survey.results.queries.marks import every_mark, mark, marks, removed_marks
from survey.results.rules.marks import KINDS
from tests.factories.counted import NOW, answer, make_survey
from tests.factories.people import sign_in, submit

DAY = date(2026, 9, 14)
LATER = datetime(2026, 10, 21, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _add(words="New price list", *, day=DAY, kind="price", survey_id=None):
    return write(lambda: add_mark(Marked(day, kind, words, survey_id), by=None, now=NOW))


def test_a_mark_stands_on_every_survey_or_on_its_own(app):
    autumn, winter = make_survey("autumn"), make_survey("winter")
    _add("Everywhere")
    _add("Only here", survey_id=autumn.id, day=date(2026, 9, 1))
    assert [one.words for one in marks(autumn.id)] == ["Only here", "Everywhere"]
    assert [one.words for one in marks(winter.id)] == ["Everywhere"]
    assert [one.words for one in marks()] == ["Everywhere"]
    assert [one.words for one in every_mark()] == ["Everywhere", "Only here"]


def test_what_was_removed_can_be_put_back(app):
    id = _add().id
    write(lambda: remove_mark(id, by=None, now=LATER))
    assert (marks(), [one.words for one in removed_marks()]) == ([], ["New price list"])
    write(lambda: put_mark_back(id))
    assert ([one.words for one in marks()], removed_marks()) == (["New price list"], [])


def test_a_mark_can_say_something_else(app):
    id = _add().id
    write(lambda: edit_mark(id, Marked(date(2026, 9, 15), "press", "  An  article\nabout us ")))
    found = mark(id)
    assert (found.day, found.kind_words, found.words) == (date(2026, 9, 15), "Press", "An article about us")


@pytest.mark.parametrize(("kind", "words"), [("weather", "Rain"), ("price", "  ")])
def test_a_mark_that_says_nothing_is_refused(sqlite_app, kind, words):
    with pytest.raises(Refused):
        _add(words, kind=kind)


def test_a_mark_that_is_not_there_cannot_be_changed(sqlite_app):
    for act in (lambda: remove_mark(uuid4(), by=None, now=NOW), lambda: put_mark_back(uuid4())):
        with pytest.raises(NotFound):
            write(act)


def test_the_database_keeps_to_the_kinds(app):
    assert all(write(lambda kind=kind: add_mark(Marked(DAY, kind, kind), by=None, now=NOW)) for kind in KINDS)


def test_a_chart_shows_marks_with_publications_and_what_was_shipped(app):
    survey = make_survey("autumn")
    _add("Bakery opens opposite", kind="competitor")

    def ship():
        found = start("No more waiting", you_said="You waited.", codes=["A2"], by=None, now=NOW)
        post_update(found, stage="shipped", words="Done.", by=None, now=NOW, on=date(2026, 10, 12))
        post_update(start("Later", you_said="x", codes=[], by=None, now=NOW), stage="planned", words="Soon.", by=None, now=NOW, on=DAY)  # fmt: skip

    write(ship)
    said = happened(survey.id, versions(survey.id))
    assert said == [(DAY, "Bakery opens opposite"), (date(2026, 10, 12), "Shipped: No more waiting"), (NOW.date(), "Survey published")]  # fmt: skip


def test_the_chart_of_the_page_has_the_mark(client):
    survey = make_survey("autumn", now=datetime(2026, 8, 1, tzinfo=UTC))
    for month in (8, 9, 10):
        for _ in range(6):
            answer(survey, {"nps": 9}, on=date(2026, month, 2))
    _add("New price list", day=date(2026, 9, 14))
    sign_in(client)
    assert "New price list" in client.get("/surveys/autumn/results/trend.svg").text
    page = client.get("/surveys/autumn/results").text
    assert "What happened meanwhile" in page
    assert "New price list" in page


# ---- the page -------------------------------------------------------------------------------------------------------

TYPED = {"day": "2026-09-14", "kind": "price", "words": "New price list", "survey": ""}


def _text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(page)))


def test_the_team_adds_changes_removes_and_puts_back(client):
    survey = make_survey("autumn")
    sign_in(client, "staff")
    assert "Nothing is marked yet" in client.get("/results/marks").text
    assert submit(client, "/results/marks", TYPED | {"survey": str(survey.id)}).status_code == 303
    id = every_mark()[0].id
    said = _text(client.get("/results/marks").text)
    assert "New price list 14 September, price, only of “The autumn survey”" in said
    assert submit(client, f"/results/marks/{id}", TYPED | {"words": "Prices up 5%"}).status_code == 303
    assert "Prices up 5%" in client.get("/results/marks").text
    assert submit(client, f"/results/marks/{id}/remove", page="/results/marks").status_code == 303
    assert "“Prices up 5%” stands on no chart any more." in _text(client.get("/results/marks").text)
    assert submit(client, f"/results/marks/{id}/back", page="/results/marks").status_code == 303
    assert [one.words for one in marks()] == ["Prices up 5%"]
    said = [entry.what for entry in db.session.query(AuditEntry).order_by(AuditEntry.at, AuditEntry.id)]
    assert said[-4:] == ["mark added", "mark changed", "mark removed", "mark put back"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words": ""}, "Say in a few words what happened."),
        ({"words": "x" * 121}, "120"),
        ({"day": ""}, "Say on which day it happened."),
        ({"day": "0001-01-01"}, "Choose a day between 1900 and 2999."),
        ({"day": "yesterday"}, "day"),
        ({"kind": "weather"}, "kind"),
        ({"survey": "nonsense"}, "survey"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_typed_is_lost(sqlite_app, typed, said):
    client = sqlite_app.test_client()
    sign_in(client)
    answer = submit(client, "/results/marks", TYPED | typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert every_mark() == []
    if "words" not in typed:
        assert "New price list" in answer.text


def test_viewers_make_no_marks(sqlite_app):
    client = sqlite_app.test_client()
    sign_in(client, "viewer")
    assert client.get("/results/marks").status_code == 403
    assert client.get(f"/results/marks/{uuid4()}").status_code == 403


def test_a_mark_that_does_not_exist_is_not_found(sqlite_app):
    client = sqlite_app.test_client()
    sign_in(client)
    assert client.get(f"/results/marks/{uuid4()}").status_code == 404
    assert submit(client, f"/results/marks/{uuid4()}/remove", page="/results/marks").status_code == 404


def test_marks_without_javascript_need_a_token(sqlite_app):
    client = sqlite_app.test_client()
    sign_in(client)
    sqlite_app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/results/marks", data=TYPED).status_code == 400
