"""Surveys of several pages: forward, back, later, on another device; what is typed waits in a draft and is counted apart."""

import re
from datetime import date, timedelta

import pytest

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.questionnaires.actions import create, publish
from survey.responses.actions import settle_old_drafts
from survey.responses.models import Response, ResponseDraft
from survey.responses.queries import unfinished
from survey.responses.rules import Unfinished
from tests.factories.people import sign_in
from tests.factories.surveys import hidden, make_person, personal_link, republish

WHY = {"match": "all", "conditions": [{"question": "nps", "test": "at_most", "values": ["6"]}]}
DOCUMENT = {
    "title": "Three pages",
    "thanks": "Thanks, all.",
    "layout": "questions",
    "questions": [
        {"key": "nps", "kind": "nps", "words": "Recommend?", "is_required": True},
        {
            "key": "why",
            "kind": "text",
            "words": "You gave {nps}. Why so low, {person.first_name|friend}?",
            "show_if": WHY,
        },
        {"key": "contact", "kind": "contact", "words": "May we write?"},
        {"key": "rating", "kind": "rating", "words": "Satisfied?"},
    ],
    "endings": [{"key": "sorry", "words": "We are sorry to hear that.", "when": WHY}],
}


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def make(slug="walk", privacy="identified", **changes):
    def work():
        questions = [one for one in DOCUMENT["questions"] if privacy != "anonymous" or one["kind"] != "contact"]
        survey = create(
            slug, purpose="other", document={**DOCUMENT, "questions": questions, **changes}, now=now(), privacy=privacy
        )
        publish(survey, now=now())
        return survey

    return write(work)


def step(client, page, address="/s/walk", go="next", **answers):
    """Press a button of a page, and follow where it leads."""
    sent = {**hidden(page.text), "form.go": go, **{name.replace("__", "."): value for name, value in answers.items()}}
    return client.post(address, data=sent, follow_redirects=True)


def responses():
    return db.session.query(Response).all()


def drafts():
    return db.session.query(ResponseDraft).all()


@pytest.mark.usefixtures("both_databases")
def test_page_by_page_to_one_answer(client):
    survey = make()
    page = client.get("/s/walk")
    assert "Page 1 of at most 4" in page.text
    assert "Satisfied?" not in page.text
    assert drafts() == []
    page = step(client, page, nps="3")
    assert "You gave 3 of 10. Why so low, friend?" in page.text
    assert len(drafts()) == 1
    assert responses() == []
    page = step(client, page, why="Too slow.")
    page = step(client, page)
    assert "Page 4 of 4" in page.text
    page = step(client, page, rating="2")
    assert "We are sorry to hear that." in page.text
    assert [one.answers for one in responses()] == [{"nps": 3, "why": "Too slow.", "rating": 2}]
    assert drafts() == []
    assert unfinished(survey.id) == Unfinished(0, 0)


def test_it_works_without_cookies(app):
    make()
    client = app.test_client(use_cookies=False)
    page = step(client, client.get("/s/walk"), nps="9")
    page = step(client, page)
    page = step(client, page, rating="5")
    assert "Thanks, all." in page.text
    assert [one.answers for one in responses()] == [{"nps": 9, "rating": 5}]


def test_going_back_loses_nothing(client):
    make()
    page = step(client, client.get("/s/walk"), nps="3")
    page = step(client, page, go="back", why="Half a sen")
    assert 'value="3" checked' in page.text
    page = step(client, page, nps="4")
    assert "Half a sen</textarea>" in page.text
    # the browser's own way back, a reload, and a new tab
    assert 'value="4" checked' in client.get("/s/walk?form.page=1").text
    assert "Half a sen</textarea>" in client.get("/s/walk?form.page=2").text
    assert "Go on where you left off" in client.get("/s/walk").text
    assert len(drafts()) == 1


def test_a_page_that_was_not_reached_cannot_be_opened(client):
    make()
    page = client.get("/s/walk?form.page=4")
    assert "Recommend?" in page.text
    step(client, page, nps="9")
    assert "May we write?" in client.get("/s/walk?form.page=3").text
    for nonsense in ("0", "-1", "99999", "x", "٣"):
        assert client.get(f"/s/walk?form.page={nonsense}").status_code == 200


def test_an_answer_off_the_way_is_not_stored(client):
    make()
    page = step(client, client.get("/s/walk"), nps="3")
    page = step(client, page, why="Too slow.")
    page = step(client, step(client, page, go="back"), go="back")
    page = step(client, page, nps="9")
    assert "May we write?" in page.text
    page = step(client, step(client, page), rating="4")
    assert "Thanks, all." in page.text
    assert [one.answers for one in responses()] == [{"nps": 9, "rating": 4}]


