"""A chart by day, week or month, and what moved since the time before, on the page of a survey."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests.factories.counted import NOW, TODAY, answer, make_survey, read
from tests.factories.people import sign_in

PAGE = "/surveys/autumn/results"


@pytest.fixture
def app(sqlite_app):
    """What these pages read is tested on both databases elsewhere; how they say it does not depend on the database."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _text(answer):
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(answer.text)))


def _survey(**how):
    return make_survey(now=datetime(2026, 8, 1, tzinfo=UTC), **how)


def _many(survey, grades, on, **how):
    for grade in grades:
        answer(survey, {"nps": grade}, on=on, **how)


# ---- steps of time --------------------------------------------------------------------------------------------------


def test_the_chart_goes_by_day_week_and_month_with_the_same_numbers_beside_it(client):
    survey = _survey()
    _many(survey, [9] * 6, date(2026, 10, 5))
    _many(survey, [9, 9, 9, 0, 0, 0], date(2026, 10, 6))
    _many(survey, [9], date(2026, 10, 7))
    _many(survey, [0] * 6, date(2026, 10, 13))
    sign_in(client)
    by_day = _text(client.get(f"{PAGE}?by=day"))
    assert "6 October 6 0.00 −" in by_day
    assert "7 October 1 – – 1 answer so far: too few for a score" in by_day
    said = html.unescape(client.get(f"{PAGE}/trend.svg?by=day").text)
    assert "19 answers to “The autumn survey”, all time. 1 day had too few answers for a score." in said
    by_week = _text(client.get(f"{PAGE}?by=week&period=this-month"))
    assert "5 October 13 +53.85 +" in by_week
    assert "12 October 6 −100.00 −100.00" in by_week
    assert "NPS fell from +54 in the week of 5 October to −100 in the week of 12 October." in by_week
    svg = re.sub(r"<[^>]+>", " ", client.get(f"{PAGE}/trend.svg?by=week&period=this-month").text)
    assert "NPS fell from +54" in svg
    assert "Weeks begin on Monday" in svg
    page = html.unescape(client.get(f"{PAGE}?by=week").text)
    assert f"{PAGE}/trend.svg?theme=light&by=week" in page
    assert '<input type="hidden" name="by" value="week">' in page  # another filter keeps it


def test_filters_apply_to_days_as_well(client):
    survey = _survey()
    _many(survey, [9] * 6, date(2026, 10, 5), voice="unverified")
    _many(survey, [9], date(2026, 10, 7), voice="unverified")
    _many(survey, [0] * 6, date(2026, 10, 5))
    for day in (6, 8):
        _many(survey, [0] * 6, date(2026, 10, day), segments={"site": "North"})
    _many(survey, [0] * 5, date(2026, 9, 30))
    sign_in(client)
    assert "5 October 6 −100" in _text(client.get(f"{PAGE}?by=day"))
    assert "5 October 6 +100" in _text(client.get(f"{PAGE}?by=day&voice=unverified"))
    north = _text(client.get(f"{PAGE}?by=day&segment.site=North"))
    assert "8 October 6 −100" in north
    assert "5 October 6" not in north
    assert "30 September 5" not in _text(client.get(f"{PAGE}?by=day&period=this-month"))


def test_without_a_number_the_answers_are_counted(client):
    survey = _survey(keys=("why",))
    for day in (5, 5, 6, 13):
        answer(survey, {"why": "Good people"}, on=date(2026, 10, day))
    sign_in(client)
    assert "Most answers came on 5 October: 2." in _text(client.get(f"{PAGE}?by=day"))
    assert "Most answers came in the week of 5 October: 3." in _text(client.get(f"{PAGE}?by=week"))
    assert client.get(f"{PAGE}/trend.svg?by=day").status_code == 200


def test_days_with_too_few_answers_each_say_so(client):
    survey = _survey()
    _many(survey, [9], date(2026, 10, 5))
    _many(survey, [9], date(2026, 10, 6))
    sign_in(client)
    page = _text(client.get(f"{PAGE}?by=day"))
    assert "A score needs 5 answers in each step. Look at it by longer steps." in page
    assert "Too few answers for a score." in client.get(f"{PAGE}/trend.svg?by=day").text


