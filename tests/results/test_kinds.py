"""What the results say of every kind of question: in figures, in words, as a table, and never of too few people."""

import json
import re
from datetime import date
from html import unescape

import pytest
import time_machine

from survey.foundation.db import db, write
from survey.questionnaires.models import Survey
from survey.results.jobs import release_results
from tests.factories.counted import NOW
from tests.factories.people import sign_in
from tests.factories.surveys import EVERY_ANSWER, EVERY_KIND, answer, with_every_kind

MONTH = date(2025, 11, 3)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _page(app, address, role="leader"):
    client = app.test_client()
    if role:
        sign_in(client, role)
    answered = client.get(address)
    assert answered.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(answered.text)))


def _answers(survey, count):
    for number in range(count):
        order = ["time", "price"] if number % 2 else ["price", "time", "staff"]
        rows = {"rooms": "bad", "staff": "good"} if number % 3 else {"rooms": "good"}
        answer(survey, {**EVERY_ANSWER, "easy": 7 if number % 4 else 2, "hours": number / 2, "matters": {"order": order},
                        "each": {"rows": rows}}, on=MONTH)  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 12])
@pytest.mark.parametrize("privacy", ["identified", "confidential"])
def test_every_kind_is_told_for_nobody_one_and_many(sqlite_app, count, privacy):
    survey = with_every_kind(privacy=privacy)
    _answers(survey, count)
    for role in ("leader", "viewer"):
        page = _page(sqlite_app, "/surveys/spring/results", role)
        told = [one for one in EVERY_KIND["questions"] if one["kind"] not in ("contact", "section")]
        is_shown = count > 1 or (count == 1 and privacy == "identified" and role == "leader")
        assert all((one["words"] in page) is is_shown for one in told)
        assert "Your last visit" not in page


def test_many_answers_are_told_as_each_kind_deserves(sqlite_app):
    _answers(with_every_kind(), 12)
    page = _page(sqlite_app, "/surveys/spring/results")
    for words in (
        "75% CES: agreed that it was easy, 12 answers",
        "2.8 hours on average, 12 answers",
        "0 to under 1 2",
        "The price 1.5 first for 6",
        "No waiting 1.5 first for 6",
        "The staff 3.0 first for 0",
        "Changing rooms answer people as a bar state Very bad 0 Bad 8",
        "30 September 2026 12",
        "These words are not counted.",
        "I agree to that 12",
        "Very satisfied 12",
    ):
        assert words in page, words


def test_a_number_of_a_row_opens_the_answers_behind_it(sqlite_app):
    _answers(with_every_kind(), 12)
    client = sqlite_app.test_client()
    sign_in(client, "leader")
    page = client.get("/surveys/spring/results").text
    found = re.search(r'href="([^"]+value=rooms:bad[^"]*)">8<', page)
    assert found
    listed = client.get(unescape(found[1])).text
    assert "8 responses" in re.sub(r"\s+", " ", listed)
    assert "that said “Changing rooms: Bad” to “How good was each?”" in listed


def test_numbers_in_public_are_those_of_groups(sqlite_app):
    survey = with_every_kind()
    _answers(survey, 12)
    write(lambda: setattr(db.session.get_one(Survey, survey.id), "has_public_results", True))
    release_results()
    page = _page(sqlite_app, "/s/spring/results", role=None)
    assert "10 people answered." in page
    assert "How long were you here?" in page
    assert "hours on average" in page
    assert "0 to under 1" not in page  # each of these numbers was given by one person
    for words in ("A poster; on a bus", "007", "=Friendly"):
        assert words not in page


def test_where_few_gave_some_place_no_count_of_places_is_shown(sqlite_app):
    survey = with_every_kind(privacy="confidential")
    _answers(survey, 11)  # five of them put it first, six second; and so the other way round
    answer(survey, {"nps": 3, "matters": {"order": ["staff"]}}, on=MONTH)
    page = _page(sqlite_app, "/surveys/spring/results")
    assert "The price 1.5" in page
    assert "first for" not in page
    assert "How often each place was given" not in page


def test_one_answer_reads_in_words(sqlite_app):
    done = answer(with_every_kind(), EVERY_ANSWER)
    page = _page(sqlite_app, f"/responses/{done.response_id}")
    for words in (
        "5 of 5: Very satisfied", "6 of 7", "From a friend; or family", "Some other way", "A poster; on a bus", "The Quay", "1. No waiting",
        "2. The price", "Changing rooms: Very bad", "Staff: Good", "Loud", "007", "1.5 hours", "30 September 2026", "I agree to that",
        "The price went up", "I had to wait too long", "and the noise; too",
    ):  # fmt: skip
        assert words in page, words


def test_the_command_prints_the_same_numbers(sqlite_app):
    _answers(with_every_kind(), 12)
    runner = sqlite_app.test_cli_runner()
    told = json.loads(runner.invoke(args=["results", "show", "spring", "--json"]).stdout)
    by_key = {one["key"]: one for one in told["questions"]}
    assert "visit" not in by_key
    assert [(one["name"], one["value"]) for one in by_key["easy"]["metrics"]] == [("ces", 75.0), ("mean", 5.75)]
    assert by_key["hours"]["metrics"][0]["value"] == 2.75
    assert by_key["each"]["distribution"]["rooms:bad"] == 8
    assert by_key["matters"]["distribution"]["staff:3"] == 6
    assert by_key["heard"]["distribution"] == {"friend": 12, "net": 0, "other": 12, "none": 0}
    assert runner.invoke(args=["results", "show", "spring"]).exit_code == 0
    assert "agree" in runner.invoke(args=["rollups", "check"]).output
