"""The link for trying a survey out: for a week, for one survey, and for no number."""

import html
import re
from datetime import timedelta

import pytest
import time_machine

from survey.departures.models import Departure
from survey.foundation.clock import now
from survey.foundation.db import db
from survey.foundation.jobs import Job
from survey.responses.models import Response
from survey.responses.queries import unfinished
from survey.results.queries import counts, differences
from survey.results.rules.tally import responses_in
from survey.text.models import Comment
from tests.factories.drafts import change
from tests.factories.people import sign_in, submit
from tests.factories.surveys import from_template, hidden, republish, send, with_questions

TEST = "Test: this answer will not be counted."
PAGES = [
    {"key": "nps", "kind": "nps", "words": "Recommend?"},
    {"key": "more", "kind": "section", "words": "More"},
    {"key": "rating", "kind": "rating", "words": "Satisfied?"},
]


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


def test_what_came_by_it_stands_with_what_was_set_aside_and_is_never_counted(client):
    from_template()
    send(client, link_for(client), {"nps": "1", "reason": "Only trying"})
    sign_in(client, "staff")
    assert "Only trying" in client.get("/surveys/spring/responses?aside=yes").text
    id = db.session.query(Response).one().id
    page = client.get(f"/responses/{id}").text
    assert "count-again" not in page
    assert submit(client, f"/responses/{id}/count-again", page="/surveys/spring").status_code in (400, 403)
    assert db.session.get_one(Response, id).set_aside == "test"
