from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, select

from survey.customers.actions import leave_alone
from survey.customers.models import Lifetime, Person
from survey.foundation import events
from survey.foundation.db import db, new_id, write
from survey.foundation.tokens import digest
from survey.invitations import actions, queries
from survey.invitations.actions import Plan
from survey.invitations.events import CampaignFinished
from survey.invitations.models import Campaign, CampaignMember, Invitation
from survey.invitations.rules import Audience, Standing
from survey.letters import actions as letters
from survey.letters.models import Letter
from survey.letters.rules.states import Why
from survey.questionnaires.queries import survey_by_slug
from tests.factories.letters import NOW, make_person, work_off
from tests.factories.surveys import from_template

pytestmark = pytest.mark.usefixtures("app")
EVERYBODY = Audience("everybody")


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


def plan(survey, whom=EVERYBODY, **said):
    return write(lambda: actions.plan_campaign(survey, Plan("Autumn", whom, **said), by=None, now=NOW)).id


def started(survey, links, whom=EVERYBODY, **said):
    id = plan(survey, whom, **said)
    write(lambda: actions.start(id, now=NOW))
    queue(id, links)
    return id


def queue(id, links):
    chunks = 0
    while write(lambda: actions.queue_some(id, links=links, now=NOW)):
        chunks += 1
    return chunks


def people(many, **columns):
    return [make_person(f"p{number}@example.org", **columns) for number in range(many)]


def campaign(id) -> Campaign:
    db.session.rollback()
    return queries.campaign(id)


def look(id, now):
    with time_machine.travel(now, tick=False):
        write(lambda: actions.look_after(id, now=now))


def test_everybody_gets_one_letter_and_a_link_whose_secret_is_stored_nowhere(survey, links):
    everybody = people(3)
    id = started(survey, links)
    sent = work_off()
    assert sorted(one.address for one in sent) == [f"p{number}@example.org" for number in range(3)]
    invitations = db.session.scalars(select(Invitation)).all()
    assert {one.person_id for one in invitations} == {one.id for one in everybody}
    for one in invitations:
        assert one.token_hash == digest(links.own_token("invitation", one.id))
    assert campaign(id).standing == Standing.RUNNING
    assert queries.numbers(campaign(id), started=None).delivered == 3


def test_numbers_add_up_to_the_people_whom_it_is_for(survey, links):
    people(2)
    make_person(None, name="No address")
    make_person("P0@example.org", name="Same address")
    alone = make_person("alone@example.org")
    write(lambda: leave_alone(alone.id, now=NOW))
    id = plan(survey)
    expected = {None: 3, Why.NO_ADDRESS: 1, Why.DO_NOT_CONTACT: 1}
    assert queries.prospects(campaign(id), now=NOW) == expected
    write(lambda: actions.start(id, now=NOW))
    queue(id, links)
    work_off()
    found = queries.numbers(campaign(id), started=0)
    assert (found.people, found.delivered, found.shared) == (5, 2, 1)
    assert found.held == [("do_not_contact", 1), ("no_address", 1)]
    assert found.people == found.all + found.shared


def test_three_thousand_are_queued_in_chunks_stopped_gone_on_and_nobody_gets_two(survey, links, monkeypatch):
    def fill():
        db.session.execute(
            Person.__table__.insert(),
            [{"id": new_id(), "name": "", "email": f"p{n}@example.org", "segments": {}, "source": "import", "created_at": NOW}
             for n in range(1500)],
        )  # fmt: skip

    write(fill)
    id = plan(survey)
    write(lambda: actions.start(id, now=NOW))
    assert write(lambda: actions.queue_some(id, links=links, now=NOW))
    write(lambda: actions.stop(id, now=NOW))
    assert not write(lambda: actions.queue_some(id, links=links, now=NOW))
    assert write(lambda: letters.take(without_domains=(), now=NOW)) is None
    assert campaign(id).people == queries.CHUNK
    write(lambda: actions.go_on(id))
    assert queue(id, links) == 2
    assert queue(id, links) == 0
    many = select(func.count(), func.count(Letter.address_hash.distinct())).where(Letter.mailing_id == id)
    assert tuple(db.session.execute(many).one()) == (1500, 1500)
    assert campaign(id).people == 1500


def test_a_second_press_on_start_sends_nothing_twice(survey, links):
    people(2)
    id = plan(survey)
    for _each in range(3):
        write(lambda: actions.start(id, now=NOW))
        queue(id, links)
    assert len(work_off()) == 2


