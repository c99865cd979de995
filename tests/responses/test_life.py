"""A survey's life as respondents meet it: not open yet, open, full, over, put away, open again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.questionnaires import actions
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey_by_slug
from survey.responses.models import Response
from tests.factories.people import sign_in, submit
from tests.factories.surveys import answer, from_template, hidden, send, submission

HOUR = timedelta(hours=1)
GOOD = {"nps": "9", "rating": "5"}


def change(act):
    def work():
        found = survey_by_slug("spring")
        assert found is not None
        act(found)

    write(work)


def window(**facts):
    known = {"opens_at": None, "closes_at": None, "response_limit": None}
    change(lambda survey: actions.set_window(survey, **{**known, **facts}))


def stored():
    db.session.rollback()
    return db.session.query(Response).count()


def test_it_opens_and_closes_by_itself(client):
    from_template()
    page = hidden(client.get("/s/spring").text)
    window(opens_at=now() + HOUR)
    early = client.get("/s/spring")
    assert (early.status_code, "not open yet" in early.text, "It opens on" in early.text) == (200, True, True)
    assert client.post("/s/spring", data={**page, **GOOD}).status_code == 410
    window(opens_at=now() - HOUR, closes_at=now() + HOUR)
    assert client.post("/s/spring", data={**page, **GOOD}).status_code == 303
    window(closes_at=now() - HOUR)
    late = client.get("/s/spring")
    assert (late.status_code, "which is over" in late.text) == (410, True)
    assert stored() == 1


def test_it_takes_as_many_answers_as_its_owner_asked_for(client):
    from_template()
    window(response_limit=2)
    open_page = hidden(client.get("/s/spring").text)
    for _number in range(2):
        assert send(client, "/s/spring", GOOD).status_code == 303
    full = client.get("/s/spring")
    assert (full.status_code, "As many people have answered" in full.text) == (410, True)
    assert "As many people have answered" in client.post("/s/spring", data={**open_page, **GOOD}).text
    assert stored() == 2
    window(response_limit=3)
    assert client.get("/s/spring").status_code == 200


def test_a_limit_holds_when_many_answer_at_once(app):
    survey = from_template()
    window(response_limit=5)
    forms = [submission(survey, {"nps": 9}, response_limit=5) for _number in range(20)]

    def one(form):
        from survey.responses.actions import SurveyFull
        from survey.responses.actions import submit as store

        with app.app_context():
            try:
                return write(lambda: store(form)).is_first
            except SurveyFull:
                return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, forms)) == 5
    assert stored() == 5


def test_a_second_copy_of_the_last_answer_still_gets_its_receipt(client):
    from_template()
    window(response_limit=1)
    page = hidden(client.get("/s/spring").text)
    for _copy in range(2):
        copy = client.post("/s/spring", data={**page, **GOOD})
        assert copy.status_code in (303, 410)
    assert stored() == 1


@pytest.mark.parametrize("slug", ["nowhere", "draft"])
def test_unknown_and_unpublished_look_the_same(client, slug):
    def draft():
        return actions.create_from_template("satisfaction", slug="draft", now=now())

    write(draft)
    pages = [client.get(f"/s/{name}") for name in ("nowhere-else", slug)]
    assert {page.status_code for page in pages} == {404}
    texts = {page.text.split("<main")[1].split("Reference")[0].split("<code")[0] for page in pages}
    assert len(texts) == 1


def test_staff_lead_a_survey_through_its_life(client):
    survey = from_template()
    answer(survey, {"nps": 9})
    sign_in(client, "staff")
    assert "Takes answers until you close it." in client.get("/surveys/spring").text
    soon = (now() + 48 * HOUR).strftime("%Y-%m-%dT%H:%M")
    assert submit(client, "/surveys/spring/window", {"opens_at": soon}).status_code == 303
    assert "scheduled" in client.get("/surveys").text
    wrong = submit(client, "/surveys/spring/window", {"opens_at": soon, "closes_at": "2020-01-01T10:00"})
    assert "It would close before it opens." in wrong.text
    assert submit(client, "/surveys/spring/window", {"response_limit": "0"}).status_code == 422
    assert submit(client, "/surveys/spring/window", {"response_limit": "1"}).status_code == 303
    assert "it has all the answers it was to take" in client.get("/surveys/spring").text
    again = submit(client, "/surveys/spring/reopen", page="/surveys/spring")
    assert "Raise the limit" in client.get(again.location).text
    submit(client, "/surveys/spring/window", {"opens_at": "", "closes_at": "", "response_limit": ""})
    submit(client, "/surveys/spring/close", page="/surveys/spring")
    submit(client, "/surveys/spring/archive", page="/surveys/spring")
    assert "archived" in client.get("/surveys").text
    assert client.get("/s/spring").status_code == 410
    assert "It is archived." in client.get("/surveys/spring/edit", follow_redirects=True).text
    submit(client, "/surveys/spring/unarchive", page="/surveys/spring")
    submit(client, "/surveys/spring/reopen", page="/surveys/spring")
    assert client.get("/s/spring").status_code == 200


def test_a_copy_asks_the_same_and_has_its_own_answers(client):
    survey = from_template(privacy="confidential")
    answer(survey, {"nps": 9})
    sign_in(client, "staff")
    copied = submit(client, "/surveys/spring/duplicate", page="/surveys/spring")
    assert copied.location.endswith("/surveys/spring-2/edit")
    copy = survey_by_slug("spring-2")
    assert (copy.draft, copy.privacy, copy.versions) == (survey.draft, "confidential", [])


def test_only_a_draft_that_was_never_published_can_be_deleted(client):
    from_template()
    write(lambda: actions.create_from_template("exit", slug="draft", now=now()))
    sign_in(client, "staff")
    assert "It goes for good." in client.get("/surveys/draft/delete").text
    assert submit(client, "/surveys/draft/delete").status_code == 303
    assert "archive it instead" in client.get("/surveys/spring/delete").text
    submit(client, "/surveys/spring/delete", page="/surveys/spring")
    assert [one.slug for one in db.session.query(Survey)] == ["spring"]
