"""A survey beside its translation: what is missing, what may be outdated, two at once."""

import html5lib
import pytest

from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.questionnaires import actions, queries
from survey.questionnaires.rules import as_document, parse
from survey.questionnaires.rules.translating import (
    groups,
    outdated,
    progress,
    texts_in,
    translated,
    with_language,
    with_texts,
    without_language,
)
from tests.factories.drafts import NOW, change, make_survey
from tests.factories.forms import form_values
from tests.factories.people import make_user, sign_in

HERE = "/surveys/how/languages"
GERMAN = f"{HERE}/de"
DOCUMENT = {
    "title": "How was it?",
    "intro": "Tell us.",
    "questions": [
        {"key": "nps", "kind": "nps", "words": "Would you?", "hint": "Be honest."},
        {"key": "c", "kind": "choice", "words": "Which?", "settings": {"options": [
            {"value": "a", "words": "Apples"}, {"value": "b", "words": "Pears"}]}},
    ],
    "endings": [{"key": "sorry", "words": "Sorry", "after": "nps"}],
    "translations": {"de": {"": {"title": "Wie war es?"}, "c": {"options.a": "Äpfel"}}},
}  # fmt: skip


# ---- rules ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def test_every_text_stands_in_order_with_its_translation():
    found = groups(parse(DOCUMENT), "de")
    assert [(group.place, group.heading) for group in found] == [
        ("", "The survey"), ("nps", "Question 1"), ("c", "Question 2"), ("ending.sorry", "Ending"),
    ]  # fmt: skip
    entries = {entry.name: entry for group in found for entry in group.entries}
    assert entries["/title"].translation == "Wie war es?"
    assert entries["c/options.a"].translation == "Äpfel"
    assert entries["c/options.b"].is_missing
    assert entries["nps/low"].words == "Not at all likely"
    assert entries["ending.sorry/words"].words == "Sorry"
    assert all(entry.label for entry in entries.values())


def test_a_long_text_has_room():
    found = parse({"title": "T", "intro": "A line\n" + "w" * 100})
    assert [entry.lines for entry in groups(found, "de")[0].entries] == [1, 4]


def test_progress_counts_texts():
    assert (progress(parse(DOCUMENT), "de").done, progress(parse(DOCUMENT), "de").all) == (2, 10)
    whole = with_texts(
        parse(DOCUMENT), "de", {entry.name: "x" for group in groups(parse(DOCUMENT), "de") for entry in group.entries}
    )
    assert progress(whole, "de").is_whole


def test_a_translation_of_words_that_were_published_otherwise_may_be_outdated():
    published = parse(DOCUMENT)
    document = {**DOCUMENT, "title": "How was your visit?", "intro": "Tell us all."}
    assert outdated(parse(document), published, "de") == {"/title"}
    renewed = with_texts(parse(document), "de", {"/title": "Wie war Ihr Besuch?"})
    assert outdated(renewed, published, "de") == set()
    assert outdated(parse(document), None, "de") == set()


def test_what_a_form_did_not_show_stays():
    typed = {"nps/words": " Würden Sie? ", "c/words": "x" * 2001, "title": "no text of a translation"}
    found = translated({"/title": "Wie?"}, lambda name: typed.get(name, ""), typed)
    assert found.texts == {"/title": "Wie?", "nps/words": "Würden Sie?"}
    assert list(found.errors) == ["c/words"]


def test_languages_come_and_go():
    found = with_language(parse(DOCUMENT), "fr")
    assert found.languages == ("en", "fr", "de")
    assert with_language(found, "de").translations["de"]
    assert without_language(found, "de").languages == ("en", "fr")
    for code in ("", "en", "German please"):
        with pytest.raises(Refused):
            with_language(found, code)


# ---- pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def staff(client):
    """A browser of somebody of the staff, with a survey that is begun to be translated."""
    sign_in(client, "staff", user=make_user(client.application, "staff", name="Ada"))
    make_survey()
    change("how", lambda survey: actions.save_draft(survey, DOCUMENT, now=NOW))
    return client


@pytest.fixture
def other(app, staff):
    """The browser of somebody else."""
    client = app.test_client()
    sign_in(client, "staff", user=make_user(app, "staff", name="Bo"))
    return client


def texts(code="de"):
    db.session.expire_all()
    return texts_in(queries.draft_of(queries.survey_by_slug("how")), code)


def form(client, address=GERMAN):
    return form_values(client.get(address).text, "draft")


def save(client, sent, *, address=GERMAN, by_itself=False, **changes):
    headers = {"X-Autosave": "yes"} if by_itself else {}
    return client.post(
        address, data=sent | {name.replace("__", "/"): words for name, words in changes.items()}, headers=headers
    )


def token(client):
    page = html5lib.parse(client.get(HERE).text, namespaceHTMLElements=False)
    return next(one.get("value") for one in page.iter("input") if one.get("name") == "csrf_token")


