"""Taking an answer back, and setting one aside: whatever comes twice or at once, and whatever hangs on the answer."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from survey.customers.actions import end_stay, record
from survey.customers.models import Consent, Person
from survey.customers.rules import PersonEntry
from survey.departures.models import Departure, DepartureReason
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.invitations.models import Invitation
from survey.questionnaires.kinds.base import ContactAnswer
from survey.responses import actions
from survey.responses.models import Response, ResponseDraft
from survey.results.queries import counts, differences
from survey.results.rules.tally import responses_in
from tests.factories.counted import read
from tests.factories.people import sign_in, submit
from tests.factories.surveys import answer, from_template, hidden, make_person, personal_link, send, with_every_kind

GOOD = {"nps": 9, "reason": "All is well.", "rating": 5}


def change(act, response_id):
    write(lambda: act(db.session.get_one(Response, response_id)))


def take_back(response_id):
    change(lambda found: actions.withdraw(found, now=now()), response_id)


def n(survey):
    db.session.rollback()
    return responses_in(counts(survey.id))


def at_once(app, act, response_id, times=4):
    """Several people do the same thing to one answer, all having read it before any of them writes."""
    ready = Barrier(times) if db.session.get_bind().dialect.name == "postgresql" else None  # else there is one writer

    def work(_number):
        def together():
            found = db.session.get_one(Response, response_id)
            if ready:
                ready.wait(timeout=20)
            act(found)

        with app.app_context(), suppress(actions.Refused):
            write(together)

    with ThreadPoolExecutor(times) as pool:
        list(pool.map(work, range(times)))
    db.session.rollback()


@pytest.mark.parametrize(
    "act", [lambda found: actions.withdraw(found, now=now()), lambda found: actions.set_aside(found, "spam")]
)
def test_what_several_do_at_once_to_one_answer_is_done_once(app, act):
    survey = from_template()
    kept, gone = (answer(survey, GOOD).response_id for _number in range(2))
    at_once(app, act, gone)
    assert n(survey) == 1
    assert differences(survey.id) == []
    assert db.session.get_one(Response, kept).set_aside is None


def test_counting_again_at_once_counts_once(app):
    survey = from_template()
    id = answer(survey, GOOD).response_id
    change(lambda found: actions.set_aside(found, "spam"), id)
    at_once(app, actions.count_again, id)
    assert n(survey) == 1
    assert differences(survey.id) == []


# ---- what stays of an answer that was taken back ----------------------------------------------------------------------


def test_the_row_that_stays_holds_neither_words_nor_moment_nor_group(app):
    survey = from_template()
    person_id = make_person()
    id = answer(
        survey, GOOD, person_id=person_id, voice="customer", segments={"site": "north"}, doubts=("fast",)
    ).response_id
    take_back(id)
    row = db.session.get_one(Response, id)
    empty = row.answers, row.segments, row.doubts, row.person_id, row.score, row.sentiment, row.submitted_at, row.voice
    assert empty == ({}, {}, [], None, None, None, None, "unverified")


def test_an_address_that_came_with_the_answer_alone_is_forgotten(app):
    survey = with_every_kind()
    id = answer(survey, {"nps": 3}, contact=ContactAnswer("bo@example.org", "Bo", "Yes")).response_id
    take_back(id)
    assert db.session.query(Person).count() == 0
    assert db.session.query(Consent).count() == 0


def test_a_customer_stays_a_customer_whose_permission_is_taken_back(app):
    survey = with_every_kind()
    write(lambda: record(PersonEntry(external_id="C-1", name="Bo", email="bo@example.org"), now=now(), is_history=True))
    id = answer(survey, {"nps": 3}, contact=ContactAnswer("bo@example.org", "Bo", "Yes")).response_id
    take_back(id)
    assert db.session.query(Person).one().email == "bo@example.org"
    assert db.session.query(Consent).one().withdrawn_at is not None


def test_somebody_who_answered_twice_is_forgotten_with_the_last_answer(app):
    survey = with_every_kind()
    ids = [
        answer(survey, {"nps": 3}, contact=ContactAnswer("bo@example.org", "Bo", "Yes")).response_id
        for _again in range(2)
    ]
    take_back(ids[1])  # the permission came with the first
    assert db.session.query(Consent).one().withdrawn_at is None
    take_back(ids[0])
    assert db.session.query(Person).count() == 0


def test_permission_left_by_a_personal_link_under_another_address_is_taken_back_too(app):
    survey = with_every_kind()
    customer = make_person("Mira", external_id="C-7", email="mira@example.org")
    contact = ContactAnswer("private@example.org", "Mira", "Yes")
    id = answer(survey, {"nps": 3}, person_id=customer, voice="customer", contact=contact).response_id
    take_back(id)
    assert [one.email for one in db.session.query(Person)] == ["mira@example.org"]
    assert db.session.query(Consent).count() == 0


def test_what_was_typed_before_goes_too(app):
    survey, form_id = from_template(), uuid4()
    id = answer(survey, GOOD, form_id=form_id).response_id
    left = {"form_id": form_id, "survey_id": survey.id, "version_id": db.session.get_one(Response, id).version_id,
            "typed": {"reason": ["secret"]}, "began_on": now().date(), "changed_on": now().date()}  # fmt: skip
    write(lambda: db.session.add(ResponseDraft(**left)))
    take_back(id)
    assert db.session.query(ResponseDraft).count() == 0


@pytest.mark.parametrize("is_personal", [False, True])
def test_a_late_copy_is_told_that_the_answer_was_taken_back(client, is_personal):
    survey = from_template()
    address = personal_link(survey, make_person()) if is_personal else "/s/spring"
    sent = {**hidden(client.get(address).text), "nps": "2", "reason": "My secret reason."}
    thanks = client.post(address, data=sent).location
    client.post(f"{thanks}/take-back", data=hidden(client.get(f"{thanks}/take-back").text))
    for late in (sent, {**sent, "nps": "10"}):
        page = client.get(client.post(address, data=late).location).text
        assert "Your answer is taken back" in page
        assert "We have your answer" not in page
    if is_personal:
        again = client.get(address).text
        assert "You took your answer back" in again
        assert "we have it" not in again
    assert n(survey) == 0


def test_an_answer_from_a_file_has_no_receipt_that_takes_it_back(client):
    survey, form_id = from_template(), uuid4()
    answer(survey, GOOD, form_id=form_id, channel="import", at=None)
    assert client.get(f"/s/spring/thanks/{form_id}/take-back").status_code == 404


# ---- departures -------------------------------------------------------------------------------------------------------


def left_and_said(code):
    """Somebody of whom an import says why they left, who then says something else by their own link."""
    entry = PersonEntry(external_id="C-1", name="Bo", started_on=now().date() - timedelta(days=900))
    person = write(lambda: record(entry, now=now(), is_history=True))
    write(lambda: end_stay(person.id, on=now().date() - timedelta(days=3), source="staff", code="P2"))
    survey = from_template("exit", slug="bye")
    personal_link(survey, person.id)
    told = {
        "reasons": {"codes": [code], "other": ""},
        "words": "I had to wait for hours and nobody answered the phone.",
    }
    invited = db.session.scalar(select(Invitation.id))
    return answer(survey, told, person_id=person.id, voice="former_customer", invitation_id=invited).response_id


def reasons(layer):
    db.session.rollback()
    found = db.session.scalars(select(DepartureReason).where(DepartureReason.layer == layer))
    return {one.code: one.is_primary for one in found}


@pytest.mark.parametrize("act", [take_back, lambda id: change(lambda found: actions.set_aside(found, "spam"), id)])
def test_what_was_known_of_a_departure_before_the_answer_stays_known(app, act):
    id = left_and_said("A2")
    assert reasons("stated") == {"P2": True, "A2": False}
    act(id)
    assert reasons("stated") == {"P2": True}
    assert db.session.query(Departure).one().response_id is None


def test_the_reason_that_came_first_again_leads_when_the_answer_is_gone(app):
    id = left_and_said("A2")
    write(
        lambda: db.session.execute(update(DepartureReason).where(DepartureReason.code == "P2").values(is_primary=False))
    )
    write(
        lambda: db.session.execute(update(DepartureReason).where(DepartureReason.code == "A2").values(is_primary=True))
    )
    take_back(id)
    assert reasons("stated") == {"P2": True}


def test_what_the_machine_read_in_an_exit_answer_comes_back_with_it(app):
    id = left_and_said("A2")
    read(id, "negative", reasons=(("A2", 0.9), ("E2", 0.6)))
    before = reasons("suggested")
    assert set(before) == {"A2", "E2"}
    change(lambda found: actions.set_aside(found, "spam"), id)
    assert reasons("suggested") == {}
    change(actions.count_again, id)
    assert reasons("suggested") == before
    assert set(reasons("stated")) == {"P2", "A2"}


# ---- the team finds what it set aside -----------------------------------------------------------------------------------


def test_what_was_set_aside_has_a_list_of_its_own(client):
    survey = from_template()
    kept, gone = (answer(survey, {**GOOD, "reason": words}).response_id for words in ("Kept words.", "Spam words."))
    change(lambda found: actions.set_aside(found, "spam"), gone)
    sign_in(client, "staff")
    page = client.get("/surveys/spring/responses").text
    assert "Kept words." in page
    assert "Spam words." not in page
    assert "aside=yes" in page
    aside = client.get("/surveys/spring/responses?aside=yes").text
    assert "Spam words." in aside
    assert "Kept words." not in aside
    assert f"/responses/{kept}" not in aside


def test_setting_aside_says_so_and_undoes_it_from_the_notice(client):
    id = answer(from_template(), GOOD).response_id
    sign_in(client, "staff")
    submit(client, f"/responses/{id}/set-aside", {"why": "spam"}, page=f"/responses/{id}")
    page = client.get(f"/responses/{id}").text
    assert "counts in no number" in page
    assert f"/responses/{id}/count-again" in page


def test_answers_taken_back_stand_in_no_list(client):
    survey = from_template()
    take_back(answer(survey, GOOD).response_id)
    sign_in(client, "staff")
    assert "aside=yes" not in client.get("/surveys/spring/responses").text
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1
    assert send(client, "/s/spring", {"nps": "9"}).status_code == 303