def test_what_is_missing_is_asked_for_on_its_page(client):
    make()
    page = step(client, client.get("/s/walk"))
    assert page.status_code == 422
    assert "Choose a number from 0 to 10." in page.text
    # a page sent out of turn does not slip through
    sent = {**hidden(page.text), "form.page": "4", "rating": "4", "form.go": "next"}
    page = client.post("/s/walk", data=sent)
    assert page.status_code == 422
    assert "Recommend?" in page.text
    assert responses() == []


@pytest.mark.usefixtures("both_databases")
def test_the_last_page_twice_is_one_answer(client):
    make()
    page = step(client, step(client, client.get("/s/walk"), nps="9"))
    for rating in ("5", "1"):
        end = step(client, page, rating=rating)
    assert "first answer" in end.text
    assert [one.answers["rating"] for one in responses()] == [5]
    assert drafts() == []
    again = step(client, page, go="back")  # from a page that was kept open: it is sent already
    assert "/thanks/" in again.request.path
    assert drafts() == []


def test_start_again_forgets_what_was_typed(client):
    make()
    step(client, client.get("/s/walk"), nps="3")
    page = step(client, client.get("/s/walk"), go="anew")
    assert "checked" not in page.text
    assert drafts() == []


@pytest.mark.usefixtures("both_databases")
def test_later_gives_an_address_that_works_on_any_device(app, client):
    make()
    page = step(client, client.get("/s/walk"), nps="3")
    page = step(client, page, go="later", why="To be contin")
    address = re.search(r'href="(/s/walk/later/[^"]+)"', page.text)[1]
    elsewhere = app.test_client()
    page = elsewhere.get(address)
    assert "To be contin</textarea>" in page.text
    page = step(elsewhere, page, why="To be continued.")
    page = step(elsewhere, step(elsewhere, page), rating="1")
    assert [one.answers["why"] for one in responses()] == ["To be continued."]
    gone = elsewhere.get(address)
    assert gone.status_code == 410
    assert "Nothing waits here any more" in gone.text
    assert elsewhere.get(address[:-4] + "AAAA").status_code == 410


def test_a_form_token_is_not_an_address_to_go_on_with(client):
    make()
    page = client.get("/s/walk")
    step(client, page, nps="3")
    assert client.get(f"/s/walk/later/1.{hidden(page.text)['form.token']}").status_code == 410


def test_a_personal_link_goes_on_on_its_device_and_asks_on_others(app, client):
    link = personal_link(make(), make_person("Mira Holm", email="mira@example.org", external_id="C 7"))
    page = step(client, client.get(link), link, nps="3")
    assert "Why so low, Mira?" in page.text
    step(client, page, link, go="later", why="My secret")
    assert "My secret</textarea>" in client.get(f"{link}?form.page=2").text

    elsewhere = app.test_client()  # the link was handed on
    page = elsewhere.get(link)
    assert "Is this link yours?" in page.text
    assert "secret" not in page.text
    assert "Mira" not in page.text
    wrong = elsewhere.post(f"{link}/whose", data={"form.who": "bo@example.org"})
    assert wrong.status_code == 422
    assert "secret" not in wrong.text
    right = elsewhere.post(f"{link}/whose", data={"form.who": " MIRA@example.org"}, follow_redirects=True)
    assert "My secret</textarea>" in right.text
    assert "Is this link yours?" in client.get(link).text  # one device at a time


def test_a_token_from_before_does_not_open_what_another_device_typed(app, client):
    link = personal_link(make(), make_person("Mira Holm", email="mira@example.org"))
    elsewhere = app.test_client()
    early = elsewhere.get(link)
    step(client, step(client, client.get(link), link, nps="3"), link, go="later", why="My secret")
    page = step(elsewhere, early, link, go="next", nps="9")
    assert page.status_code == 409
    assert "Is this link yours?" in page.text
    assert "secret" not in page.text


