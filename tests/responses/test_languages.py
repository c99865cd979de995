"""A questionnaire in several languages: by the link, by the person, by the browser; what has no translation stays whole."""

import pytest

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.questionnaires.actions import create, publish
from survey.questionnaires.rules import as_document, parse
from survey.questionnaires.rules.languages import best_language, in_language, missing
from survey.responses.models import Response
from tests.factories.surveys import hidden, make_person, personal_link

DOCUMENT = {
    "title": "How was it?",
    "thanks": "Thank you.",
    "questions": [
        {"key": "nps", "kind": "nps", "words": "Would you recommend us?", "settings": {"low": "No", "high": "Yes"}},
        {"key": "used", "kind": "choice", "words": "What did you use?",
         "settings": {"options": [{"value": "web", "words": "The web"}, {"value": "shop", "words": "The shop"}]}},
    ],
    "endings": [{"key": "done", "words": "Well done."}],
    "translations": {
        "de": {
            "": {"title": "Wie war es?", "thanks": "Danke."},
            "nps": {"words": "Würden Sie uns empfehlen?", "low": "Nein", "high": "Ja"},
            "used": {"words": "Was haben Sie benutzt?", "options.web": "Das Netz"},
            "ending.done": {"words": "Gut gemacht."},
        },
        "he": {"": {"title": "איך היה?"}},
    },
}  # fmt: skip
GERMAN = {"Accept-Language": "fr;q=0.9, de-AT;q=0.8, en;q=0.5"}


@pytest.fixture
def survey(app):
    """A published survey in English, German in part, and a little Hebrew."""

    def work():
        survey = create("how", purpose="other", document=DOCUMENT, now=now())
        publish(survey, now=now())
        return survey

    return write(work)


def test_a_document_keeps_its_languages_exactly():
    made = parse(DOCUMENT)
    assert parse(as_document(made)) == made
    assert made.languages == ("en", "de", "he")


def test_a_question_is_never_mixed_of_two_languages():
    german = in_language(parse(DOCUMENT), "de")
    nps, used = german.questions
    assert (nps.words, nps.settings["low"], nps.language) == ("Würden Sie uns empfehlen?", "Nein", "")
    assert (used.words, used.settings["options"][0]["words"], used.language) == ("What did you use?", "The web", "en")
    assert german.endings[0].words == "Gut gemacht."
    assert [(one.place, one.name) for one in missing(parse(DOCUMENT), "de")] == [("used", "options.shop")]


def test_translations_of_what_is_gone_are_dropped():
    document = {**DOCUMENT, "questions": DOCUMENT["questions"][:1], "endings": []}
    assert set(as_document(parse(document))["translations"]["de"]) == {"", "nps"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(["de"], "de"), (["de-AT"], "de"), (["", "fr", "he"], "he"), (["fr"], "en"), ([], "en"), (["x" * 99], "en")],
)
def test_the_best_language_is_the_first_wanted_that_is_offered(wanted, found):
    assert best_language(("en", "de", "he"), wanted) == found


def test_the_link_wins_over_the_browser(survey, client):
    assert "Wie war es?" in client.get("/s/how", headers=GERMAN).text
    assert "How was it?" in client.get("/s/how?lang=en", headers=GERMAN).text
    assert "How was it?" in client.get("/s/how").text
    assert "Wie war es?" in client.get("/s/how?lang=de").text


def test_the_person_wins_over_the_browser(survey, client):
    link = personal_link(survey, make_person(language="he"))
    page = client.get(link, headers=GERMAN).text
    assert '<html lang="he" dir="rtl">' in page
    assert "איך היה?" in page
    assert "Wie war es?" in client.get(f"{link}?lang=de").text


def test_an_answer_knows_its_language_and_is_thanked_in_it(survey, client):
    page = client.get("/s/how?lang=de")
    assert '<html lang="de">' in page.text
    thanks = client.post(
        "/s/how?lang=de", data={**hidden(page.text), "nps": "9", "used": "shop"}, follow_redirects=True
    )
    assert "Gut gemacht." in thanks.text
    assert '<html lang="de">' in thanks.text
    assert [(one.language, one.answers) for one in db.session.query(Response)] == [("de", {"nps": 9, "used": ["shop"]})]


def test_nonsense_for_a_language_is_no_error(survey, client):
    for language in ("xx", "../../etc", "%F0%9F%98%80", "de-" + "x" * 500):
        assert client.get(f"/s/how?lang={language}", headers={"Accept-Language": language}).status_code == 200
