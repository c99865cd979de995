from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from survey.customers.actions import end_stay, record
from survey.customers.models import Person
from survey.customers.rules import PersonEntry
from survey.foundation.db import db, write
from survey.invitations import actions, queries
from survey.invitations.models import Invitation
from survey.questionnaires.queries import survey_by_slug
from tests.factories.letters import NOW, make_person, work_off
from tests.factories.surveys import from_template

pytestmark = pytest.mark.usefixtures("app")
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def links(app):
    return app.extensions["hearback.links"]


@pytest.fixture
def survey():
    from_template(slug="how")
    return survey_by_slug("how").id


def trigger(survey, event, days=0):
    return write(lambda: actions.add_trigger(survey, event, after_days=days, by=None, now=NOW)).id


def tell(event, person_id, links, on=TODAY, key="1"):
    return write(
        lambda: actions.happened(event, db.session.get(Person, person_id), on=on, key=key, links=links, now=NOW)
    )


def newcomer(number="A-1", is_history=False, **said):
    entry = PersonEntry(external_id=number, email=f"{number.lower()}@example.org", started_on=TODAY, **said)
    return write(lambda: record(entry, now=NOW, is_history=is_history)).id


def test_an_event_asks_once_and_another_event_again(survey, links):
    id, somebody = trigger(survey, "purchase"), make_person().id
    assert [tell("purchase", somebody, links, key=key) for key in ("1", "1", "2")] == [1, 0, 1]
    assert tell("case_closed", somebody, links) == 0
    assert len(work_off()) == 2
    assert queries.asked_by(survey) == {id: 2}
    assert {one.trigger_id for one in db.session.scalars(select(Invitation))} == {id}


def test_the_letter_comes_so_many_days_later_in_the_daytime(survey, links):
    trigger(survey, "purchase", days=3)
    tell("purchase", make_person(time_zone="Asia/Tokyo").id, links)
    assert work_off(NOW + timedelta(days=2)) == []
    assert work_off(NOW + timedelta(days=3, hours=1)) == []  # 22:00 in Tokyo
    assert len(work_off(NOW + timedelta(days=3, hours=12, minutes=5))) == 1


def test_what_happened_before_anybody_waited_for_it_asks_nobody(survey, links):
    trigger(survey, "purchase")
    assert tell("purchase", make_person().id, links, on=TODAY - timedelta(days=1)) == 0


def test_switched_off_it_waits_for_nothing_and_lets_nothing_go(survey, links):
    id, somebody = trigger(survey, "purchase"), make_person().id
    tell("purchase", somebody, links)
    write(lambda: actions.switch(id, is_on=False, now=NOW))
    assert tell("purchase", somebody, links, key="2") == 0
    assert work_off() == []
    write(lambda: actions.switch(id, is_on=True, now=NOW))
    assert len(work_off()) == 1


def test_whoever_joins_leaves_and_comes_back_is_asked_each_time(survey):
    ids = {event: trigger(survey, event) for event in ("joined", "departed", "returned")}
    somebody = newcomer()
    write(lambda: end_stay(somebody, on=TODAY, source="staff"))
    back = PersonEntry(external_id="A-1", started_on=TODAY + timedelta(days=1))
    write(lambda: record(back, now=NOW, is_history=False))
    assert queries.asked_by(survey) == dict.fromkeys(ids.values(), 1)


def test_history_that_is_read_in_asks_nobody(survey):
    for event in ("joined", "departed", "returned"):
        trigger(survey, event)
    newcomer(is_history=True)
    newcomer("B-1", is_history=True, has_left=True, ended_on=date(2026, 10, 20))
    assert queries.asked_by(survey) == {}
    assert work_off() == []
