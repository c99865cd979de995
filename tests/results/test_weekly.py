"""The page to print every week: the last full week against the four before, months where days may not be known."""

import html
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from survey.foundation.db import write
from survey.results.actions import save_view
from survey.results.pages.weekly import weekly
from tests.factories.counted import NOW, TODAY, answer, make_survey, read
from tests.factories.people import sign_in

PAGE = "/surveys/autumn/results/weekly"
MONDAY = date(2026, 10, 12)  # of the last full week: today is Tuesday, 20 October


@pytest.fixture
def app(sqlite_app):
    """What these pages read is tested on both databases elsewhere; how they say it does not depend on the database."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _answer(survey, grade, on, words="", *, reason="", voice="customer"):
    id = answer(survey, {"nps": grade, **({"why": words} if words else {})}, on=on, voice=voice)
    if words:
        read(id, "negative" if grade < 7 else "positive", reasons=((reason, 0.9),) if reason else ())


def _fill(survey):
    """Last week 8 who would not recommend us, in the four weeks before 40 who would; yesterday and before, others."""
    for number in range(8):
        _answer(survey, 2, MONDAY + timedelta(days=number % 7), f"I had to wait for an hour at desk number {number}", reason="A2")  # fmt: skip
    for number in range(40):
        _answer(survey, 10, MONDAY - timedelta(days=1 + number % 28), "Good people here, thank you very much" if number < 12 else "")  # fmt: skip
    _answer(survey, 5, MONDAY + timedelta(days=7), "This week is not over")
    _answer(survey, 5, MONDAY - timedelta(days=29), "That is long ago")


def _text(answer):
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(answer.text)))


def test_the_last_full_week_stands_against_the_four_before(client):
    survey = make_survey()
    _fill(survey)
    sign_in(client)
    page = _text(client.get(PAGE))
    assert "Week of 12 – 18 Oct" in page
    assert "8 people answered “The autumn survey”. NPS is −100" in page
    assert "Down 200 from +100 in the time before (14 Sep – 11 Oct, 40 answers)." in page
    assert "NPS of “Would you recommend us?” fell from +100 to −100." in page
    assert "Against the four weeks before (14 Sep – 11 Oct)." in page
    assert "Waiting 8" in page
    assert "One of 8 on “Waiting”" in page
    assert "8 comments of this time say something bad" in page
    assert "This week is not over" not in page
    assert "long ago" not in page


def test_quotes_are_few_other_than_each_other_and_without_names_and_numbers(app):
    survey = make_survey()
    texts = ["The showers are cold in the morning, every day", "Booking a class takes me far too many clicks",
             "My name is Mira Stone, call me at +44 20 7946 0958 about the invoice", "Parking is impossible after six in the evening",
             "The trainers are friendly and know their craft", "The music is too loud for me to hear anybody", "x"]  # fmt: skip
    for text in texts:
        _answer(survey, 4, MONDAY, text)
    quotes = [quote.text for quote in weekly(survey, {}, "leader").quotes]
    assert len(quotes) == len(set(quotes)) == 5
    assert not any("Stone" in quote or "7946" in quote for quote in quotes)


def test_nobody_last_week_is_said(client):
    survey = make_survey()
    _answer(survey, 9, TODAY)
    sign_in(client)
    page = _text(client.get(PAGE))
    assert "Nobody has answered “The autumn survey” here yet." in page
    assert "There is nothing to tell of this time." in page


def test_a_saved_view_narrows_the_page_and_its_own_period_does_not(client):
    survey = make_survey()
    _fill(survey)
    for _ in range(6):
        _answer(survey, 10, MONDAY, voice="unverified")
    address = {"voice": "unverified", "period": "2026-01", "by": "day"}
    id = write(lambda: save_view(survey, "Open link", address, by=None, now=NOW)).id
    sign_in(client)
    page = _text(client.get(f"/views/{id}/weekly"))
    assert "Open link · Week of 12 – 18 Oct" in page
    assert "6 people answered “The autumn survey”. NPS is +100" in page
    assert "8 people answered" in _text(client.get(PAGE))  # of those we know


def test_a_view_that_makes_no_sense_any_more_is_refused_in_words(client):
    survey = make_survey()
    id = write(lambda: save_view(survey, "Old", {"voice": "ghosts"}, by=None, now=NOW)).id
    sign_in(client)
    answer = client.get(f"/views/{id}/weekly")
    assert answer.status_code == 400
    assert "There is no such voice" in answer.text
    assert client.get(f"/views/{uuid4()}/weekly").status_code == 404
    assert client.get("/surveys/winter/results/weekly").status_code == 404


@pytest.mark.parametrize(("privacy", "role"), [("confidential", "leader"), ("anonymous", "leader"), ("identified", "viewer")])  # fmt: skip
def test_where_only_groups_are_shown_it_tells_of_the_last_month_and_quotes_no_few(client, privacy, role):
    survey = make_survey(privacy=privacy)
    for number in range(6):
        answer(survey, {"nps": 9, "why": f"Secret words, number {number}"}, on=date(2026, 9, 1 + number), voice="unverified")  # fmt: skip
    for _ in range(3):
        answer(survey, {"nps": 1, "why": "Known by these words"}, on=MONDAY, voice="unverified")
    sign_in(client, role)
    page = _text(client.get(PAGE))
    assert "Month of 1 – 30 Sep" in page
    assert "At least 5 people answered" in page
    assert "Secret" not in page  # six are fewer than comments need
    assert "Known" not in page


def test_groups_of_fewer_than_a_group_are_not_shown(client):
    survey = make_survey(privacy="confidential")
    for number in range(4):
        answer(survey, {"nps": 9}, on=date(2026, 9, 1 + number), voice="unverified")
    sign_in(client)
    page = _text(client.get(PAGE))
    assert "4 people answered" not in page
    assert "Nothing of “The autumn survey” may be shown yet." in page


def test_it_can_be_printed_on_one_page_without_navigation(client):
    survey = make_survey()
    _fill(survey)
    sign_in(client)
    page = client.get(PAGE).text
    assert 'class="staff weekly"' in page
