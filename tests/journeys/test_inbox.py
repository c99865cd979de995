"""The inbox by keyboard in a real browser: from comment to comment, opened, tagged, read and pinned without the mouse."""

import re

import pytest
from playwright.sync_api import expect

from survey.foundation.db import db
from survey.text.models import Handling, ReadMark
from tests.factories.counted import answer, make_survey, read
from tests.factories.looks import signed_in
from tests.factories.people import make_user


@pytest.fixture
def inbox(sqlite_app, desk):
    """The inbox of a signed-in member of staff, with two comments."""
    survey = make_survey()
    for words in ("I waited in the waiting room.", "You put the price up again."):
        read(answer(survey, {"nps": 2, "why": words}), "negative", reasons=(("P1", 0.7),))
    signed_in(desk, sqlite_app, make_user(sqlite_app, "staff"))
    desk.goto("/comments")
    return desk


def _card(page, number: int):
    return page.locator(".cards > .verbatim").nth(number)


def _count(model) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def test_keys_lead_through_the_list_and_press_what_stands_on_a_comment(inbox):
    for key, number in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        inbox.keyboard.press(key)
        expect(_card(inbox, number)).to_be_focused()
    inbox.keyboard.press("p")
    expect(_card(inbox, 0)).to_contain_text("Pinned")
    expect(_card(inbox, 0)).to_be_focused()
    inbox.keyboard.press("r")
    expect(_card(inbox, 0)).to_contain_text("Read · pinned")
    assert (_count(Handling), _count(ReadMark)) == (1, 1)
    inbox.keyboard.press("t")
    expect(_card(inbox, 0).locator(".correct details")).to_have_attribute("open", "")
    expect(_card(inbox, 0).locator(".says button").first).to_be_focused()


def test_o_opens_the_answer(inbox):
    inbox.keyboard.press("j")
    inbox.keyboard.press("o")
    expect(inbox).to_have_url(re.compile("/responses/"))


def test_nothing_is_done_while_somebody_types(inbox):
    inbox.get_by_label("Search").press_sequentially("jpr?t")
    expect(inbox.get_by_label("Search")).to_have_value("jpr?t")
    assert (_count(Handling), _count(ReadMark)) == (0, 0)
    expect(inbox.locator(".keys")).not_to_have_attribute("open", "")


def test_the_page_says_its_keys_and_every_one_of_them_has_a_button(inbox):
    inbox.keyboard.press("?")
    expect(inbox.locator(".keys dl")).to_be_visible()
    card = _card(inbox, 1)
    card.get_by_role("button", name="Pin").click()
    expect(card).to_contain_text("Pinned")
    card.locator(".handle summary").click()
    card.get_by_label("Note for the team").fill("Call her back")
    card.get_by_role("button", name="Keep the note").click()
    expect(card.locator(".notes")).to_contain_text("Call her back")
    card.locator(".handle summary").click()
    card.get_by_role("button", name="It is spam").click()
    expect(inbox.locator(".notice")).to_contain_text("Set aside")
    expect(inbox.locator(".cards > .verbatim")).to_have_count(1)
    inbox.get_by_role("button", name="Count it again").click()
    expect(inbox.locator(".cards > .verbatim")).to_have_count(2)
