"""How many answered: invited people, who began and did not send, the open link; on the page and for programs."""

import html
import json
import re
from datetime import date
from uuid import uuid4

import pytest
import time_machine

from survey.foundation.db import db, write
from survey.invitations.models import Invitation
from survey.questionnaires.queries import versions
from survey.responses.models import ResponseDraft
from survey.results.queries.rates import rates
from survey.results.rules.rates import Cases
from tests.factories.counted import NOW, TODAY, make_survey
from tests.factories.people import sign_in
from tests.factories.surveys import answer, make_person, with_questions

ASKED = [
    {"key": "nps", "kind": "nps", "words": "Would you recommend us?"},
    {"key": "why", "kind": "text", "words": "Why?"},
]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _invite(survey, many):
    person = make_person()
    made = [Invitation(survey_id=survey.id, person_id=person, token_hash=f"{survey.slug}-{number}") for number in range(many)]  # fmt: skip
    write(lambda: db.session.add_all(made))
    return [one.id for one in db.session.query(Invitation).filter_by(survey_id=survey.id)]


def _answer(survey, many, **how):
    for _ in range(many):
        answer(survey, {"nps": 9}, **how)


def _begin(survey, *, answered, asked=4, invitation_id=None):
    draft = ResponseDraft(form_id=uuid4(), survey_id=survey.id, version_id=versions(survey.id)[0].id, invitation_id=invitation_id,
                          channel="personal" if invitation_id else "link", asked=asked, answered=answered, began_on=TODAY, changed_on=TODAY)  # fmt: skip
    write(lambda: db.session.add(draft))


def _fill(survey):
    """Of 20 invited 6 answered, 2 stopped late and 1 early; over the open link 9 answered and 3 stopped; 5 came in a file."""
    links = _invite(survey, 20)
    for id in links[:6]:
        answer(survey, {"nps": 9}, invitation_id=id, channel="personal", voice="customer")
    for id, answered in zip(links[6:9], (3, 2, 1), strict=True):
        _begin(survey, answered=answered, invitation_id=id)
    _answer(survey, 9, channel="link")
    for answered in (0, 1, 2):
        _begin(survey, answered=answered)
    _answer(survey, 5, channel="import", voice="customer")


def _several_pages(**how):
    survey = with_questions(ASKED, is_published=False, **how)

    def publish_it() -> None:
        from survey.questionnaires.actions import publish

        found = db.session.get_one(type(survey), survey.id)
        found.draft = {**found.draft, "layout": "questions"}
        publish(found, now=NOW)

    write(publish_it)
    return survey


def test_every_case_is_told_by_how_it_came_and_how_far_it_went(app):
    survey = _several_pages()
    _fill(survey)
    found = rates(survey, versions(survey.id))
    assert found.invited.cases == Cases(complete=6, partial=2, refusal=1, unknown=11)
    assert {name: (rate.hits, rate.n) for name, rate in found.named.items()} == {
        "rr1": (6, 20), "rr2": (8, 20), "coverage": (6, 20), "completion": (9, 12),
    }  # fmt: skip


def test_where_groups_are_promised_nothing_is_told_of_the_ways(app):
    survey = _several_pages(privacy="confidential")
    _fill(survey)
    found = rates(survey, versions(survey.id))
    assert set(found.told(5)) == {"rr1"}
    assert found.completion is None


def test_an_anonymous_survey_tells_how_many_links_were_used_and_no_more(app):
    survey = _several_pages(privacy="anonymous")
    _invite(survey, 12)
    _answer(survey, 7, voice="unverified", at=None)
    found = rates(survey, versions(survey.id))
    assert (found.rr1.hits, found.rr1.n) == (0, 12)  # these came by the open link
    assert set(found.named) == {"rr1", "coverage"}


def _text(answer):
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(answer.text)))


def test_the_page_says_each_rate_with_its_interval_and_its_people(client):
    survey = _several_pages()
    _fill(survey)
    sign_in(client)
    page = _text(client.get("/surveys/spring/results"))
    assert "Response rate 30%, between 15% and 52%: 6 of 20 invited people sent their answers (AAPOR RR1)." in page
    assert "With partial answers 40%, between 22% and 61%: 8 of 20 answered at least half (AAPOR RR2)." in page
    assert "Completion rate 75%, between 47% and 91%: 9 of 12 who sent a first page sent the last one." in page
    assert "An invitation that was not used counts as unknown: nobody can tell whether it arrived." in page
    assert "6 people began to answer and have not sent it" in page


def test_a_survey_on_one_page_has_no_completion_rate_and_says_why(client):
    survey = make_survey()
    _answer(survey, 6, channel="link")
    sign_in(client)
    page = _text(client.get("/surveys/autumn/results"))
    assert "so it has neither a response rate nor a completion rate" in page
    assert "Completion rate" not in page
    assert "Response rate" not in page


@pytest.mark.parametrize("answered", [2, 19])
def test_no_rate_tells_of_a_small_group(client, answered):
    survey = _several_pages(privacy="confidential")
    links = _invite(survey, 20)
    for id in links[:answered]:
        answer(survey, {"nps": 9}, invitation_id=id, channel="personal", voice="customer", on=date(2026, 9, 1))
    sign_in(client)
    page = _text(client.get("/surveys/spring/results"))
    assert "of 20 invited people" not in page


def test_programs_get_the_same_numbers_in_per_cent(app):
    survey = _several_pages()
    _fill(survey)
    told = json.loads(app.test_cli_runner().invoke(args=["results", "show", "spring", "--json"]).output)["rates"]
    assert told["cases"] == {"complete": 6, "partial": 2, "refusal": 1, "non_contact": 0, "other": 0, "unknown": 11}
    by_name = {metric["name"]: metric for metric in told["metrics"]}
    assert by_name["rr1"] == pytest.approx(
        {"name": "rr1", "value": 30.0, "low": 14.55, "high": 51.9, "n": 20}, abs=0.005
    )
    assert by_name["completion"]["value"] == 75.0


def test_nobody_invited_gives_programs_no_response_rate(app):
    make_survey()
    told = json.loads(app.test_cli_runner().invoke(args=["results", "show", "autumn", "--json"]).output)["rates"]
    assert told == {"metrics": [], "cases": None}
