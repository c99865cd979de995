"""Public results: only where the owner allows it, never of so few that a change tells what one person said."""

import html
import re
from datetime import timedelta

import pytest
import time_machine

from survey.foundation.db import db, write
from survey.questionnaires.actions import close
from survey.questionnaires.queries import survey_by_slug
from survey.results.jobs import release_results
from tests.factories.counted import NOW, TODAY, answer, make_survey


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _text(client, slug="autumn"):
    answer = client.get(f"/s/{slug}/results")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(answer.text)))


def _answers(survey, grades, **kind):
    for grade in grades:
        answer(survey, {"nps": grade, "why": f"my secret words {grade}"}, **kind)
    db.session.rollback()
    release_results()


def test_results_are_there_only_where_the_owner_allows_it(client):
    make_survey()
    for slug in ("autumn", "nothing"):
        refused = client.get(f"/s/{slug}/results")
        assert refused.status_code == 404
        assert "There are no results to see here." in refused.text


def test_a_closed_survey_still_shows_them(client):
    survey = make_survey(is_public=True)
    _answers(survey, [9] * 10)
    write(lambda: close(survey_by_slug("autumn"), now=NOW))
    assert "At least 10 people answered. More would recommend us than not." in _text(client)


def test_they_say_n_interval_and_distribution_and_no_words(client):
    survey = make_survey(is_public=True)
    _answers(survey, [9] * 6 + [3] * 9, segments={"site": "North"})
    text = _text(client)
    assert "At least 15 people answered. About as many would recommend us as not." in text
    assert re.search(r" 3 5 .* 9 5 ", text)
    assert "secret words" not in text
    assert "North" not in text
    assert "/responses" not in client.get("/s/autumn/results").text
    assert "/improving" in client.get("/s/autumn/results").text


def test_below_a_group_there_is_nothing_but_a_sentence(client):
    survey = make_survey(is_public=True)
    _answers(survey, [9] * 4)
    text = _text(client)
    assert "Results will stand here when at least five people have answered." in text
    assert "NPS" not in text


def test_answers_given_by_few_are_not_shown(client):
    survey = make_survey(is_public=True)
    _answers(survey, [9] * 8 + [2] * 2)
    text = _text(client)
    assert re.search(r" 2 – too few to show", text)
    assert "Answers that fewer than 5 people gave are not shown" in text


@pytest.mark.parametrize("privacy", ["identified", "confidential"])
def test_answers_are_added_a_group_at_a_time(client, privacy):
    survey = make_survey(is_public=True, privacy=privacy)
    _answers(survey, [9] * 10)
    before = client.get("/s/autumn/results")
    for _ in range(1, 5):
        _answers(survey, [0])
        now = client.get("/s/autumn/results")
        assert (now.data, now.headers["ETag"]) == (before.data, before.headers["ETag"])
    _answers(survey, [0])
    assert "15 people answered" in _text(client)


def test_answers_to_an_anonymous_survey_wait_for_the_end_of_their_day(client):
    survey = make_survey(is_public=True, privacy="anonymous")
    _answers(survey, [9] * 7, on=TODAY - timedelta(days=1))
    _answers(survey, [0] * 9)
    text = _text(client)
    assert "5 people answered" in text
    assert "15 people" not in text
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        release_results()
        assert "15 people answered" in _text(client)


def test_people_we_cannot_place_do_not_sway_them(client):
    survey = make_survey(is_public=True)
    _answers(survey, [10] * 10)
    _answers(survey, [0] * 40, voice="unverified")
    text = _text(client)
    assert "At least 10 people answered. More would recommend us than not." in text
    assert "40 answers from people whom we cannot place are kept apart" in text


def test_they_may_be_kept_for_a_minute_and_are_named_by_their_content(client):
    survey = make_survey(is_public=True)
    _answers(survey, [9] * 5)
    first = client.get("/s/autumn/results")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in first.headers
    assert client.get("/s/autumn/results", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    _answers(survey, [9] * 5)
    assert client.get("/s/autumn/results", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
