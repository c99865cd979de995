import pytest

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.questionnaires import actions, queries
from survey.questionnaires.rules import as_document
from tests.factories.drafts import NOW, change, make_survey


def reworded(slug, words):
    def act(survey):
        draft = queries.draft_of(survey)
        document = as_document(draft)
        document["questions"][0]["words"] = words
        actions.save_draft(survey, document, now=NOW)

    change(slug, act)


def test_a_draft_takes_no_answers_until_it_is_published(app):
    make_survey(slug="how", is_published=False)
    assert queries.live("how", now=now()) is None
    change("how", lambda survey: actions.publish(survey, now=NOW))
    survey, version = queries.live("how", now=now())
    assert (survey.slug, version.number) == ("how", 1)


def test_what_was_published_stays_while_the_draft_changes(app):
    survey = make_survey()
    reworded("how", "Would you come again?")
    assert queries.live("how", now=now())[1].document["questions"][0]["words"] != "Would you come again?"
    assert queries.has_changes(queries.survey_by_slug("how"), queries.newest_version(survey.id))
    change("how", lambda survey: actions.publish(survey, now=NOW))
    assert queries.live("how", now=now())[1].number == 2
    assert [version.number for version in queries.versions(survey.id)] == [2, 1]
    assert queries.merged_questions(survey.id)[0].words == "Would you come again?"


def test_publishing_refuses_what_is_not_ready_and_says_why(app):
    make_survey(is_published=False)
    change("how", lambda survey: actions.save_draft(survey, {"title": ""}, now=NOW))
    with pytest.raises(Refused, match=r"Give the survey a title\. Add at least one question\."):
        change("how", lambda survey: actions.publish(survey, now=NOW))
    assert queries.live("how", now=now()) is None


def test_publishing_never_changes_the_scale_under_answers(app):
    make_survey()

    def widen(survey):
        document = as_document(queries.draft_of(survey))
        document["questions"][2]["settings"]["points"] = 7
        actions.save_draft(survey, document, now=NOW)

    change("how", widen)
    with pytest.raises(Refused, match="cannot change once it was published"):
        change("how", lambda survey: actions.publish(survey, now=NOW))


def test_an_address_is_taken_once(app):
    make_survey(slug="how")
    with pytest.raises(Refused, match="already"):
        make_survey("exit", slug="how")
    with pytest.raises(Refused, match="cannot be used"):
        make_survey(slug="new")
    assert [survey.purpose for survey in queries.all_surveys()] == ["satisfaction"]


def test_a_closed_survey_takes_no_answers_and_can_be_opened_again(app):
    make_survey()
    change("how", lambda survey: actions.close(survey, now=NOW))
    assert queries.live("how", now=now()) is None
    change("how", lambda survey: actions.reopen(survey, now=NOW, answers=0))
    assert queries.live("how", now=now()) is not None


def options(survey, privacy="identified", *, is_listed=False, has_answers=False):
    actions.set_options(survey, privacy=privacy, is_listed=is_listed, has_answers=has_answers)


def test_only_open_surveys_whose_owner_says_so_are_listed(app):
    make_survey(slug="how")
    make_survey(slug="draft", is_published=False)
    make_survey(slug="over")
    for slug in ("how", "draft", "over"):
        change(slug, lambda survey: options(survey, is_listed=True))
    make_survey(slug="hidden")
    change("over", lambda survey: actions.close(survey, now=NOW))
    assert [survey.slug for survey in queries.listed(now=now())] == ["how"]


def test_privacy_cannot_change_under_answers(app):
    make_survey()
    with pytest.raises(Refused, match="promise"):
        change("how", lambda survey: options(survey, "anonymous", has_answers=True))
    change("how", lambda survey: options(survey, is_listed=True, has_answers=True))
    change("how", lambda survey: options(survey, "anonymous"))
    assert queries.survey_by_slug("how").privacy == "anonymous"


def test_a_survey_that_asks_for_an_address_cannot_become_anonymous(app):
    make_survey("exit", slug="bye")
    with pytest.raises(Refused, match="anonymous survey cannot ask"):
        change("bye", lambda survey: options(survey, "anonymous"))
    assert queries.survey_by_slug("bye").privacy == "identified"


def test_nothing_is_half_made(app):
    with pytest.raises(Refused):
        write(lambda: actions.create("how", purpose="other", document={"questions": [{}]}, now=NOW))
    assert queries.all_surveys() == []