def test_it_is_for_a_group_or_for_segments_or_for_a_list(survey):
    anna = make_person("a@example.org", external_id="A-1")
    write(lambda: db.session.execute(Person.__table__.update().values(segments={"plan": "gold"})))
    ben = make_person("b@example.org")
    write(lambda: db.session.add(Lifetime(person_id=ben.id, ordinal=1)))
    for whom, expected in (
        (Audience("customers"), [ben.id]), (EVERYBODY, [anna.id, ben.id]), (Audience("left"), []),
        (Audience("everybody", {"plan": "gold"}), [anna.id]), (Audience("everybody", {"plan": "silver"}), []),
    ):  # fmt: skip
        found = campaign(plan(survey, whom))
        assert [one.id for one in queries.people_after(found, None)] == expected
        assert queries.count_audience(found) == len(expected)
    id = plan(survey, Audience("list"))
    unknown = write(lambda: actions.keep_list(id, ["A-1", "B@example.org", "a@example.org", "who@example.org", "Z-9"]))
    assert unknown == ["who@example.org", "Z-9"]
    assert {one.id for one in queries.people_after(campaign(id), None)} == {anna.id, ben.id}
    write(lambda: actions.keep_list(id, ["A-1"]))
    assert db.session.scalars(select(CampaignMember.person_id)).all() == [anna.id]


def test_reminders_go_to_those_who_have_not_answered_and_no_more_than_planned(survey, links):
    answered, silent = people(2)
    id = started(survey, links, reminders=2, reminder_days=5)
    work_off()
    invitation = db.session.scalar(select(Invitation.id).where(Invitation.person_id == answered.id))
    write(lambda: actions.use(invitation, form_id=new_id(), on=NOW.date()))
    reminded = []
    for day in range(1, 16):
        later = NOW + timedelta(days=day, hours=1)
        look(id, later)
        reminded += [(day, one.kind, one.person_id, one.said["number"]) for one in work_off(later)]
    assert reminded == [(5, "reminder", silent.id, 1), (10, "reminder", silent.id, 2)]
    assert campaign(id).standing == Standing.FINISHED


def test_no_second_reminder_follows_close_behind_one_that_went_late(survey, links):
    people(1)
    id, late = started(survey, links, reminders=2, reminder_days=5), NOW + timedelta(days=9)
    work_off()
    look(id, late)  # nobody worked, or the campaign was stopped
    assert len(work_off(late)) == 1
    look(id, late + timedelta(days=2))
    assert db.session.scalar(select(func.count()).where(Letter.kind == "reminder")) == 1


def test_nobody_is_reminded_of_a_campaign_that_was_stopped_or_ended(survey, links):
    people(1)
    id = started(survey, links, reminders=1, reminder_days=5)
    work_off()
    later = NOW + timedelta(days=6)
    write(lambda: actions.stop(id, now=NOW))
    look(id, later)
    assert work_off(later) == []
    write(lambda: actions.go_on(id))
    write(lambda: actions.end(id, now=later))
    look(id, later)
    assert work_off(later) == []
    assert campaign(id).standing == Standing.ENDED


def test_ending_takes_back_what_has_not_gone(survey, links):
    people(3)
    id = started(survey, links)
    assert write(lambda: letters.take(without_domains=(), now=NOW))
    assert write(lambda: actions.end(id, now=NOW)) == 2
    assert work_off() == []
    assert queries.numbers(campaign(id), started=None).stopped == 2


def test_its_end_is_told_once(survey, links, monkeypatch):
    told = []
    monkeypatch.setitem(events._now, CampaignFinished, (told.append,))
    people(2)
    id = started(survey, links, reminders=0)
    look(id, NOW)
    assert told == []
    work_off()
    for minutes in (2, 4):
        look(id, NOW + timedelta(minutes=minutes))
    assert told == [CampaignFinished(id, "Autumn", "how", None, 2)]


def test_unsubscriptions_are_counted_by_recipients_of_this_mailing(survey, links):
    people(2)
    id = started(survey, links)
    taken = work_off()
    for _each in range(2):
        write(lambda: letters.unsubscribe(taken[0].id, now=NOW))
    assert queries.numbers(campaign(id), started=None).unsubscribed == 1


def test_a_plan_can_be_changed_and_thrown_away_until_it_starts(survey, links):
    id = plan(survey)
    write(lambda: actions.change_plan(id, Plan("Winter", Audience("left"), reminders=0)))
    assert (campaign(id).name, campaign(id).whom.group, campaign(id).reminders) == ("Winter", "left", 0)
    write(lambda: actions.delete_plan(id))
    assert campaign(id) is None
    people(1)
    id = started(survey, links)
    for change in (lambda: actions.change_plan(id, Plan("X", EVERYBODY)), lambda: actions.delete_plan(id)):
        with pytest.raises(Exception, match="has started"):
            write(change)


def test_somebody_who_is_deleted_meanwhile_gets_nothing(survey, links):
    people(1)
    started(survey, links)
    write(lambda: db.session.execute(delete(Person)))
    assert work_off() == []
