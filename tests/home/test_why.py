"""Why people stay beside why they leave: never more than is sure, and every number opens exactly its rows."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from survey.customers.actions import record_all
from survey.customers.queries import person_by_external_id
from survey.customers.rules import PersonEntry
from survey.departures.rules import ReasonCount
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.home.rules.experience import Service, is_told, verdict
from survey.home.rules.heard import Heard, heard, heard_words, together
from survey.home.rules.why import headline, leaving, staying
from survey.text.models import Comment
from tests.factories.people import sign_in
from tests.factories.surveys import answer, from_template, make_person
from tests.home.test_staff import _numbers, _rows, _tree

TODAY = date(2026, 11, 22)


# ---- both sides -----------------------------------------------------------------------------------------------------


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def _people(n):
    return [uuid4() for _ in range(n)]


def _count(code, people, *, is_ours=True, is_known=True):
    return ReasonCount(code, code, f"Reason {code}", people, {}, is_ours, is_known)


def test_people_are_counted_once_for_each_thing_they_praise():
    ada, bob, *others = _people(10)
    side = staying({"E": {ada, bob, others[0]}, "P": {ada}, "S": set()}, {ada, bob, *others})
    assert [(line.key, line.people, line.share.n) for line in side.lines] == [("E", 3, 10), ("P", 1, 10)]
    assert side.unnamed == 7
    assert side.lines[0].share.value == pytest.approx(0.3)
    assert (side.lines[0].share.low, side.lines[0].share.high) == pytest.approx((0.1078, 0.6032), abs=1e-4)


def test_the_third_place_is_shared():
    side = leaving([_count(code, n) for code, n in (("A", 9), ("B", 8), ("C", 2), ("D", 2), ("E", 1))])
    assert [line.key for line in side.top] == ["A", "B", "C", "D"]
    assert [line.key for line in side.rest] == ["E"]


def test_what_is_not_known_has_no_share_and_what_is_not_ours_is_grey():
    side = leaving([_count("P1", 6), _count("U2", 4, is_ours=False), _count("", 5, is_ours=False, is_known=False)])
    assert (side.n, side.unnamed, side.most) == (10, 5, 6)
    assert [line.is_grey for line in side.lines] == [False, True]


@pytest.mark.parametrize(
    ("praise", "reasons", "said"),
    [
        ({}, [], "Nobody has written here yet what they like. Nobody left."),
        ({"E": 2}, [("P1", 3)], "Too few say what they like to know why they stay. Too few who left said why."),
        ({"E": 30, "P": 9}, [("P1", 20), ("A2", 5)],
         "Customers praise one thing most: people and encounters. Those who left name one reason most: reason P1."),
        ({"E": 30, "S": 29, "P": 9}, [("P1", 20), ("A2", 19), ("S1", 3)],
         "Customers praise two things most: people and encounters, and product or service. "
         "Those who left name two reasons most: reason P1, and reason A2."),
        ({"E": 5, "S": 4, "P": 4}, [("P1", 5), ("A2", 5), ("S1", 5)],
         "Nothing that customers stay for stands out. No reason to leave stands out."),
    ],
)  # fmt: skip
def test_the_sentence_says_no_more_than_is_sure(praise, reasons, said):
    everybody = _people(max(praise.values(), default=0))
    stay = staying({level: everybody[:n] for level, n in praise.items()}, everybody)
    assert headline(stay, leaving([_count(code, n) for code, n in reasons])) == said


def test_nobody_said_why_is_not_nobody_left():
    assert headline(staying({}, ()), leaving([_count("", 3, is_ours=False, is_known=False)])).endswith(
        "Nobody who left said why."
    )


# ---- is it service? -------------------------------------------------------------------------------------------------


def _service(first=0, too=0, none=0, unclear=0, **more):
    return Service(
        first, too, none, unclear, **{"contact": 0, "controllable": 0, "several": 0, "told_at_exit": 0, **more}
    )


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (_service(), "Of nobody can we tell yet."),
        (_service(unclear=9), "Of nobody can we tell yet."),
        (_service(first=1), "We can tell of one person: too few for a share."),
        (_service(first=2, none=2), "We can tell of 4 people: too few for a share."),
        (_service(first=80, none=20), "Yes, mostly: more than half left over service first of all."),
        (_service(first=20, too=10, none=70), "Mostly not: fewer than half name service at all."),
        (_service(first=40, too=40, none=20), "In part: more than half name service, not all of them first."),
        (_service(first=5, too=1, none=6), "In part: whether it is more than half is not sure."),
    ],
)
def test_the_verdict_is_as_sure_as_the_intervals(service, said):
    assert verdict(service) == said


def test_shares_of_service_are_of_those_of_whom_we_can_tell():
    service = _service(first=30, too=10, none=10, unclear=50, contact=12, controllable=40, several=15, told_at_exit=45)
    assert (service.n, service.people) == (50, 100)
    assert (service.as_first.value, service.as_any.value, service.as_none.value) == pytest.approx((0.6, 0.8, 0.2))
    assert (service.as_first.low, service.as_first.high) == pytest.approx((0.4618, 0.7239), abs=1e-4)
    assert (service.of_contact.n, service.of_controllable.n, service.with_several.n) == (50, 40, 45)
    assert service.of_controllable.value == pytest.approx(0.75)
    assert not is_told(_service(first=4).as_first)


# ---- who was heard --------------------------------------------------------------------------------------------------


def test_who_was_heard_is_told_by_voice_and_by_what_was_asked():
    voices = {"customer": 5, "former_customer": 2, "employee": 9, "unverified": 4}
    assert heard("satisfaction", voices) == Heard(5, 2, 4, 0)
    assert heard("exit", voices) == Heard(5, 2, 0, 4)
    assert heard("other", voices) == Heard(5, 2, 0, 0)
    assert together([Heard(1, 2, 3, 4), Heard(1, 1, 1, 1)]) == Heard(2, 3, 4, 5)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Heard(), "Nobody was heard in this time."),
        (Heard(3), "Only customers were heard in this time, nobody who had left."),
        (Heard(0, 0, 0, 3), "Only people who had left were heard in this time, no customer."),
        (Heard(1, 1), "1 answer came from customers, 1 from people who had left."),
        (Heard(5, 2, 4), "9 answers came from customers, 2 from people who had left."),
    ],
)
def test_whom_we_listened_to_in_a_sentence(who, said):
    assert heard_words(who) == said


# ---- the page -------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=True):
        yield


def _praise(survey, words, **more):
    receipt = answer(survey, {"nps": 9, "reason": words, "rating": 5}, on=TODAY, **more)

    def read():
        comment = db.session.query(Comment).filter_by(response_id=receipt.response_id).one()
        comment.sentiment, comment.language = "positive", "en"

    write(read)


@pytest.fixture
def told(client):
    """Customers who praise, people who left, answers to both kinds of survey."""
    survey, leavers = from_template(), from_template("exit", slug="bye")
    for number in range(8):
        person = make_person(f"Customer {number}")
        _praise(survey, "Friendly staff", person_id=person, voice="customer")
        _praise(survey, "Friendly team and good prices", person_id=person, voice="customer")
    _praise(survey, "Best place in town", person_id=make_person(), voice="customer")
    _praise(survey, "Friendly staff")
    reasons = ("Quality", "Attitude", "Price rise", "Moved away", None, "The parrot")
    entries = [
        PersonEntry(
            external_id=str(number),
            has_left=True,
            started_on=date(2024, 1, 1),
            ended_on=TODAY,
            reason=reasons[number % 6],
        )
        for number in range(30)
    ]
    write(lambda: record_all(entries, now=now(), is_history=True))
    silent = person_by_external_id("4")
    answer(
        leavers,
        {"reasons": {"codes": ["P2", "S1"], "other": ""}},
        person_id=silent.id,
        voice="former_customer",
        on=TODAY,
    )
    answer(leavers, {"reasons": {"codes": ["A2"], "other": ""}}, on=TODAY)
    sign_in(client)
    return client


@pytest.mark.usefixtures("both_databases")
def test_every_number_opens_its_people(told):
    page = told.get("/why")
    assert page.status_code == 200
    numbers = dict.fromkeys(_numbers(_tree(page.text)))
    assert len(numbers) > 12
    assert [(url, n) for url, n in numbers if _rows(told, url) != n] == []


@pytest.mark.usefixtures("both_databases")
def test_people_who_praise_twice_are_counted_once_and_listed_once(told):
    page = told.get("/why").text
    assert ("/why/praise?level=E&period=12-months", 8) in set(_numbers(_tree(page)))
    listed = told.get("/why/praise?level=E")
    assert listed.text.count("<blockquote") == 8
    assert "Friendly team" in listed.text
    assert told.get("/why/praise?level=unnamed").text.count("<blockquote") == 1
    assert told.get("/why/praise?level=R").status_code == 200


@pytest.mark.usefixtures("both_databases")
def test_without_a_customer_whom_we_know_open_links_speak_and_that_is_said(client):
    survey = from_template()
    for _ in range(6):
        _praise(survey, "Friendly staff")
    sign_in(client)
    assert "No customer whom we know wrote something positive; 6 people did over open links." in client.get("/why").text


def test_surveys_that_show_groups_only_are_left_out_and_that_is_said(client):
    closed = from_template(privacy="confidential")
    for _ in range(9):
        _praise(closed, "Friendly staff", voice="customer")
    sign_in(client)
    page = client.get("/why").text
    assert "Surveys that promise to show groups only are left out." in page
    assert "Nobody has written here yet what they like." in page
    assert "Nobody was heard in this time." in page


def test_an_empty_house_has_a_page_too(client):
    sign_in(client)
    page = client.get("/why?period=all")
    assert page.status_code == 200
    assert "Nobody left in this time, as far as we know." in page.text


@pytest.mark.parametrize(
    "address",
    ["/why?period=nonsense", "/why/praise?level=Q", "/why/praise", "/why/praise?level=E&page=0",
     "/why/praise?level=E&page=" + "9" * 5000, "/why/praise?level=E&page=x", "/why/praise?level=E&period=2026-13"],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_words(client, address):
    sign_in(client)
    page = client.get(address)
    assert page.status_code == 400
    assert "<h1" in page.text


@pytest.mark.parametrize("address", ["/why", "/why/praise?level=E"])
def test_viewers_see_neither(client, address):
    sign_in(client, "viewer")
    assert client.get(address).status_code == 403
