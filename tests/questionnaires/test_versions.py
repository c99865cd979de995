"""The owner's page of versions, and what results say of the versions that they put together."""

from survey.questionnaires.rules.templates import TEMPLATES
from tests.factories.drafts import change, make_survey
from tests.factories.people import sign_in
from tests.factories.surveys import answer, from_template, republish

QUESTIONS = TEMPLATES["satisfaction"].document["questions"]
REWORDED = [{**QUESTIONS[0], "words": "Would you tell a friend about us?"}, *QUESTIONS[1:]]


def two_versions():
    survey = from_template()
    answer(survey, {"nps": 9})
    republish(survey, questions=REWORDED)
    return survey


def test_the_page_says_what_each_version_changed_and_how_many_answered_it(client):
    survey = two_versions()
    for _number in range(2):
        answer(survey, {"nps": 3})
    sign_in(client, "staff")
    page = client.get("/surveys/spring/versions").text
    assert "Version 2, what customers see" in page
    assert "2 answers." in page
    assert "1 answer." in page
    assert "It was “How likely are you to recommend us to a friend?”." in page
    assert "With care: reworded in version 2." in page
    assert "Yes: asked in the same way in all of them." in page
    assert "/surveys/spring/versions" in client.get("/surveys/spring").text


def test_what_waits_in_the_draft_is_shown_before_it_is_published(client):
    from_template()
    sign_in(client, "staff")
    change("spring", lambda found: setattr(found, "draft", {**found.draft, "questions": REWORDED}))
    for page in ("/surveys/spring/versions", "/surveys/spring/publish"):
        assert "It was “How likely are you to recommend us to a friend?”." in client.get(page).text
    assert "Not published yet" in client.get("/surveys/spring/versions").text


def test_an_unpublished_survey_has_no_versions_yet(client):
    make_survey(is_published=False)
    sign_in(client, "staff")
    assert "Versions will stand here" in client.get("/surveys/how/versions").text


def test_results_say_which_versions_they_put_together_and_what_was_reworded(client):
    survey = two_versions()
    sign_in(client, "staff")
    before = client.get("/surveys/spring/results").text
    assert "put versions" not in before  # nobody has answered the second one yet
    answer(survey, {"nps": 3, "rating": 2})
    page = client.get("/surveys/spring/results").text
    assert "These numbers put versions 1 and 2 of the survey together." in page
    assert page.count("With care: reworded in version 2.") == 1


def test_results_of_one_version_say_nothing_of_versions(client):
    answer(from_template(), {"nps": 9})
    sign_in(client, "staff")
    assert "put versions" not in client.get("/surveys/spring/results").text
