"""The task of a device in a real browser: done while somebody reads, waited for by whoever is quicker, never in the way."""

import re

import pytest
from playwright.sync_api import expect

from survey.foundation.db import db
from survey.responses.models import Response
from tests.factories.drafts import change
from tests.factories.surveys import from_template, republish, with_every_kind, with_questions

TWO_PAGES = [
    {"key": "a", "kind": "text", "words": "One?"}, {"key": "part", "kind": "section", "words": "Part"},
    {"key": "b", "kind": "text", "words": "Two?"},
]  # fmt: skip
SOLVED = re.compile(r"^\d+\.00[0-9a-f]{62}$")
SEND = "Send my answers"


@pytest.fixture(autouse=True)
def _small_tasks(monkeypatch):
    """On a busy machine a task may take long; what it costs is not what these tests ask."""
    monkeypatch.setattr("survey.foundation.proofs.ITERATIONS", 20)


@pytest.fixture
def page(desk):
    """A browser window whose scripts must not break."""
    broken: list[str] = []
    desk.on("pageerror", lambda error: broken.append(str(error)))
    desk.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    yield desk
    assert broken == []


def _guard():
    change("spring", lambda found: setattr(found, "asks_proof", True))


def _stored():
    db.session.rollback()
    return [row.answers for row in db.session.query(Response)]


def test_the_task_is_done_while_somebody_reads(sqlite_app, page):
    from_template()
    _guard()
    page.goto("/s/spring")
    expect(page.locator("[name='form.proof']")).to_have_value(SOLVED)
    page.locator("input[name=nps][value='9']").check(force=True)
    page.get_by_role("button", name=SEND).click()
    expect(page).to_have_url(re.compile("/s/spring/thanks/"))
    assert _stored() == [{"nps": 9}]


SLOWLY = """
const work = SubtleCrypto.prototype.deriveBits;
const opened = new Promise((resolve) => { window.open_the_gate = resolve; });
SubtleCrypto.prototype.deriveBits = async function (...how) { await opened; return work.apply(this, how); };
"""


@pytest.mark.parametrize("is_long", [False, True])  # with and without the script that keeps what is typed
def test_whoever_is_quicker_than_the_task_waits_for_it(sqlite_app, page, is_long):
    with_every_kind() if is_long else from_template()
    _guard()
    page.add_init_script(SLOWLY)
    page.goto("/s/spring")
    assert page.locator("script[src*='respond.js']").count() == is_long
    page.locator("input[name=nps][value='9']").check(force=True)
    page.get_by_role("button", name=SEND).dblclick()
    expect(page.get_by_text("finishing a short task")).to_be_visible()
    assert _stored() == []
    page.evaluate("open_the_gate()")
    expect(page).to_have_url(re.compile("/s/spring/thanks/"))
    assert _stored() == [{"nps": 9}]


def test_on_several_pages_going_back_waits_for_nothing(sqlite_app, page):
    republish(with_questions(TWO_PAGES), layout="sections")
    _guard()
    page.goto("/s/spring")
    page.get_by_label("One?").fill("First")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Two?").fill("Second")
    page.reload()
    expect(page.get_by_label("Two?")).to_have_value("Second")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("One?")).to_have_value("First")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name=SEND).click()
    expect(page).to_have_url(re.compile("/s/spring/thanks/"))
    assert len(_stored()) == 1


def test_without_the_maths_it_is_sent_without_and_kept(sqlite_app, page):
    """As over plain http: the browser has no `crypto.subtle`."""
    from_template()
    _guard()
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })")
    page.goto("/s/spring")
    page.locator("input[name=nps][value='9']").check(force=True)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("alert")).to_contain_text("then send again: your answers are still here")
    expect(page.locator("input[name=nps][value='9']")).to_be_checked()
    assert _stored() == []


def test_without_scripts_the_page_says_to_take_half_a_minute(sqlite_app, phone, monkeypatch):
    from_template()
    _guard()
    phone.goto("/s/spring")
    assert (
        "half a minute or more after you opened this page" in phone.content()
    )  # this driver lets noscript draw nothing
    phone.locator("input[name=nps][value='9']").check(force=True)
    phone.get_by_role("button", name=SEND).click()
    expect(phone.get_by_role("alert")).to_contain_text("seconds, then send again")
    monkeypatch.setattr("survey.responses.robots.PATIENCE", 0)
    phone.get_by_role("button", name=SEND).click()
    expect(phone).to_have_url(re.compile("/s/spring/thanks/"))
    assert _stored() == [{"nps": 9}]


def test_a_page_that_was_open_for_too_long_is_sent_the_second_time(sqlite_app, page):
    """What this tab has kept must not put the old token back in the place of the new one."""
    with_every_kind()
    page.goto("/s/spring")
    page.locator("[name='form.token']").evaluate("token => { token.value = 'long ago' }")
    page.locator("input[name=nps][value='9']").check(force=True)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("alert")).to_contain_text("open for too long")
    page.get_by_role("button", name=SEND).click()
    expect(page).to_have_url(re.compile("/s/spring/thanks/"))
    assert _stored() == [{"nps": 9}]
