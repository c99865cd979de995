"""A survey in a frame on somebody's website, on a device that many people use, and on a sheet of paper."""

import re
from math import ceil
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from survey.foundation.db import db
from survey.responses import models
from tests.factories.drafts import change
from tests.factories.people import PASSWORD, make_user
from tests.factories.surveys import republish, with_questions

PAGES = [
    {"key": "nps", "kind": "nps", "words": "Would you recommend us?"},
    {"key": "part", "kind": "section", "words": "More"},
    {"key": "why", "kind": "text", "words": "Why?"},
]
SEND = "Send my answers"


def _stored() -> list[dict[str, object]]:
    db.session.rollback()
    return [row.answers for row in db.session.query(models.Response)]


# ---- a frame --------------------------------------------------------------------------------------------------------


def _website(survey: str) -> Response:
    frame = (
        f'<iframe src="{survey}/s/spring?via=website" title="Survey" width="100%" height="200" data-hearback></iframe>'
    )
    script = f'<script src="{survey}/static/js/embed.js" async></script>'
    return Response(
        f'<!doctype html><title>A shop</title><body><div style="height: 1500px">News</div>{frame}{script}',
        mimetype="text/html",
    )


@pytest.fixture
def website(server):
    """The address of a website with a survey of ours in it: another origin."""
    running = make_server("127.0.0.1", 0, Request.application(lambda _request: _website(server)), threaded=True)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


def _fits(page: Page) -> float:
    """Wait until the frame is as high as what is in it; return how high."""
    for _ in range(100):
        shown = page.locator("iframe").evaluate("frame => frame.clientHeight")
        needed = page.frames[1].evaluate("document.body.getBoundingClientRect().height")
        if needed and abs(shown - needed) <= 1:
            break
        page.wait_for_timeout(50)
    assert shown == ceil(needed)
    assert page.frames[1].evaluate("document.documentElement.scrollHeight - innerHeight") == 0  # nothing to scroll
    return shown


def test_a_frame_on_a_named_website_is_as_high_as_the_survey(sqlite_app, desk, website):
    republish(with_questions(PAGES), layout="sections")
    change("spring", lambda survey: setattr(survey, "embed_origins", [website]))
    desk.goto(website)
    first = _fits(desk)
    inside = desk.frame_locator("iframe")
    desk.locator("iframe").evaluate("frame => frame.scrollIntoView()")
    inside.locator("input[name=nps][value='9']").check(force=True)
    inside.get_by_role("button", name="Next").click()
    expect(inside.get_by_label("Why?")).to_be_visible()
    second = _fits(desk)
    inside.get_by_role("button", name="Back").click()
    expect(inside.get_by_label("Why?")).to_have_count(0)
    assert (_fits(desk) != second, first != second) == (True, True)  # it grows and shrinks
    inside.get_by_role("button", name="Next").click()
    expect(inside.get_by_label("Why?")).to_be_visible()
    expect(inside.get_by_role("heading", level=1)).to_be_in_viewport()

    desk.set_viewport_size({"width": 375, "height": 800})  # words wrap, the frame grows
    _fits(desk)
    inside.get_by_label("Why?").fill("Friendly")
    inside.get_by_role("button", name=SEND).click()
    expect(inside.get_by_role("heading", level=1)).to_have_text("We have your answer")
    _fits(desk)
    assert _stored() == [{"nps": 9, "why": "Friendly"}]

    with desk.context.expect_page() as opened:  # what leads out of the survey opens beside the website
        inside.get_by_role("link").last.click()
    opened.value.wait_for_load_state()
    assert desk.url == f"{website}/"


@pytest.mark.parametrize("named", [[], ["https://other.example"]])
def test_a_website_that_is_not_named_shows_nothing(sqlite_app, desk, website, named):
    with_questions(PAGES)
    change("spring", lambda survey: setattr(survey, "embed_origins", named))
    refused = []
    desk.on("console", lambda said: refused.append(said.text) if "frame-ancestors" in said.text else None)
    desk.goto(website)
    expect(desk.frame_locator("iframe").get_by_text("Would you recommend us?")).to_have_count(0)
    desk.wait_for_function("document.querySelector('iframe').dataset.hearback === ''")
    assert refused


# ---- a kiosk --------------------------------------------------------------------------------------------------------


