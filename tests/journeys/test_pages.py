"""A survey of several pages in a real browser: the browser's own way back, a reload, a lost network."""

import re

import pytest
from playwright.sync_api import expect

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.questionnaires.actions import create, publish
from survey.responses.models import Response
from tests.factories.looks import wrong_in

WHY = {"match": "all", "conditions": [{"question": "nps", "test": "at_most", "values": ["6"]}]}
DOCUMENT = {
    "title": "How was your stay?",
    "layout": "questions",
    "thanks": "Thank you.",
    "questions": [
        {"key": "nps", "kind": "nps", "words": "Would you recommend us?", "is_required": True},
        {"key": "why", "kind": "text", "words": "You gave {nps}. What went wrong?", "show_if": WHY},
        {"key": "rating", "kind": "rating", "words": "How satisfied are you?"},
    ],
    "translations": {
        "ar": {"": {"title": "كيف كانت إقامتك؟"}, "nps": {"words": "هل توصي بنا؟", "low": "لا", "high": "نعم"}}
    },
}


@pytest.fixture
def survey(sqlite_app):
    """A survey of three pages, the second only for some."""

    def work():
        survey = create("stay", purpose="other", document=DOCUMENT, now=now())
        publish(survey, now=now())

    write(work)


def _answers():
    db.session.rollback()
    return [one.answers for one in db.session.query(Response)]


def test_back_and_reload_lose_nothing_without_javascript(survey, phone):
    phone.goto("/s/stay")
    phone.locator("input[name=nps][value='3']").check(force=True)
    phone.get_by_role("button", name="Next").click()
    phone.get_by_label("What went wrong").fill("The heating.")
    phone.get_by_role("button", name="Next").click()
    expect(phone).to_have_title(re.compile("^Page 3"))
    phone.go_back()
    expect(phone.get_by_label("What went wrong")).to_have_value("The heating.")
    phone.go_back()
    expect(phone.locator("input[name=nps][value='3']")).to_be_checked()
    phone.reload()
    expect(phone.locator("input[name=nps][value='3']")).to_be_checked()
    phone.goto("/s/stay?form.page=3")
    phone.locator("input[name=rating][value='2']").check(force=True)
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone).to_have_url(re.compile("/thanks/"))
    assert _answers() == [{"nps": 3, "why": "The heating.", "rating": 2}]


def test_what_is_typed_survives_a_lost_network_and_is_sent_once(survey, desk):
    desk.goto("/s/stay")
    desk.locator("input[name=nps][value='9']").check(force=True)
    desk.reload()
    expect(desk.locator("input[name=nps][value='9']")).to_be_checked()
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Next").click()
    expect(desk.get_by_text("There is no connection.")).to_be_visible()
    desk.context.set_offline(False)
    expect(desk).to_have_title(re.compile("^Page 2"))
    desk.locator("input[name=rating][value='5']").check(force=True)
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Send my answers").dblclick()
    expect(desk.get_by_text("There is no connection.")).to_be_visible()
    desk.context.set_offline(False)
    expect(desk).to_have_url(re.compile("/thanks/"))
    assert _answers() == [{"nps": 9, "rating": 5}]
    desk.goto("/s/stay")
    expect(desk.locator("input[name=nps]:checked")).to_have_count(0)


def test_every_page_of_the_way_is_accessible(survey, desk):
    said = []
    desk.on("console", lambda message: said.append(message.text) if "favicon" not in message.text else None)

    def look():
        assert wrong_in(desk, [(320, "light"), (320, "dark")]) == []

    desk.goto("/s/stay?lang=ar")
    look()
    assert desk.locator("html").get_attribute("dir") == "rtl"
    desk.goto("/s/stay")
    desk.get_by_role("button", name="Next").click()
    expect(desk).to_have_title(re.compile("^Error"))
    look()
    desk.locator("input[name=nps][value='3']").check(force=True)
    desk.get_by_role("button", name="Next").click()
    expect(desk).to_have_title(re.compile("^Page 2"))
    desk.get_by_label("What went wrong").fill("The heating.")
    look()
    desk.get_by_role("button", name="Continue later").click()
    expect(desk).to_have_title(re.compile("^Your answers wait"))
    look()
    desk.get_by_role("link", name="Go on now").click()
    look()
    assert [one for one in said if "422" not in one] == []
