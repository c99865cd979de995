"""The link for trying a survey out: for a week, for one survey, and for no number."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from survey.customers.models import Person
from survey.departures.models import Departure
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.jobs import Job
from survey.responses.models import Response, ResponseDraft
from survey.responses.queries import unfinished
from survey.results.queries import counts, differences
from survey.results.rules.tally import responses_in
from survey.text.models import Comment
from tests.factories.drafts import change
from tests.factories.people import sign_in, submit
from tests.factories.surveys import from_template, hidden, republish, send, with_questions

TEST = "Test: this answer will not be counted, and the team can read it."
PAGES = [
    {"key": "nps", "kind": "nps", "words": "Recommend?"},
    {"key": "more", "kind": "section", "words": "More"},
    {"key": "rating", "kind": "rating", "words": "Satisfied?"},
]


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def link_for(client, slug="spring"):
    """The link as a member of the team finds it on the survey's page."""
    staff = client.application.test_client()
    sign_in(staff, "staff")
    page = staff.get(f"/surveys/{slug}").text
    return html.unescape(re.search(r'id="test-link" value="http://127.0.0.1:8000([^"]+)"', page)[1])


def n(survey):
    db.session.rollback()
    return responses_in(counts(survey.id))


@pytest.mark.parametrize("privacy", ["identified", "confidential", "anonymous"])
def test_what_is_answered_by_it_is_kept_and_counts_nowhere(client, privacy):
    survey = from_template(privacy=privacy)
    link = link_for(client)
    assert TEST in client.get(link).text
    assert client.get(send(client, link, {"nps": "1", "reason": "Only trying"}).location).status_code == 200
    row = db.session.query(Response).one()
    assert (row.set_aside, row.channel, row.answers["nps"]) == ("test", "test", 1)
    assert n(survey) == 0
    assert differences(survey.id) == []
    assert (db.session.query(Comment).count(), db.session.query(Job).count()) == (0, 0)
    assert TEST not in client.get("/s/spring").text


def test_an_exit_answer_by_it_tells_of_no_departure(client):
    from_template("exit", slug="bye")
    send(client, link_for(client, "bye"), {"reasons": "P2", "words": "Only trying"})
    assert db.session.query(Response).count() == 1
    assert db.session.query(Departure).count() == 0


def test_a_page_for_trying_out_is_not_taken_for_a_real_one_nor_the_other_way_round(client):
    survey = from_template()
    link = link_for(client)
    trying, real = (hidden(client.get(address).text) for address in (link, "/s/spring"))
    assert client.post("/s/spring", data={**trying, "nps": "1"}).status_code == 422
    assert client.post(link, data={**real, "nps": "1"}).status_code == 422
    assert db.session.query(Response).count() == 0
    assert n(survey) == 0


def test_it_is_good_for_a_week_and_never_leads_to_the_page_that_counts(client):
    from_template()
    link = link_for(client)
    page = hidden(client.get(link).text)
    with time_machine.travel(now() + timedelta(days=7, minutes=1), tick=False):
        assert client.get(link).status_code == 410
        assert client.post(link, data={**page, "nps": "1"}).status_code == 410
    for wrong in ("", "x", link.split("=")[1][:-1]):
        assert client.get(f"/s/spring?test={wrong}").status_code == 410
    assert db.session.query(Response).count() == 0


def test_it_is_good_for_its_own_survey_alone(client):
    from_template()
    from_template(slug="autumn")
    assert client.get(link_for(client).replace("/spring", "/autumn")).status_code == 410


def test_it_works_before_a_survey_opens_and_after_it_closed(client):
    from_template()
    link = link_for(client)
    change("spring", lambda survey: setattr(survey, "closed_at", now()))
    assert client.get("/s/spring").status_code == 410
    assert TEST in client.get(link).text
    assert send(client, link, {"nps": "1"}).status_code == 303


@pytest.mark.usefixtures("both_databases")
def test_it_takes_no_place_of_a_limited_survey(client):
    from_template()
    change("spring", lambda survey: setattr(survey, "response_limit", 1))
    link = link_for(client)
    for _time in range(2):
        assert send(client, link, {"nps": "1"}).status_code == 303
    assert send(client, "/s/spring", {"nps": "9"}).status_code == 303
    assert client.get("/s/spring").status_code == 410


def test_what_was_begun_by_it_is_no_broken_off_answer(client):
    survey = with_questions(PAGES)
    republish(survey, layout="sections")
    link = link_for(client)
    page = client.get(link).text
    assert "form.page" in page
    answer = client.post(link, data={**hidden(page), "nps": "1", "form.go": "next"})
    assert answer.status_code == 303
    assert "test=" in answer.location
    assert TEST in client.get(answer.location).text
    assert unfinished(survey.id).total == 0


def test_the_languages_of_the_page_are_read_as_a_test_too(client):
    republish(with_questions(PAGES[:1]), translations={"de": {"": {"title": "Wie war es?"}}})
    page = client.get(link_for(client)).text
    (other,) = re.findall(r'href="(\?[^"]*lang=[^"]+)"', page)
    assert TEST in page
    german = client.get(f"/s/spring{html.unescape(other)}").text
    assert "Wie war es?" in german
    assert "form.token" in german
    send(client, f"/s/spring{html.unescape(other)}", {"nps": "1"})
    assert db.session.query(Response).one().set_aside == "test"


