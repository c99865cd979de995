"""Storing a response: once, whole, and knowing no more than was promised."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from survey.customers.models import Consent, Person
from survey.departures.models import Departure
from survey.foundation.db import db, write
from survey.foundation.jobs import Job
from survey.invitations.models import Invitation, Participation
from survey.questionnaires.kinds.base import ContactAnswer
from survey.responses.actions import submit
from survey.responses.models import Response
from survey.responses.queries import kept, receipt, response
from survey.text.models import Comment
from tests.factories.surveys import answer, from_template, make_person, personal_link, submission, with_every_kind

ADDRESS = ContactAnswer("mira@example.org", "Mira Holm", "May we? Yes")


def _count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def _together(app, submissions, threads=8):
    def work(one):
        with app.app_context():
            return write(lambda: submit(one))

    with ThreadPoolExecutor(threads) as pool:
        receipts = list(pool.map(work, submissions))
    db.session.rollback()  # to see what the others wrote
    return receipts


def test_an_answer_is_kept_with_its_comment_and_its_job(app):
    survey = from_template()
    done = answer(survey, {"nps": 9, "reason": "Friendly staff", "rating": 5})
    stored = response(done.response_id)
    assert done.is_first
    assert done.on == stored.submitted_on
    assert stored.answers == {"nps": 9, "reason": "Friendly staff", "rating": 5}
    assert stored.score == 9
    assert db.session.scalars(select(Comment.text)).all() == ["Friendly staff"]
    assert db.session.scalars(select(Comment.rating)).all() == [0.8]
    assert [job.subject for job in db.session.scalars(select(Job))] == [done.response_id]


def test_an_answer_without_words_leaves_no_job(app):
    answer(from_template(), {"nps": 9})
    assert (_count(Comment), _count(Job)) == (0, 0)


def test_one_form_id_is_one_response_whatever_eight_threads_do(app):
    survey = from_template()
    forms = [submission(survey, {"nps": number % 11}) for number in range(25)]
    receipts = _together(app, [form for form in forms for _copy in range(8)])
    assert _count(Response) == 25
    assert sum(one.is_first for one in receipts) == 25
    assert {one.response_id for one in receipts} == set(db.session.scalars(select(Response.id)))


def test_a_copy_gets_the_first_receipt_and_says_whether_it_says_the_same(app):
    survey, form_id = from_template(), uuid4()
    first = answer(survey, {"nps": 9, "reason": "ok"}, form_id=form_id)
    same = answer(survey, {"reason": "ok", "nps": 9}, form_id=form_id)
    other = answer(survey, {"nps": 1}, form_id=form_id)
    assert (first.is_first, same.is_first, other.is_first) == (True, False, False)
    assert same.response_id == other.response_id == first.response_id
    assert (same.is_same, other.is_same) == (True, False)
    assert kept(form_id).answers["nps"] == 9


def test_two_tabs_of_one_personal_link_are_one_answer(app):
    survey, person_id = from_template(), make_person()
    personal_link(survey, person_id)
    invitation_id = db.session.scalar(select(Invitation.id))
    tabs = [submission(survey, {"nps": grade}, invitation_id=invitation_id, person_id=person_id) for grade in range(8)]
    receipts = _together(app, tabs)
    assert (_count(Response), _count(Participation)) == (1, 1)
    assert sum(one.is_first for one in receipts) == 1
    assert len({one.form_id for one in receipts}) == 1
    assert sum(one.is_same for one in receipts) == 1


def test_an_anonymous_answer_knows_the_day_and_nothing_else(app):
    survey = from_template(privacy="anonymous")
    form = submission(
        survey, {"nps": 3, "reason": "Slow"}, person_id=make_person(), segments={"site": "north"}, contact=ADDRESS
    )
    write(lambda: submit(form))
    stored = kept(form.form_id)
    assert (stored.submitted_at, stored.person_id, stored.segments) == (None, None, {})
    assert stored.id.version == 4
    assert stored.submitted_on == form.on
    assert _count(Consent) == 0


@pytest.mark.parametrize("column", ["submitted_at", "person_id"])
def test_the_database_refuses_to_know_more_of_an_anonymous_answer(app, column):
    done = answer(from_template(privacy="anonymous"), {"nps": 3})
    more = {"submitted_at": datetime(2026, 10, 1, tzinfo=UTC), "person_id": make_person()}[column]
    with pytest.raises(IntegrityError):
        write(
            lambda: db.session.execute(update(Response).where(Response.id == done.response_id).values({column: more}))
        )


def test_an_address_on_an_open_link_is_kept_as_a_claim(app):
    survey = from_template("exit")
    done = answer(survey, {"reasons": {"codes": ["P2"], "other": ""}}, contact=ADDRESS)
    stored = response(done.response_id)
    assert stored.person.email == "mira@example.org"
    assert stored.voice == "unverified"
    assert db.session.scalars(select(Consent.words)).all() == ["May we? Yes"]
    assert db.session.scalars(select(Departure.person_id)).all() == [None]
    assert "mira" not in json.dumps(stored.answers)


def test_an_address_on_a_confidential_survey_is_not_tied_to_the_answer(app):
    done = answer(with_every_kind(privacy="confidential"), {"nps": 3}, contact=ADDRESS)
    assert response(done.response_id).person_id is None
    assert db.session.scalars(select(Person.email)).all() == ["mira@example.org"]


def test_each_permission_is_kept_with_the_words_that_were_agreed_to(app):
    more = {"quote": "May we? You may quote me", "updates": "May we? Tell me"}
    done = answer(with_every_kind(), {"nps": 9}, contact=ContactAnswer("mira@example.org", "Mira", "", more))
    assert response(done.response_id).person.name == "Mira"
    assert dict(db.session.execute(select(Consent.purpose, Consent.words)).all()) == more


def test_an_address_without_any_permission_only_says_whose_answer_it_is(app):
    done = answer(with_every_kind(), {"nps": 9}, contact=ContactAnswer("mira@example.org"))
    assert response(done.response_id).person.email == "mira@example.org"
    assert _count(Consent) == 0


def test_an_address_that_may_say_nothing_or_says_what_we_know_is_not_kept(app):
    answer(with_every_kind(privacy="confidential"), {"nps": 9}, contact=ContactAnswer("mira@example.org"))
    known = make_person(email="bo@example.org")
    answer(with_every_kind(slug="other"), {"nps": 9}, person_id=known, contact=ContactAnswer("mira@example.org"))
    assert db.session.scalars(select(Person.email)).all() == ["bo@example.org"]


def test_a_copy_with_an_address_leaves_no_second_consent(app):
    survey, form_id = with_every_kind(), uuid4()
    for _copy in range(3):
        answer(survey, {"nps": 3}, contact=ADDRESS, form_id=form_id)
    assert (_count(Consent), _count(Response)) == (1, 1)


def test_what_comments_say_is_kept_with_the_response_once_they_are_read(app):
    done = answer(from_template(), {"nps": 10, "reason": "Wonderful, friendly and helpful staff. I love it."})
    assert response(done.response_id).sentiment is None
    app.extensions["hearback.work_off"]()
    db.session.rollback()
    assert response(done.response_id).sentiment == "positive"


def test_a_receipt_can_be_shown_again(app):
    survey, form_id = from_template(), uuid4()
    done = answer(survey, {"nps": 9}, form_id=form_id)
    again = receipt(form_id)
    assert (again.response_id, again.on, again.is_first) == (done.response_id, done.on, False)
    assert receipt(uuid4()) is None