@pytest.mark.usefixtures("both_databases")
def test_one_personal_link_is_one_answer_from_several_tabs(client):
    link = personal_link(make(), make_person())
    tabs = [client.get(link), client.get(link)]
    assert {hidden(tab.text)["form.token"][:32] for tab in tabs} == {hidden(tabs[0].text)["form.token"][:32]}
    page = step(client, step(client, tabs[0], link, nps="9"), link)
    step(client, page, link, rating="5")
    assert len(responses()) == 1
    assert "Your answer is in" in client.get(link).text


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("privacy", ["identified", "confidential", "anonymous"])
def test_half_an_answer_is_partial_less_is_a_break_off(client, app, privacy):
    survey = make(privacy=privacy)
    step(client, client.get("/s/walk"), nps="3")
    assert unfinished(survey.id) == Unfinished(partial=0, broken_off=1)
    other = app.test_client()
    step(other, step(other, other.get("/s/walk"), nps="3"), why="Slow.")
    assert unfinished(survey.id) == Unfinished(partial=1, broken_off=1)
    draft = drafts()[0]
    assert (draft.changed_at is None) is (privacy == "anonymous")


@pytest.mark.usefixtures("both_databases")
def test_what_was_not_sent_is_told_and_handed_out_apart(app, client):
    make()
    step(client, step(client, client.get("/s/walk"), nps="3"), go="later", why="=Slow")
    run = app.test_cli_runner().invoke
    lines = run(args=["responses", "export", "walk", "--unfinished"]).output.splitlines()
    assert lines[0] == "outcome,began_on,changed_on,channel,language,nps,why,rating"
    assert lines[1].startswith("partial,")
    assert lines[1].endswith(",link,en,3,'=Slow,")
    assert run(args=["responses", "export", "walk"]).output.count("\n") == 1
    assert '"n": 0' in run(args=["results", "show", "walk", "--json"]).output
    sign_in(client, "leader")
    page = client.get("/surveys/walk/results").text
    assert "One person began to answer and has not sent it" in page
    make(slug="closed", privacy="confidential")
    assert "not handed out" in run(args=["responses", "export", "closed", "--unfinished"]).output


@pytest.mark.usefixtures("both_databases")
def test_old_drafts_lose_what_tells_who_somebody_is(client):
    survey = make()
    page = step(client, client.get("/s/walk"), nps="9")
    step(client, page, go="later", contact="yes", contact__email="bo@example.org")
    assert "contact.email" in drafts()[0].typed
    later = date.today() + timedelta(days=32)  # noqa: DTZ011
    assert write(lambda: settle_old_drafts(on=later)) == 1
    db.session.rollback()
    assert drafts()[0].typed == {"nps": ["9"], "form.page": ["3"]}
    assert write(lambda: settle_old_drafts(on=later)) == 0
    assert unfinished(survey.id).total == 1


def test_an_answer_stays_with_the_version_that_it_was_begun_in(client):
    survey = make()
    page = step(client, client.get("/s/walk"), nps="9")
    republish(survey, title="Two pages", questions=DOCUMENT["questions"][:1] + DOCUMENT["questions"][3:])
    assert "Three pages" in client.get("/s/walk").text
    page = step(client, step(client, page), rating="5")
    assert responses()[0].version.number == 1
    assert "Two pages" in client.get("/s/walk").text


def test_closing_a_survey_closes_its_drafts(client):
    survey = make()
    page = step(client, client.get("/s/walk"), nps="3")
    write(lambda: db.session.get(type(survey), survey.id).__setattr__("closed_at", now()))
    assert step(client, page, why="x").status_code == 410
    assert client.get("/s/walk").status_code == 410


def test_a_score_in_the_address_ticks_and_stores_nothing(client):
    make(slug="one", layout="one", questions=[DOCUMENT["questions"][0], DOCUMENT["questions"][3]], endings=[])
    page = client.get("/s/one?nps=9&rating=77&nonsense=1")
    assert 'value="9" checked' in page.text
    assert page.text.count("checked") == 1
    assert responses() == []
    assert drafts() == []
    make()
    assert 'value="3" checked' in client.get("/s/walk?nps=3").text
    assert drafts() == []


def test_the_channel_of_a_link_is_kept(client):
    make(slug="one", layout="one", questions=[DOCUMENT["questions"][0]], endings=[])
    for via in ("shop-window", "personal", "<x>", ""):
        page = client.get(f"/s/one?via={via}")
        client.post(f"/s/one?via={via}", data={**hidden(page.text), "nps": "9"})
    assert sorted(one.channel for one in responses()) == ["link", "link", "link", "shop-window"]


def test_hostile_words_put_into_a_question_are_only_words(client):
    questions = [
        {"key": "a", "kind": "text", "words": "A?"},
        {"key": "b", "kind": "text", "words": "You said {a} and {c} {b"},
    ]
    make(questions=questions, endings=[])
    page = step(client, client.get("/s/walk"), a="<script>alert(1)</script> {a}")
    assert "You said &lt;script&gt;alert(1)&lt;/script&gt; {a} and {c} {b" in page.text