def test_nobody_makes_a_channel_of_the_name(client):
    survey = from_template()
    send(client, "/s/spring?via=test", {"nps": "1"})
    assert db.session.query(Response).one().channel == "link"
    assert n(survey) == 1


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("privacy", ["identified", "confidential", "anonymous"])
def test_what_came_by_it_stands_apart_from_all_answers_and_is_deleted_one_by_one_or_at_once(client, privacy):
    survey = from_template(privacy=privacy)
    link = link_for(client)
    for number in range(3):
        send(client, link, {"nps": "1", "reason": f"Only trying {number}"})
    send(client, "/s/spring", {"nps": "9", "reason": "Meant so"})
    sign_in(client, "staff")
    page = client.get("/surveys/spring/tests").text
    assert sorted(re.findall(r"Only trying \d", page)) == [f"Only trying {number}" for number in range(3)]
    assert "Meant so" not in page
    for other in ("/surveys/spring/responses", "/surveys/spring/responses?aside=yes"):
        shown = client.get(other).text
        assert "Only trying" not in shown
        assert "/surveys/spring/tests" in shown
    first = re.search(r'name="response" value="([^"]+)"', page)[1]
    assert (
        submit(client, "/surveys/spring/tests/delete", {"response": first}, page="/surveys/spring").status_code == 303
    )
    assert db.session.query(Response).count() == 3
    submit(client, "/surveys/spring/tests/delete", page="/surveys/spring")
    assert [row.answers["nps"] for row in db.session.query(Response)] == [9]
    assert n(survey) == 1
    assert "Nobody has tried this survey out yet" in client.get("/surveys/spring/tests").text


def test_deleting_tests_deletes_no_other_answer_though_its_id_is_sent(client):
    from_template()
    send(client, "/s/spring", {"nps": "9"})
    id = db.session.query(Response).one().id
    sign_in(client, "staff")
    submit(client, "/surveys/spring/tests/delete", {"response": str(id)}, page="/surveys/spring")
    assert db.session.query(Response).count() == 1


@pytest.mark.usefixtures("both_databases")
def test_what_was_begun_by_it_is_deleted_with_all_tests(client):
    survey = with_questions(PAGES)
    republish(survey, layout="sections")
    link = link_for(client)
    client.post(link, data={**hidden(client.get(link).text), "nps": "1", "form.go": "next"})
    assert db.session.query(ResponseDraft).one().channel == "test"
    sign_in(client, "staff")
    submit(client, "/surveys/spring/tests/delete", page="/surveys/spring")
    assert db.session.query(ResponseDraft).count() == 0


def test_a_promise_that_was_tried_out_alone_can_change_once_the_tests_are_deleted(client):
    from_template()
    send(client, link_for(client), {"nps": "1"})
    sign_in(client, "leader")
    assert "or tried it out" in client.get("/surveys/spring/options").text
    assert submit(client, "/surveys/spring/options", {"privacy": "anonymous"}).status_code == 422
    submit(client, "/surveys/spring/tests/delete", page="/surveys/spring")
    assert submit(client, "/surveys/spring/options", {"privacy": "anonymous"}).status_code == 303


@pytest.mark.usefixtures("both_databases")
def test_it_is_never_counted_again(client):
    from_template()
    send(client, link_for(client), {"nps": "1", "reason": "Only trying"})
    sign_in(client, "staff")
    id = db.session.query(Response).one().id
    assert "count-again" not in client.get(f"/responses/{id}").text
    assert submit(client, f"/responses/{id}/count-again", page="/surveys/spring").status_code in (400, 403)
    with pytest.raises(IntegrityError):
        write(lambda: db.session.execute(update(Response).values(set_aside=None)))


def test_no_file_holds_it(client):
    from_template()
    send(client, link_for(client), {"nps": "1", "reason": "Only trying"})
    send(client, "/s/spring", {"nps": "9", "reason": "Meant so"})
    sign_in(client, "staff")
    file = submit(client, "/surveys/spring/responses.csv", page="/surveys/spring").text
    assert ("Meant so" in file, "Only trying" in file) == (True, False)


def test_whoever_tries_is_asked_for_no_address_that_would_be_written_to(client):
    with_questions([PAGES[0], {"key": "contact", "kind": "contact", "words": "May we write to you?"}])
    typed = {"nps": "1", "contact.name": "Bo", "contact.email": "bo@example.org", "contact": "yes"}
    thanks = client.get(send(client, link_for(client), typed).location).text
    assert db.session.query(Response).count() == 1
    assert db.session.query(Person).count() == 0
    assert "This was a test" in thanks
    assert 'name="email"' not in thanks


# ---- of a draft -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("privacy", ["identified", "anonymous"])
def test_a_draft_is_tried_out_by_whoever_has_its_link_and_nothing_is_stored(client, privacy):
    with_questions(PAGES, privacy=privacy, is_published=False)
    change("spring", lambda survey: setattr(survey, "draft", {**survey.draft, "layout": "sections"}))
    link = link_for(client)
    assert client.get("/s/spring").status_code == 404
    page = client.get(link).text
    assert "The survey is not published yet" in page
    assert "Back to the survey" not in page
    second = client.post(link, data={**hidden(page), "nps": "1"}).text
    assert "Satisfied?" in second
    done = client.post(link, data={**hidden(second), "rating": "2"})
    assert done.status_code == 303
    assert "Nothing was stored" in client.get(done.location).text
    assert (db.session.query(Response).count(), db.session.query(ResponseDraft).count()) == (0, 0)


def test_a_draft_is_shown_by_a_good_link_alone(client):
    with_questions(PAGES, is_published=False)
    link = link_for(client)
    assert client.get("/s/spring?test=x").status_code == 410
    assert client.post("/s/spring?test=x", data={"nps": "1"}).status_code == 410
    assert client.get("/s/no-such?test=x").status_code == 404
    with time_machine.travel(now() + timedelta(days=7, minutes=1), tick=False):
        assert client.get(link).status_code == 410