@pytest.mark.parametrize("by", ["year", "Day", "%27", "day,week"])
def test_a_step_that_makes_no_sense_is_refused_in_words(sqlite_app, by):
    _many(_survey(), [9], TODAY)
    client = sqlite_app.test_client()
    sign_in(client)
    for address in (PAGE, f"{PAGE}/trend.svg"):
        found = client.get(f"{address}?by={by}")
        assert found.status_code == 400
        assert "A chart goes by day, week or month." in found.text


@pytest.mark.parametrize(("privacy", "role"), [("confidential", "leader"), ("anonymous", "leader"), ("identified", "viewer")])  # fmt: skip
def test_where_only_groups_are_shown_it_goes_by_months(client, privacy, role):
    survey = _survey(privacy=privacy)
    for month in (8, 9):
        _many(survey, [9] * 6, date(2026, month, 3), voice="unverified")
    sign_in(client, role)
    page = _text(client.get(PAGE))
    assert "It goes by months here: a day or a week may be one person." in page
    assert "By day" not in page
    for by in ("day", "week"):
        found = client.get(f"{PAGE}?by={by}")
        assert found.status_code == 400
        assert "a day or a week may be one person" in found.text
        assert client.get(f"{PAGE}/trend.svg?by={by}").status_code == 400
    assert client.get(f"{PAGE}?by=month").status_code == 200


# ---- what moved -----------------------------------------------------------------------------------------------------


def test_what_moved_is_said_against_the_time_before_and_how_many_were_compared(client):
    survey = _survey()
    for number in range(24):
        id = answer(
            survey,
            {"nps": 1, "rating": 4 + number % 2, "why": f"I waited, number {number}"},
            on=date(2026, 9, 1 + number),
        )
        read(id, "negative", reasons=(("A2", 0.9),))
    for number in range(24):
        id = answer(
            survey,
            {"nps": 10, "rating": 4 + number % 2, "why": f"Good people, number {number}"},
            on=date(2026, 8, 1 + number),
        )
        read(id, "positive")
    sign_in(client)
    page = _text(client.get(f"{PAGE}?period=2026-09"))
    assert "2 of 3 numbers moved more than chance would." in page
    assert "NPS of “Would you recommend us?” fell from +100 to −100." in page
    assert "“Waiting” was spoken of more: by 100% of those who wrote, up from 0%." in page
    assert "Against 1 – 31 Aug." in page
    assert "It says that something moved, not why." in page
    assert "How satisfied are you? (CSAT) 100% (24) 100% (24)" in page


def test_of_all_time_there_is_nothing_before(client):
    survey = _survey()
    _many(survey, [9] * 6, TODAY)
    sign_in(client)
    page = client.get(PAGE).text
    assert "Choose a period to see what moved since the time before it." in page
    assert f'href="{PAGE}?period=last-month"' in page


def test_the_head_and_what_moved_never_say_two_things(client):
    survey = _survey()
    _many(survey, [9] * 12 + [7] * 6 + [3] * 4, date(2026, 9, 1))
    _many(survey, [9] * 7 + [7] * 7 + [3] * 10, date(2026, 8, 1))
    for month in (8, 9):
        for number in range(30):
            id = answer(survey, {"rating": 4, "why": f"Words {number}"}, on=date(2026, month, 2))
            read(id, "positive", reasons=tuple((code, 0.9) for code in ("A2", "P2", "S1", "E2")))
    sign_in(client)
    page = _text(client.get(f"{PAGE}?period=2026-09"))
    assert "Nothing moved more than chance would" in page
    assert "no clear change. NPS is the share" in page.replace("answers): ", "")


def test_of_small_groups_nothing_is_compared(client):
    survey = _survey(privacy="confidential")
    _many(survey, [9] * 6, date(2026, 9, 1), voice="unverified")
    sign_in(client)
    page = _text(client.get(f"{PAGE}?period=2026-09"))
    assert "rose from" not in page
    assert "fell from" not in page
    assert "There are too few answers, now or before, to compare anything." in page


def test_among_those_who_wrote_something_bad_no_score_is_compared(client):
    survey = _survey()
    for on in (date(2026, 9, 1), date(2026, 8, 1)):
        for number in range(12):
            id = answer(
                survey,
                {"nps": 1 if on.month == 9 else 10, "why": f"Bad words {number}"},
                on=on + timedelta(days=number),
            )
            read(id, "negative")
    sign_in(client)
    page = _text(client.get(f"{PAGE}?period=2026-09&sentiment=negative"))
    assert "fell from" not in page
