"""The editor of surveys in a real browser: it saves by itself, moves by keyboard, and two at once lose nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from survey.foundation.db import db
from survey.questionnaires import actions, queries
from survey.questionnaires.rules import as_document
from tests.factories.drafts import NOW, change, make_survey
from tests.factories.looks import signed_in, wrong_in
from tests.factories.people import make_user

EDIT = "/surveys/how/edit"


@pytest.fixture
def editor(sqlite_app, desk):
    """The satisfaction survey (nps, reason, rating) opened by Ada; what breaks in the page's script breaks the test."""
    make_survey()
    signed_in(desk, sqlite_app, make_user(sqlite_app, "staff", name="Ada"))
    broken: list[str] = []
    desk.on("pageerror", lambda error: broken.append(str(error)))
    desk.goto(EDIT)
    yield desk
    assert broken == []


@pytest.fixture
def second(sqlite_app, browser, server):
    """The browser of somebody else."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield signed_in(context.new_page(), sqlite_app, make_user(sqlite_app, "staff", name="Bo"))
    context.close()


def draft():
    db.session.rollback()
    db.session.expire_all()
    return queries.draft_of(queries.survey_by_slug("how"))


def keys():
    return [question.key for question in draft().questions]


def opened(page: Page, key: str) -> None:
    if not page.locator(f"#q-{key} > details[open]").count():
        page.locator(f"#q-{key} > details > summary").click()


def saved(page: Page) -> None:
    """Wait until the page says that all is saved."""
    expect(page.locator("#draft[data-state=saved]")).to_be_visible()


def test_what_is_typed_is_saved_by_itself_and_survives_a_reload(editor):
    opened(editor, "reason")
    editor.locator("[name='reason.words']").fill("Why did you choose that number?")
    saved(editor)
    expect(editor.locator("#saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    expect(editor.locator("#line-reason")).to_contain_text("Why did you choose that number?")
    expect(editor.frame_locator("#preview").get_by_text("Why did you choose that number?")).to_be_visible()
    editor.reload()
    expect(editor.locator("[name='reason.words']")).to_have_value("Why did you choose that number?")


def test_what_is_wrong_and_what_could_be_better_is_said_at_once(editor):
    opened(editor, "rating")
    editor.locator("[name='rating.words']").fill("How satisfied are you with the price and the quality?")
    expect(editor.locator("#said-rating")).to_contain_text("two questions in one")
    expect(editor.locator("#line-rating")).to_contain_text("1 tip")
    editor.locator("#body-rating details.more > summary").first.click()
    editor.locator("[name='rating.points']").fill("99")
    expect(editor.get_by_text("from 3 to 10")).to_be_visible()
    expect(editor.locator("[name='rating.points']")).to_have_attribute("aria-invalid", "true")
    expect(editor.locator("#saved")).to_contain_text("but for what is marked")
    editor.locator("[name='rating.points']").fill("5")
    expect(editor.get_by_text("from 3 to 10")).to_have_count(0)
    expect(editor.locator("#saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


def test_questions_are_added_moved_by_keyboard_copied_taken_away_and_put_back(editor):
    opened(editor, "nps")
    editor.get_by_role("button", name="Add a question below").click()
    editor.get_by_role("button", name=re.compile("^Choice One of")).click()
    expect(editor.locator("[name='choice.words']")).to_be_focused()
    assert keys() == ["nps", "choice", "reason", "rating"]

    editor.keyboard.press("Control+a")
    editor.keyboard.type("What did you come for?")
    for words in ("Food", "A meeting", "Something else"):
        editor.get_by_label("One more answer").first.fill(words)
        editor.keyboard.press("Tab")
        expect(editor.locator("#body-choice input[name^='choice.options.']:not([name*='+'])").last).to_have_value(words)
    saved(editor)
    assert [option["words"] for option in draft().question("choice").settings["options"]] == [
        "Food",
        "A meeting",
        "Something else",
    ]

    editor.locator("[name='choice.hint']").focus()
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.locator("#saved")).to_contain_text("3 What did you come for?")
    expect(editor.locator("[id='choice.hint']")).to_be_focused()
    assert keys() == ["nps", "reason", "choice", "rating"]
    editor.locator("#q-choice summary").first.focus()
    editor.keyboard.press("Alt+ArrowUp")
    expect(editor.locator("#saved")).to_contain_text("2 What did you come for?")
    expect(editor.locator("#q-choice > details > summary")).to_be_focused()
    assert keys() == ["nps", "choice", "reason", "rating"]

    opened(editor, "choice")
    editor.locator("#copy-choice").click()
    expect(editor.locator("[name='choice_2.words']")).to_be_focused()
    assert draft().question("choice_2").settings == draft().question("choice").settings
    editor.locator("#remove-choice_2").click()
    expect(editor.locator("#undo")).to_be_focused()
    assert keys() == ["nps", "choice", "reason", "rating"]
    editor.keyboard.press("Enter")
    expect(editor.locator("#q-choice_2")).to_be_visible()
    assert keys() == ["nps", "choice", "choice_2", "reason", "rating"]


def test_a_condition_is_made_and_its_words_stand_in_the_list(editor):
    opened(editor, "reason")
    editor.locator("#body-reason summary", has_text="Show this only if").click()
    editor.locator("[name='reason.if.0.question']").select_option("nps")
    editor.locator("[name='reason.if.0.test']").select_option("at_most")
    editor.locator("[name='reason.if.0.bound']").select_option("6")
    expect(editor.locator("#line-reason")).to_contain_text("only if 1 is at most 6")
    editor.locator("[name='reason.if.0.test']").select_option("is")
    expect(editor.locator("#said-reason")).to_contain_text("names no answer")
    editor.locator("[name='reason.if.0.is.3']").check()
    expect(editor.locator("#line-reason")).to_contain_text("only if 1 is 3")
    expect(editor.locator("#said-reason")).to_be_empty()
    opened(editor, "nps")
    editor.locator("#down-nps").click()
    expect(editor.get_by_text("This does not fit any more")).to_be_visible()
    expect(editor.locator("#line-reason")).to_contain_text("1 to put right")


def test_an_earlier_answer_is_put_in_where_the_cursor_is(editor):
    opened(editor, "reason")
    words = editor.locator("[name='reason.words']")
    words.fill("Why ?")
    words.evaluate("one => one.setSelectionRange(4, 4)")
    editor.locator("#body-reason summary", has_text="Repeat an earlier answer").click()
    editor.get_by_role("button", name="Insert").click()
    expect(words).to_have_value("Why {nps}?")
    expect(editor.locator("#line-reason")).to_contain_text("repeats the answer to 1")


def test_two_at_once_keep_both_and_choose_where_they_changed_the_same(editor, second):
    second.goto(EDIT)
    opened(second, "nps")
    second.locator("[name='nps.words']").fill("Words of Bo")
    saved(second)

    opened(editor, "rating")
    editor.locator("[name='rating.words']").fill("Words of Ada")
    saved(editor)
    expect(editor.locator("#line-nps")).to_contain_text("Words of Bo")
    expect(editor.locator("[name='nps.words']")).to_have_value("Words of Bo")
    assert [draft().question(key).words for key in ("nps", "rating")] == ["Words of Bo", "Words of Ada"]

    second.locator("[name='nps.words']").fill("Bo again")
    saved(second)
    opened(editor, "nps")
    editor.locator("[name='nps.words']").fill("Ada too")
    clash = editor.locator(".clash")
    expect(clash).to_contain_text("Bo, at")
    expect(clash).to_contain_text("Bo again")
    expect(editor.locator("[name='nps.words']")).to_have_value("Ada too")
    assert draft().question("nps").words == "Bo again"
    clash.get_by_label("Keep both").click()  # it goes with what it settles
    expect(clash).to_have_count(0)
    assert [question.words for question in draft().questions if question.kind == "nps"] == ["Bo again", "Ada too"]

    opened(second, "rating")
    second.locator("[name='rating.words']").fill("Bo, third")
    expect(second.locator("#q-nps_2")).to_be_visible()  # what Ada added comes along, and what Bo typed stays
    expect(second.locator("[name='rating.words']")).to_have_value("Bo, third")
    saved(second)
    assert draft().question("rating").words == "Bo, third"


def test_without_a_connection_nothing_is_lost(editor):
    opened(editor, "reason")
    editor.context.set_offline(True)
    editor.locator("[name='reason.words']").fill("Typed in a tunnel")
    expect(editor.locator("#saved")).to_contain_text("Not saved: there is no connection")
    assert draft().question("reason").words != "Typed in a tunnel"
    editor.context.set_offline(False)
    saved(editor)
    assert draft().question("reason").words == "Typed in a tunnel"

    editor.context.set_offline(True)
    editor.locator("[name='reason.words']").fill("Typed before the page was closed")
    expect(editor.locator("#saved")).to_contain_text("Not saved: there is no connection")
    editor.once("dialog", lambda dialog: dialog.accept())  # the browser warns of leaving
    # Before the network is back: the page sends as soon as it is, and what has arrived is not waiting any more.
    editor.context.route(
        "**/edit*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    editor.context.set_offline(False)
    editor.goto("about:blank")
    assert draft().question("reason").words == "Typed in a tunnel"
    editor.context.unroute("**/edit*")
    editor.goto(EDIT)
    saved(editor)
    assert draft().question("reason").words == "Typed before the page was closed"


def test_somebody_who_was_signed_out_is_told_so(editor):
    opened(editor, "reason")
    editor.context.clear_cookies()
    editor.locator("[name='reason.words']").fill("Kept")
    expect(editor.locator("#saved")).to_contain_text("you are signed out")
    expect(editor.locator("[name='reason.words']")).to_have_value("Kept")
    editor.evaluate("window.onbeforeunload = null")


def test_a_survey_of_fifty_questions_stays_quick(editor):
    document = as_document(draft())
    document["questions"] = [
        {"key": f"q{n}", "kind": ("choice", "rating", "text")[n % 3], "words": f"Question {n}",
         "settings": {"options": [{"value": f"o{one}", "words": f"Option {one}"} for one in range(6)]} if n % 3 == 0 else {}}
        for n in range(50)
    ]  # fmt: skip
    change("how", lambda survey: actions.save_draft(survey, document, now=NOW))
    editor.goto(f"{EDIT}?open=q49")
    editor.locator("[name='q49.words']").fill("The last one")
    saved(editor)
    editor.keyboard.press("Alt+ArrowUp")
    expect(editor.locator("#saved")).to_contain_text("49 The last one")
    expect(editor.locator("[id='q49.words']")).to_be_focused()


def test_the_editor_works_without_javascript(sqlite_app, phone):
    make_survey()
    signed_in(phone, sqlite_app, make_user(sqlite_app, "staff"))
    phone.goto(EDIT)
    opened(phone, "nps")
    phone.locator("[name='nps.words']").fill("Kept")
    phone.get_by_role("button", name="Add a question below").click()
    phone.get_by_role("button", name=re.compile("^Own words")).click()
    expect(phone.locator("[name='text.words']")).to_be_visible()
    assert keys() == ["nps", "text", "reason", "rating"]
    assert draft().question("nps").words == "Kept"
    phone.get_by_role("button", name="Remove").first.click()
    phone.get_by_role("button", name="Undo").click()
    assert keys() == ["nps", "text", "reason", "rating"]


def test_a_translation_saves_itself_beside_the_original(editor, second):
    editor.goto("/surveys/how/languages")
    editor.get_by_label("Add a language").select_option("de")
    editor.get_by_role("button", name="Translate into it").click()
    expect(editor.get_by_text("0 of 12 texts are translated").or_(editor.locator("#progress"))).to_be_visible()
    second.goto("/surveys/how/languages/de")
    second.locator("[name='nps/words']").fill("Von Bo")
    saved(second)

    editor.locator("[name='/title']").fill("Wie geht es uns?")
    saved(editor)
    expect(editor.locator("[name='nps/words']")).to_have_value("Von Bo")  # what was translated elsewhere shows here
    expect(editor.locator("[id='mark-/title']")).to_be_empty()
    editor.locator("[name='nps/words']").fill("Von Ada")
    saved(editor)
    second.locator("[name='nps/words']").fill("Wieder von Bo")
    expect(second.locator(".clash")).to_contain_text("Von Ada")
    expect(second.locator("[name='nps/words']")).to_have_value("Wieder von Bo")
    second.get_by_label("Keep mine").click()  # it goes with what it settles
    expect(second.locator(".clash")).to_have_count(0)
    assert draft().translations["de"]["nps"]["words"] == "Wieder von Bo"
    editor.reload()
    expect(editor.locator("[name='/title']")).to_have_value("Wie geht es uns?")


LOOKS = [(width, scheme) for width in (1280, 375, 320) for scheme in ("light", "dark")]


def test_the_editor_and_the_languages_are_accessible(editor, second):
    document = as_document(draft()) | {"translations": {"de": {"": {"title": "Wie geht es uns?"}}}}
    document["endings"] = [{"key": "sorry", "words": "Sorry", "after": "", "when": None}]
    document["questions"][1]["show_if"] = {
        "match": "any",
        "conditions": [
            {"question": "nps", "test": "at_most", "values": ["6"]},
            {"question": "nps", "test": "is", "values": ["9"]},
        ],
    }
    change("how", lambda survey: actions.save_draft(survey, document, now=NOW))
    wrong = []
    for address in (f"{EDIT}?open=reason", f"{EDIT}?add=nps", "/surveys/how/languages", "/surveys/how/languages/de"):
        editor.goto(address)
        wrong += wrong_in(editor, LOOKS)
    editor.goto(f"{EDIT}?open=nps")
    second.goto(f"{EDIT}?open=nps")
    second.locator("[name='nps.words']").fill("Don’t you agree that Bo’s words are right?")
    saved(second)
    editor.locator("[name='nps.words']").fill("Words of Ada")
    expect(editor.locator(".clash")).to_be_visible()
    wrong += wrong_in(editor, LOOKS)
    editor.get_by_label("Keep theirs").click()  # it goes with what it settles
    expect(editor.locator(".clash")).to_have_count(0)
    opened(editor, "rating")
    editor.locator("[name='rating.points']").evaluate("one => { one.closest('details').open = true }")
    editor.locator("[name='rating.points']").fill("99")
    expect(editor.get_by_text("from 3 to 10")).to_be_visible()
    assert wrong + wrong_in(editor, LOOKS) == []
