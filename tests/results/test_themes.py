"""Themes over time: shares by week, what moved beyond noise, phrases that are new."""

import html
import re
from datetime import timedelta

import pytest
import time_machine

from survey.foundation.db import write
from survey.text.actions import mark_read
from survey.text.queries import comments_of
from tests.factories.counted import NOW, TODAY, answer, make_survey, reading
from tests.factories.people import sign_in

THIS_WEEK = TODAY - timedelta(days=TODAY.weekday())


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(answer.text)))


def _week(survey, weeks_ago, *, n=12, about_waiting=1, keyword="staff"):
    on = THIS_WEEK - timedelta(weeks=weeks_ago) + timedelta(days=2)
    for number in range(n):
        id = answer(survey, {"nps": 5, "why": f"Number {number}"}, on=on)
        said = reading("none", (("A2", 0.8),) if number < about_waiting else (), (keyword,))
        found = {comment.id: said for comment in comments_of([id])}
        write(lambda id=id, found=found: mark_read(id, found, now=NOW))


def test_before_anything_was_written_the_page_says_what_will_stand_there(client):
    sign_in(client, "staff")
    page = _text(client.get("/themes"))
    assert "Nobody has written anything in these weeks." in page
    assert "What people speak of will stand here week by week" in page


def test_a_steady_theme_is_shown_and_not_flagged(client):
    survey = make_survey()
    for weeks_ago in range(1, 11):
        _week(survey, weeks_ago)
    _week(survey, 0, n=3, about_waiting=3)  # the week that is not over waits
    sign_in(client, "staff")
    answer = client.get("/themes")
    page = _text(answer)
    assert "Nothing moved beyond chance." in page
    assert "120 comments in twelve weeks" in page
    assert "Waiting Last week: 1 of 12, 8% Usual: 8%" in page
    assert len(re.findall("<circle class=", answer.text)) == 10
    assert "No phrase stands out" in page


def test_a_shift_is_said_first_and_its_week_is_marked(client):
    survey = make_survey()
    for weeks_ago in range(2, 11):
        _week(survey, weeks_ago)
    _week(survey, 1, about_waiting=9, keyword="rowing machine")
    sign_in(client, "staff")
    answer = client.get("/themes")
    page = _text(answer)
    assert "People speak more than usual of waiting." in page
    assert "Waiting Last week: 9 of 12, 75% Usual: 8% more than usual" in page
    assert len(re.findall('<circle class="up"', answer.text)) == 1
    assert "rowing machine (read by machine) new 12 comments in four weeks, never before" in page
    assert "Waiting Last week: 9 of 12" in _text(client.get("/themes?survey=autumn"))
    assert client.get("/themes?survey=nowhere").status_code == 400


def test_small_weeks_show_their_counts_and_no_share(client):
    survey = make_survey()
    for weeks_ago in range(1, 4):
        _week(survey, weeks_ago, n=4)
    sign_in(client, "staff")
    answer = client.get("/themes")
    assert "Waiting Last week: 1 of 4 Usual: –" in _text(answer)
    assert "<circle class=" not in answer.text


def _scored(survey, nps, keyword, n=12):
    for number in range(n):
        id = answer(survey, {"nps": nps, "why": f"{keyword} {number}"}, on=THIS_WEEK - timedelta(days=5))
        found = {comment.id: reading("none", (), (keyword, "staff")) for comment in comments_of([id])}
        write(lambda id=id, found=found: mark_read(id, found, now=NOW))


def test_what_low_and_high_scores_go_with_is_told_with_both_counts(client):
    survey = make_survey()
    _scored(survey, 6, "queue")
    _scored(survey, 8, "neither", n=3)
    _scored(survey, 9, "pool")
    sign_in(client, "staff")
    low, high = _text(client.get("/themes")).split("Said more by people who scored low")[1].split("who scored high")
    assert "queue (read by machine) 12 of 12 comments, against 0 of 12" in low
    assert "pool (read by machine) 12 of 12 comments, against 0 of 12" in high
    assert not {"staff", "neither"} & {*low.split(), *high.split()}


def test_too_few_scores_are_said(client):
    survey = make_survey()
    _scored(survey, 2, "queue")
    _scored(survey, 10, "pool", n=9)
    for weeks_ago in range(1, 3):
        _week(survey, weeks_ago, n=2)
    sign_in(client, "staff")
    page = _text(client.get("/themes"))
    assert page.count("Too few comments come with a score: it takes 10 from each side.") == 2
    assert "pool (read by machine) 9 of" not in page


def test_what_moved_in_two_small_weeks_is_told_of_both(client):
    survey = make_survey()
    for weeks_ago in range(3, 11):
        _week(survey, weeks_ago)
    _week(survey, 2, n=6, about_waiting=6)
    _week(survey, 1, n=6, about_waiting=6)
    _week(survey, 0, n=1)
    sign_in(client, "staff")
    page = _text(client.get("/themes"))
    assert "People speak more than usual of waiting." in page
    assert "more than usual: 12 of 12 in the two weeks from" in page