def test_the_list_says_how_far_each_language_is(staff):
    page = staff.get(HERE).text
    assert "2 of 10 texts" in page
    assert "Deutsch" in page
    assert "/surveys/how/preview?lang=de" in page


def test_a_language_is_added_taken_away_and_put_back(staff):
    answer = staff.post(HERE, data={"csrf_token": token(staff), "language": "fr", "do": "add"})
    assert answer.headers["Location"] == f"{HERE}/fr"
    assert staff.get(f"{HERE}/fr").status_code == 200
    before = texts()
    assert staff.post(f"{GERMAN}/remove", data={"csrf_token": token(staff)}).status_code == 303
    assert staff.get(GERMAN).status_code == 404
    assert "Deutsch” was taken out" in staff.get(HERE).text
    assert "Deutsch” was taken out" in staff.get("/surveys/how/edit").text
    staff.post(HERE, data={"csrf_token": token(staff), "do": "undo"})
    assert texts() == before
    assert staff.post(HERE, data={"csrf_token": token(staff), "language": "en", "do": "add"}).status_code == 422


def test_the_editor_puts_a_translation_back_too(staff):
    before = texts()
    staff.post(f"{GERMAN}/remove", data={"csrf_token": token(staff)})
    staff.post("/surveys/how/edit", data=form_values(staff.get("/surveys/how/edit").text, "draft") | {"do": "undo"})
    assert texts() == before


def test_every_text_is_translated_beside_the_original(staff):
    sent = form(staff)
    assert sent["/title"] == "Wie war es?"
    assert sent["ending.sorry/words"] == ""
    assert save(staff, sent, nps__words="Würden Sie?", **{"c/options.b": "Birnen", "/title": ""}).status_code == 303
    assert texts() == {"nps/words": "Würden Sie?", "c/options.a": "Äpfel", "c/options.b": "Birnen"}
    survey = queries.survey_by_slug("how")
    assert as_document(queries.draft_of(survey))["questions"] == as_document(parse(DOCUMENT))["questions"]


def test_only_what_is_missing_can_be_shown(staff):
    sent = form(staff, f"{GERMAN}?missing=yes")
    assert "/title" not in sent
    assert "nps/words" in sent
    answer = save(staff, sent, address=f"{GERMAN}?missing=yes", nps__words="Würden Sie?")
    assert answer.headers["Location"] == f"{GERMAN}?missing=yes"
    assert texts()["/title"] == "Wie war es?"


def test_saving_an_untouched_page_changes_nothing(staff):
    before = queries.survey_by_slug("how")
    document, changed_at = before.draft, before.changed_at
    assert save(staff, form(staff)).status_code == 303
    db.session.expire_all()
    after = queries.survey_by_slug("how")
    assert (after.draft, after.changed_at) == (document, changed_at)


@pytest.mark.usefixtures("both_databases")
def test_two_who_translate_keep_both_and_choose_where_both_did_the_same(staff, other):
    mine = form(staff)
    save(other, form(other), nps__words="Von Bo", c__words="Von Bo")
    answer = save(staff, mine, nps__words="Von Ada", **{"/intro": "Von Ada"})
    assert answer.status_code == 409
    assert "Bo, at" in answer.text
    assert (texts()["nps/words"], texts()["c/words"], texts()["/intro"]) == ("Von Bo", "Von Bo", "Von Ada")
    again = form_values(answer.text, "draft")
    assert again["nps/words"] == "Von Ada"
    assert save(staff, again).status_code == 409
    assert save(staff, again, **{"whose-nps/words": "mine"}).status_code == 303
    assert texts()["nps/words"] == "Von Ada"


def test_saving_by_itself_answers_with_what_to_put_in_place(staff):
    answer = save(staff, form(staff), by_itself=True, nps__words="Würden Sie?")
    assert answer.status_code == 200
    assert "3 of 10 texts" in answer.text
    assert "<html" not in answer.text
    answer = save(staff, form(staff), by_itself=True, nps__words="x" * 2001)
    assert answer.status_code == 422
    assert 'data-input="nps/words"' in answer.text


def test_words_of_the_editor_and_of_the_translator_at_once_are_both_kept(staff, other):
    mine = form(staff)
    edit = form_values(other.get("/surveys/how/edit").text, "draft")
    other.post("/surveys/how/edit", data=edit | {"nps.words": "Will you?", "do": "remove:c"})
    assert save(staff, mine, nps__words="Werden Sie?", c__words="Welche?").status_code == 303
    assert texts() == {"/title": "Wie war es?", "nps/words": "Werden Sie?"}
    assert queries.draft_of(queries.survey_by_slug("how")).question("nps").words == "Will you?"


def test_a_language_that_is_not_there_is_not_found(staff):
    assert staff.get(f"{HERE}/fr").status_code == 404
    assert staff.get("/surveys/nothing/languages").status_code == 404
