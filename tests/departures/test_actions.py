from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from survey.customers.models import Standing
from survey.customers.queries import person
from survey.departures.actions import record_departure, suggest_reasons
from survey.departures.models import Departure, DepartureReason
from survey.departures.queries import count_lost, count_unmatched
from survey.foundation.db import db, write
from survey.text.events import ResponseRead
from tests.departures.conftest import entry
from tests.factories.surveys import answer, from_template, make_person

LEFT_ON = date(2026, 9, 30)
ON = date(2026, 10, 12)
AT = datetime(2026, 10, 12, 9, tzinfo=UTC)
WAITING = {"reasons": {"codes": ["A2", "P2"], "other": ""}}


@pytest.fixture
def exit_survey(app):
    return from_template("exit", slug="bye")


def _answer(survey, answers, **more):
    return answer(survey, answers, **{"on": ON, "at": AT if survey.privacy != "anonymous" else None, **more})


def _departure():
    db.session.expire_all()
    return db.session.scalars(select(Departure)).one()


def _stated(departure):
    return [(reason.code, reason.words, reason.is_primary) for reason in departure.reasons if reason.layer == "stated"]


def test_a_departure_keeps_the_words_and_knows_their_code(recorded):
    recorded(entry("1", LEFT_ON, "Competitor made better offer", 6560))
    departure = _departure()
    assert _stated(departure) == [("X1", "Competitor made better offer", True)]
    assert (departure.value_minor, departure.tenure_months, departure.is_matched) == (6560, 32, True)


def test_words_that_fit_no_code_are_kept_without_one(recorded):
    recorded(entry("1", LEFT_ON, "The parrot"))
    assert _stated(_departure()) == [(None, "The parrot", True)]


def test_the_same_end_told_twice_is_one_departure(recorded):
    recorded(entry("1", LEFT_ON, "Price too high"))
    from survey.customers.events import PersonLeft

    first = _departure()
    again = PersonLeft(first.person_id, first.lifetime_id, LEFT_ON, "staff", "Quality", None, None, None, None, None)
    write(lambda: record_departure(again))
    assert _stated(_departure()) == [("P1", "Price too high", True)]


def test_an_exit_answer_by_open_link_is_unmatched_and_counted_apart(exit_survey):
    _answer(exit_survey, WAITING)
    departure = _departure()
    assert (departure.is_matched, departure.source, departure.left_on) == (False, "exit_survey", ON)
    assert _stated(departure) == [("A2", "", True), ("P2", "", False)]
    assert (count_lost(), count_unmatched()) == (0, 1)


def test_an_exit_answer_of_somebody_who_left_joins_their_departure(exit_survey, recorded):
    [somebody] = recorded(entry("1", LEFT_ON))
    receipt = _answer(exit_survey, WAITING, person_id=somebody.id, voice="former_customer", channel="personal")
    departure = _departure()
    assert (departure.left_on, departure.response_id, departure.source) == (LEFT_ON, receipt.response_id, "import")
    assert _stated(departure) == [("A2", "", True), ("P2", "", False)]


def test_an_exit_answer_of_a_customer_ends_their_stay_that_day(exit_survey, recorded):
    [somebody] = recorded(entry("1"))
    _answer(exit_survey, WAITING, person_id=somebody.id, voice="customer", channel="personal")
    departure = _departure()
    assert (departure.left_on, departure.source, departure.tenure_months) == (ON, "exit_survey", 32)
    assert person(somebody.id).standing == Standing.LEFT
    assert count_lost() == 1


def test_an_exit_answer_of_somebody_without_a_stay_is_a_departure_once(exit_survey):
    person_id = make_person()
    for _ in range(2):
        _answer(exit_survey, WAITING, person_id=person_id, voice="customer")
    departure = _departure()
    assert (departure.person_id, departure.lifetime_id, departure.left_on) == (person_id, None, ON)
    assert len(_stated(departure)) == 2


def test_what_is_said_later_stands_beside_what_was_said_first(exit_survey, recorded):
    [somebody] = recorded(entry("1", LEFT_ON, "Quality"))
    _answer(exit_survey, WAITING, person_id=somebody.id, voice="former_customer")
    assert sorted(_stated(_departure())) == [("A2", "", False), ("P2", "", False), ("S2", "Quality", True)]


def test_a_reason_comes_before_a_do_not_know_that_was_there_first(exit_survey, recorded):
    [somebody] = recorded(entry("1", LEFT_ON, "Don't know"))
    _answer(exit_survey, WAITING, person_id=somebody.id, voice="former_customer")
    assert sorted(_stated(_departure())) == [("A2", "", True), ("P2", "", False), ("Z2", "Don't know", False)]


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_of_a_survey_that_shows_groups_only_no_departure_is_made(app, recorded, privacy):
    survey = from_template("exit", slug="bye")
    write(lambda: db.session.merge(survey).__setattr__("privacy", privacy))
    survey.privacy = privacy
    [somebody] = recorded(entry("1"))
    _answer(survey, WAITING, person_id=somebody.id if privacy == "confidential" else None, voice="customer")
    assert db.session.scalars(select(Departure)).all() == []


def test_other_surveys_and_employees_make_no_departure(app):
    _answer(from_template("satisfaction", slug="now"), {"nps": 3})
    _answer(from_template("exit", slug="bye"), WAITING, voice="employee")
    assert db.session.scalars(select(Departure)).all() == []


def test_a_second_copy_of_an_answer_makes_no_second_departure(exit_survey):
    form_id = uuid4()
    for _ in range(2):
        _answer(exit_survey, WAITING, form_id=form_id)
    assert count_unmatched() == 1


def test_suggested_reasons_stand_beside_the_stated_ones_and_are_those_of_the_last_reading(exit_survey):
    receipt = _answer(exit_survey, WAITING)
    for reasons in ((("A2", 0.9), ("E2", 0.4)), (("A2", 0.8), ("S1", 0.7))):
        event = ResponseRead(receipt.response_id, exit_survey.id, ON, "negative", None, reasons, "reader-1")
        write(lambda event=event: suggest_reasons(event))
    departure = _departure()
    suggested = [reason for reason in departure.reasons if reason.layer == "suggested"]
    assert sorted((reason.code, reason.confidence, reason.is_primary, reason.made_by) for reason in suggested) == [
        ("A2", 0.8, True, "reader-1"), ("S1", 0.7, False, "reader-1"),
    ]  # fmt: skip
    assert len(_stated(departure)) == 2


def test_reasons_read_in_other_answers_touch_no_departure(app):
    event = ResponseRead(uuid4(), uuid4(), ON, "negative", None, (("A2", 0.9),), "reader-1")
    write(lambda: suggest_reasons(event))
    assert db.session.scalars(select(DepartureReason)).all() == []


def test_the_database_keeps_one_first_reason_in_a_layer(recorded):
    recorded(entry("1", LEFT_ON, "Quality"))
    second = {
        "id": uuid4(),
        "departure_id": _departure().id,
        "layer": "stated",
        "code": "P1",
        "words": "",
        "made_by": "customer",
    }
    with pytest.raises(IntegrityError):
        write(lambda: db.session.execute(insert(DepartureReason), [{**second, "is_primary": True}]))
