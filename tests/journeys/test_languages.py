"""The interface in other languages, in a real browser: staff and customers in German, our words beside Arabic ones."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.language import day_words, speaking
from survey.organisation.queries import organisation, today
from survey.questionnaires.actions import create, publish
from survey.questionnaires.rules import Questionnaire, as_document
from survey.questionnaires.rules.arranging import with_new
from tests.factories.looks import violations
from tests.factories.people import PASSWORD, make_user
from tests.journeys.conftest import DESK, PHONE, context_of

LONG = ("Beschwerdebearbeitungsgeschwindigkeit", "Kundendienstmitarbeiterinnen")
OPTIONS = [{"value": words.lower(), "words": words} for words in LONG]
LISTS = {kind: {"options": OPTIONS} for kind in ("choice", "dropdown", "ranking")} | {"matrix": {"rows": OPTIONS}}


@pytest.fixture
def german(sqlite_app):
    """An organisation whose first language is German."""

    def work():
        owner = organisation()
        owner.language, owner.languages = "de", ["de", "en"]
        db.session.add(owner)

    write(work)


@pytest.fixture
def desk(browser, server):
    """A German browser on a desk."""
    for context in context_of(browser, server, viewport=DESK, locale="de-DE"):
        yield context.new_page()


@pytest.fixture
def phone(browser, server):
    """A German phone with JavaScript switched off."""
    for context in context_of(browser, server, viewport=PHONE, locale="de-AT", java_script_enabled=False):
        yield context.new_page()


def _published(slug, questionnaire):
    def work():
        publish(create(slug, purpose="other", document=as_document(questionnaire), now=now()), now=now())

    write(work)


def _answer(phone, number):
    phone.goto("/s/zufrieden")
    phone.locator(f"input[name=nps][value='{number}']").check(force=True)
    phone.get_by_role("button", name="Antworten senden").click()
    expect(phone.get_by_role("heading", name="Wir haben Ihre Antwort")).to_be_visible()


def test_a_shop_asks_hears_and_reads_in_german(sqlite_app, german, desk, phone):
    user = make_user(sqlite_app, "admin")
    desk.goto("/sign-in")
    desk.get_by_label("E-Mail-Adresse").fill(user.email)
    desk.get_by_label("Passwort").fill(PASSWORD)
    desk.get_by_role("button", name="Anmelden").click()
    expect(desk.get_by_role("link", name="Heute")).to_have_attribute("aria-current", "page")

    # A survey from a template is written in German from its first word on, and so is a question that is added.
    desk.goto("/surveys/new?template=satisfaction")
    expect(desk.get_by_label("Titel")).to_have_value("Wie machen wir uns?")
    desk.locator("[name=slug]").fill("zufrieden")
    desk.get_by_role("button", name="Entwurf erstellen").click()
    desk.get_by_text("Eine Frage hinzufügen", exact=True).click()
    desk.get_by_role("button", name=re.compile("^Ja oder nein")).last.click()
    expect(desk.locator("#draft").get_by_text("Haben Sie gefunden, was Sie gesucht haben?").first).to_be_visible()
    desk.goto("/surveys/zufrieden/publish")
    desk.get_by_role("button", name="Veröffentlichen", exact=True).click()
    with speaking("de"):
        published = day_words(today())
    expect(desk.get_by_text(f"4 Fragen, veröffentlicht am {published}")).to_be_visible()

    # Customers answer in German; what is missing is asked for in German too.
    phone.goto("/s/zufrieden")
    expect(phone.locator("html")).to_have_attribute("lang", "de")
    expect(phone.get_by_text("Vier Fragen, unter einer Minute. Antworten ist freiwillig.")).to_be_visible()
    phone.get_by_role("button", name="Antworten senden").click()
    expect(phone).to_have_title(re.compile("^Fehler: "))
    _answer(phone, 9)
    desk.goto("/surveys/zufrieden")
    expect(desk.get_by_role("link", name="1 Antwort bisher")).to_be_visible()
    _answer(phone, 3)
    desk.goto("/surveys/zufrieden/results")
    expect(desk.get_by_role("heading", level=1)).to_have_text(re.compile("^2 Personen haben auf „Wie machen wir uns"))
    assert violations(desk) == []


def test_long_words_break_where_a_phone_is_narrow(sqlite_app, phone):
    made = Questionnaire(f"Die {LONG[0]} der {LONG[1]}", language="de")
    for kind in ("nps", "csat", "ces", "choice", "dropdown", "matrix", "ranking", "reasons", "consent", "section"):
        made = with_new(made, kind)[0]
    fitted = [replace(one, settings={**one.settings, **LISTS.get(one.kind, {})}) for one in made.questions]
    _published("lang", made.with_questions(tuple(fitted)))
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto("/s/lang")
    expect(phone.locator(".question").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


def test_our_words_on_an_arabic_page_say_that_they_are_english(sqlite_app, phone):
    made = with_new(Questionnaire("كيف كانت زيارتك؟", intro="أخبرنا بصراحة.", language="ar"), "ranking")[0]
    options = [{"value": "a", "words": "السعر"}, {"value": "b", "words": "الخدمة"}]
    asked = replace(made.questions[0], words="رتّب هذه", settings={**made.questions[0].settings, "options": options})
    _published("arabic", made.with_questions((asked,)))
    phone.goto("/s/arabic")
    assert phone.locator("html").evaluate("page => [page.lang, page.dir]") == ["ar", "rtl"]
    for words in ("Answering is up to you.", "1 comes first.", "(optional)", "reads every answer"):
        said = phone.get_by_text(words).first
        assert said.evaluate("one => { const e = one.closest('[lang]'); return [e.lang, e.dir] }") == ["en", "ltr"], (
            words
        )
