"""The commands of results: exact numbers for programs, and a check that finds what is wrong."""

import json
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert

from survey.foundation.db import db, write
from survey.results.models import Rollup, RollupDelta
from tests.factories.counted import answer, make_survey


def _run(app, *arguments):
    return app.test_cli_runner().invoke(args=arguments)


def test_json_holds_every_question_with_exact_numbers_of_all_voices(app):
    survey = make_survey()
    for grade, times in ((9, 162), (8, 108), (3, 54)):
        for _ in range(times):
            answer(survey, {"nps": grade}, voice="unverified" if grade == 9 else "customer")
    for grade, times in ((5, 74), (2, 33)):
        for _ in range(times):
            answer(survey, {"rating": grade, "why": "words", "used": ["web", "shop"]})
    done = _run(app, "results", "show", "autumn", "--json")
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert list(told) == ["survey", "n", "questions", "rates"]
    assert (told["survey"], told["n"]) == ("autumn", 431)
    by_key = {question["key"]: question for question in told["questions"]}
    assert list(by_key["nps"]) == ["key", "kind", "n", "metrics", "distribution"]
    [nps] = by_key["nps"]["metrics"]
    assert (nps["name"], nps["n"], by_key["nps"]["n"]) == ("nps", 324, 324)
    assert (nps["value"], nps["low"], nps["high"]) == pytest.approx((33.33, 24.95, 41.11), abs=0.005)
    csat, mean = by_key["rating"]["metrics"]
    assert (csat["value"], csat["low"], csat["high"]) == pytest.approx((69.16, 59.87, 77.12), abs=0.005)
    assert mean["value"] == pytest.approx((74 * 5 + 33 * 2) / 107)
    assert by_key["rating"]["distribution"] == {"1": 0, "2": 33, "3": 0, "4": 0, "5": 74}
    assert (by_key["why"]["n"], by_key["why"]["metrics"], by_key["why"]["distribution"]) == (107, [], {})
    assert (by_key["used"]["n"], by_key["used"]["distribution"]) == (107, {"web": 107, "shop": 107})


def test_no_answers_are_none_and_not_zero(app):
    make_survey()
    told = json.loads(_run(app, "results", "show", "autumn", "--json").output)
    assert told["n"] == 0
    assert told["questions"][0]["metrics"] == [{"name": "nps", "value": None, "low": None, "high": None, "n": 0}]


def test_without_json_it_is_for_people_and_says_where_the_page_is(app):
    answer(make_survey(), {"nps": 9})
    done = _run(app, "results", "show", "autumn")
    assert "autumn: 1 answer" in done.output
    assert "NPS +100" in done.output
    assert "http://127.0.0.1:8000/surveys/autumn/results" in done.output


def test_an_unknown_survey_is_an_error(app):
    for command in (("results", "show"), ("rollups", "rebuild")):
        done = _run(app, *command, "nothing")
        assert done.exit_code != 0
        assert "There is no survey “nothing”." in done.output


def test_a_check_agrees_finds_what_is_wrong_and_a_rebuild_repairs_it(app):
    survey = make_survey()
    answer(survey, {"nps": 9}, segments={"site": "North"})
    done = _run(app, "rollups", "check")
    assert (done.exit_code, "All counts agree" in done.output) == (0, True)
    write(lambda: db.session.execute(delete(RollupDelta)))
    done = _run(app, "rollups", "check")
    assert done.exit_code == 1
    assert "0 kept, 1 counted" in done.output
    assert "rollups rebuild" in done.output
    assert _run(app, "rollups", "rebuild", "autumn").exit_code == 0
    assert _run(app, "rollups", "check").exit_code == 0


def test_counts_of_a_survey_that_is_gone_are_found_and_cleared(app):
    survey = make_survey()
    answer(survey, {"nps": 9})
    assert _run(app, "rollups", "rebuild").exit_code == 0
    stray = {
        "survey_id": uuid4(),
        "segment": "",
        "segment_value": "",
        "month": date(2026, 1, 1),
        "question": "",
        "value": "",
        "n": 3,
    }
    write(lambda: db.session.execute(insert(Rollup), stray))
    assert _run(app, "rollups", "check").exit_code == 1
    assert _run(app, "rollups", "rebuild").exit_code == 0
    assert _run(app, "rollups", "check").exit_code == 0
