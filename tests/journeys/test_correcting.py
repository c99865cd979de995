"""Comments corrected in place in a real browser: one click is stored once, and the list stays where it was."""

import re

import pytest
from playwright.sync_api import expect

from survey.foundation.db import db
from survey.text.models import Correction
from tests.factories.counted import answer, make_survey, read
from tests.factories.people import PASSWORD, make_user


@pytest.fixture
def inbox(sqlite_app, desk):
    """The inbox of a signed-in member of staff, with two comments that the machine has read."""
    survey = make_survey()
    for words in ("I waited in the waiting room.", "You put the price up again."):
        id = answer(survey, {"nps": 2, "why": words})
        read(id, "negative", reasons=(("P1", 0.7),))
    user = make_user(sqlite_app, "staff")
    desk.goto("/sign-in")
    desk.get_by_label("E-mail").fill(user.email)
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk).to_have_url(re.compile("/today"))
    desk.goto("/comments")
    return desk


def _said() -> list[tuple[str, str]]:
    db.session.rollback()
    return sorted((row.about, row.value) for row in db.session.query(Correction) if row.undone_at is None)


def _about(page, words: str):
    return page.locator(".verbatim", has_text=words)


def test_yes_confirms_what_was_read_without_leaving_the_list(inbox):
    comment = _about(inbox, "waiting room")
    inbox.evaluate("window.stays = true")
    comment.get_by_role("button", name="Yes").click()
    expect(comment.locator(".said-of")).to_be_visible()
    assert inbox.evaluate("window.stays")
    assert _said() == [("reason", "P1"), ("sentiment", "negative")]
    assert _about(inbox, "price up").locator(".said-of").count() == 0


def test_no_opens_what_may_be_said_instead_and_undo_takes_it_back(inbox):
    comment = _about(inbox, "waiting room")
    comment.locator(".correct summary").click()
    comment.locator(".correct").get_by_role("combobox").select_option("A2")
    comment.get_by_role("button", name="Say so").click()
    expect(comment.locator(".said-of")).to_contain_text("Waiting")
    assert _said() == [("reason", "A2")]
    comment.get_by_role("button", name="Undo").click()
    expect(comment.locator(".said-of")).to_have_count(0)
    assert _said() == []
