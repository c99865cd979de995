"""The main job in a real browser: asked, answered on a phone, read, seen, told back."""

import re

import pytest
from playwright.sync_api import Page, expect

from survey.example.actions import make_example
from survey.foundation.clock import now
from survey.organisation.queries import today
from tests.factories.looks import LIGHT_AND_DARK, wrong_in
from tests.factories.people import PASSWORD, make_user


def _sign_in(page: Page, user) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/today"))


@pytest.fixture
def leader(sqlite_app, desk):
    """A desk at which an admin has signed in."""
    _sign_in(desk, make_user(sqlite_app, "admin"))
    return desk


def _publish(desk: Page, template: str, slug: str) -> None:
    desk.goto(f"/surveys/new?template={template}")
    desk.get_by_label("Title").fill("How was your visit?")
    desk.locator("[name=slug]").fill(slug)
    desk.get_by_role("button", name="Make the draft").click()
    desk.get_by_role("link", name="Publish").first.click()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text(f"/s/{slug}").first).to_be_visible()


def test_from_a_template_to_an_answer_that_is_read_seen_and_told_back(sqlite_app, leader, phone):
    # Staff make a survey from a template, change its words, look at the preview, publish it.
    leader.goto("/surveys/new?template=satisfaction")
    leader.get_by_label("Title").fill("How was your visit?")
    leader.locator("[name=slug]").fill("visit")
    leader.get_by_role("button", name="Make the draft").click()
    leader.goto("/surveys/visit/edit")
    leader.locator("#line-reason").click()
    leader.locator("[name='reason.words']").fill("What made you choose that number?")
    leader.get_by_role("button", name="Save").first.click()
    expect(leader.locator("#draft[data-state=saved]")).to_be_visible()
    leader.goto("/surveys/visit/preview")
    expect(leader.get_by_text("What made you choose that number?")).to_be_visible()
    leader.goto("/surveys/visit/publish")
    leader.get_by_role("button", name="Publish", exact=True).click()
    expect(leader.get_by_role("img", name=re.compile("QR", re.I))).to_be_visible()

    # Staff say what is being improved.
    leader.goto("/improvements/new")
    leader.locator("[name=title]").fill("No more waiting in the evening")
    leader.locator("[name=you_said]").fill("You wait too long for a machine.")
    leader.locator("input[type=checkbox][value=A2]").check()
    leader.locator("main form").get_by_role("button").first.click()
    leader.locator("[name=words]").fill("Six more machines **arrive** next week.")
    leader.locator("[name=stage][value=in_progress]").check()
    leader.get_by_role("button", name="Post it").click()

    # A customer answers on a phone without JavaScript; what is missing is asked for, and nothing typed is lost.
    phone.goto("/s/visit")
    phone.get_by_label("What made you choose that number?").fill("I waited twenty minutes for a machine. Terrible.")
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone).to_have_title(re.compile("^Error: "))
    expect(phone.get_by_label("What made you choose that number?")).to_have_value(re.compile("twenty minutes"))
    phone.locator("input[name=nps][value='3']").check(force=True)
    phone.locator("input[name=rating][value='2']").check(force=True)
    token = phone.locator("[name='form.token']").input_value()
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone).to_have_url(re.compile("/s/visit/thanks/"))
    expect(phone.get_by_text("No more waiting in the evening")).to_be_visible()

    # The browser sends it again, as after a lost connection or a step back: still one answer.
    again = phone.request.post("/s/visit", form={"form.token": token, "form.version": "1", "nps": "9", "rating": "5"})
    assert "/thanks/" in again.url
    assert "first answer" in again.text()

    # The worker reads; the leader sees one answer, its score and its comment with tags.
    sqlite_app.extensions["hearback.work_off"]()
    leader.goto("/surveys/visit/results")
    expect(leader.get_by_text("1 answer", exact=False).first).to_be_visible()
    expect(leader.get_by_text("I waited twenty minutes for a machine. Terrible.")).to_be_visible()
    comment = leader.locator("article", has=leader.locator("blockquote")).last
    expect(comment).to_contain_text("negative")
    expect(comment).to_contain_text("Waiting")

    # It is told in public and in the feed.
    phone.goto("/improving")
    expect(phone.get_by_text("Six more machines")).to_be_visible()
    assert "Six more machines" in phone.request.get("/improving.atom").text()


@pytest.fixture
def example(sqlite_app):
    """The example organisation."""
    make_example(today=today(), now=now())
    sqlite_app.extensions["hearback.work_off"]()


STAFF_PAGES = (
    "/today", "/results", "/surveys/how-was-it/results", "/surveys/before-you-go/results", "/comments", "/lost", "/people", "/people/new",
    "/surveys", "/surveys/new", "/surveys/new?template=exit", "/surveys/how-was-it", "/surveys/how-was-it/edit",
    "/surveys/how-was-it/options", "/surveys/how-was-it/responses", "/improvements", "/improvements/new", "/settings",
    "/settings/people", "/settings/password", "/kit",
)  # fmt: skip
PUBLIC_PAGES = (
    "/", "/s/how-was-it", "/s/before-you-go", "/s/how-was-it/results", "/improving", "/sign-in", "/s/nowhere",
    "/s/how-was-it/thanks/7d444840-9dc0-11d1-b245-5ffdce74fad2",
)  # fmt: skip


def _look(page: Page, addresses, looks=LIGHT_AND_DARK) -> list[str]:
    """Open each page and return what is wrong with it: accessibility, sideways scrolling, words of the browser's console."""
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if "favicon" not in said.text else None)
    for address in addresses:
        answer = page.goto(address)
        if answer is None or answer.status >= 500:
            wrong.append(f"{address}: {answer and answer.status}")
        wrong += wrong_in(page, looks)
    return wrong


def test_every_page_is_accessible_in_light_and_dark(sqlite_app, example, leader):
    assert [said for said in _look(leader, STAFF_PAGES + PUBLIC_PAGES) if "404" not in said] == []


def test_public_pages_fit_the_narrowest_phone(sqlite_app, example, desk):
    assert [said for said in _look(desk, PUBLIC_PAGES, [(320, "light")]) if "404" not in said] == []


def test_a_double_click_is_one_answer(sqlite_app, example, desk):
    desk.goto("/s/how-was-it")
    desk.locator("input[name=nps][value='9']").check(force=True)
    desk.locator("input[name=rating][value='5']").check(force=True)
    desk.get_by_role("button", name="Send my answers").dblclick()
    expect(desk).to_have_url(re.compile("/thanks/"))
    from survey.questionnaires.queries import survey_by_slug
    from survey.responses.queries import count_of

    assert count_of(survey_by_slug("how-was-it").id, since=today()) - _answers_of_the_example_today() == 1


def _answers_of_the_example_today() -> int:
    from survey.example.rules import story

    told = story(today())
    return sum(one.on == today() for one in (*told.satisfaction, *told.outcry))