@pytest.fixture
def kiosk(sqlite_app, desk):
    """A device that many people use, with a clock that the test sets, at the first page of two."""
    republish(with_questions(PAGES), layout="sections")
    broken: list[str] = []
    desk.on("pageerror", lambda error: broken.append(str(error)))
    desk.clock.install()
    desk.goto("/s/spring?kiosk=1&via=till")
    yield desk
    assert broken == []


def _is_new(page: Page) -> None:
    """Wait until the first page stands there, empty."""
    expect(page.get_by_text("Would you recommend us?")).to_be_visible()
    expect(page.locator("input[name=nps]:checked")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?kiosk=1&via=till$"))


def _give(page: Page, score: str) -> None:
    page.locator(f"input[name=nps][value='{score}']").check(force=True)


def test_a_kiosk_asks_before_it_empties_a_form_that_nobody_goes_on_with(kiosk):
    warning = kiosk.get_by_text("Are you still there?")
    _give(kiosk, "3")
    kiosk.clock.run_for(269_000)
    expect(warning).to_be_hidden()
    kiosk.clock.run_for(2_000)
    expect(warning).to_be_visible()
    kiosk.get_by_role("button", name="I am still here").click()
    expect(warning).to_be_hidden()
    expect(kiosk.locator("input[name=nps][value='3']")).to_be_checked()
    kiosk.clock.run_for(271_000)
    expect(warning).to_be_visible()
    kiosk.clock.run_for(30_000)
    _is_new(kiosk)
    assert _stored() == []


def test_a_kiosk_empties_a_later_page_as_well(kiosk):
    _give(kiosk, "3")
    kiosk.get_by_role("button", name="Next").click()
    kiosk.get_by_label("Why?").fill("Nobody else's business")
    kiosk.clock.run_for(301_000)
    _is_new(kiosk)
    kiosk.get_by_role("button", name="Next").click()
    expect(kiosk.get_by_label("Why?")).to_have_value("")


def test_a_kiosk_makes_room_by_itself_after_it_has_thanked(kiosk, monkeypatch):
    monkeypatch.setattr("survey.responses.public.thanking.THANKS_SECONDS", 1)
    for score in ("9", "2"):
        _is_new(kiosk)
        _give(kiosk, score)
        kiosk.get_by_role("button", name="Next").click()
        kiosk.get_by_label("Why?").fill(f"Words of {score}")
        kiosk.get_by_role("button", name=SEND).click()
        expect(kiosk.get_by_role("heading", name="Thank you")).to_be_visible()
    _is_new(kiosk)
    assert sorted(map(str, _stored())) == ["{'nps': 2, 'why': 'Words of 2'}", "{'nps': 9, 'why': 'Words of 9'}"]


def test_at_a_kiosk_the_way_back_shows_no_answers(kiosk):
    _give(kiosk, "9")
    kiosk.get_by_role("button", name="Next").click()
    kiosk.get_by_label("Why?").fill("Nobody else's business")
    kiosk.get_by_role("button", name=SEND).click()
    kiosk.get_by_role("link", name="Next person").click()
    _is_new(kiosk)
    for _ in range(2):
        kiosk.go_back()
        expect(kiosk.locator("body")).not_to_contain_text("Nobody else's business")
        expect(kiosk.locator("input[name=nps]:checked")).to_have_count(0)
        expect(kiosk.get_by_role("heading", level=1)).to_be_visible()  # no error page of the browser's


# ---- on paper -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_is_one_page_and_dark_screens_print_it_light(sqlite_app, desk, paper):
    republish(
        with_questions(PAGES),
        title="How did you like the swimming pool, the sauna and the restaurant at the old harbour?",
    )
    user = make_user(sqlite_app, "staff")
    desk.goto("/sign-in")
    desk.get_by_label("E-mail").fill(user.email)
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk).to_have_url(re.compile("/today"))
    desk.emulate_media(color_scheme="dark")
    desk.goto(f"/surveys/spring/sheet?via={'x' * 30}")
    printed = desk.pdf(format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    desk.emulate_media(color_scheme="dark", media="print")
    expect(desk.get_by_role("link", name="Back to the links")).to_be_hidden()
    expect(desk.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(desk.get_by_role("heading", level=1)).to_have_css("color", "rgb(28, 35, 33)")
