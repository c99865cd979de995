"""Headlines and last answers, as other rooms ask for them."""

from datetime import date, timedelta

import pytest

from survey.questionnaires.queries import merged_questions
from survey.results.queries import headline, last_answers, metrics_of
from tests.factories.counted import TODAY, answer, make_survey


def test_the_headline_is_that_of_the_first_question_with_a_number(app):
    survey = make_survey()
    assert headline(survey.id).value is None
    for nps, rating in ((9, 1), (10, 1), (3, 5)):
        answer(survey, {"nps": nps, "rating": rating})
    metric = headline(survey.id)
    assert (metric.name, metric.n) == ("nps", 3)
    assert metric.value == pytest.approx(100 / 3)
    assert headline(make_survey("rated", keys=("rating", "used")).id).name == "csat"
    assert headline(make_survey("leaving", keys=("reasons", "why")).id) is None


def test_a_headline_of_some_months_counts_those(app):
    survey = make_survey()
    answer(survey, {"nps": 0}, on=TODAY - timedelta(days=40))
    answer(survey, {"nps": 10})
    assert headline(survey.id, since=TODAY.replace(day=1)).value == 100
    assert headline(survey.id, until=TODAY - timedelta(days=35)).value == -100


def test_the_headline_is_that_of_people_we_know_where_others_answered_too(app):
    survey = make_survey()
    answer(survey, {"nps": 0}, voice="unverified")
    assert headline(survey.id).value == -100
    answer(survey, {"nps": 10}, voice="former_customer")
    assert (headline(survey.id).value, headline(survey.id).n) == (100, 1)


def test_the_last_answer_is_known_for_each_survey_that_has_one(app):
    first, second, empty = make_survey("first"), make_survey("second"), make_survey("empty")
    answer(first, {"nps": 9}, on=date(2026, 9, 3))
    answer(first, {"nps": 9}, on=date(2026, 8, 3))
    answer(second, {"nps": 9})
    assert last_answers() == {first.id: date(2026, 9, 3), second.id: TODAY}
    assert empty.id not in last_answers()


def test_every_number_a_kind_declares_is_known(app):
    survey = make_survey(keys=("nps", "why", "rating", "used", "reasons"))
    names = {
        question.key: [metric.name for metric in metrics_of(question, {})] for question in merged_questions(survey.id)
    }
    assert names == {"nps": ["nps"], "why": [], "rating": ["csat", "mean"], "used": [], "reasons": []}


def test_a_question_that_nobody_ever_answered_does_not_lead(app):
    survey = make_survey()
    answer(survey, {"rating": 5}, on=TODAY - timedelta(days=40))
    metric = headline(survey.id, since=TODAY.replace(day=1))
    assert (metric.name, metric.n) == ("csat", 0)
    answer(survey, {"nps": 9})
    assert headline(survey.id).name == "nps"
