from werkzeug.datastructures import MultiDict

from survey.questionnaires.kinds.fields import form_for
from survey.questionnaires.kinds.section import KIND
from survey.questionnaires.rules import problems
from tests.factories.drafts import question, questionnaire

SECTION = {"key": "about", "kind": "section", "words": "About your visit", "settings": {"text": "Think of it."}}


def test_words_alone_take_no_answer_and_begin_a_page():
    assert not KIND.takes_answer
    assert KIND.begins_page
    assert KIND.lacking(question("section", is_required=True), None) == ""


def test_a_form_has_no_field_for_it():
    form = form_for(questionnaire(SECTION, {"key": "q", "kind": "nps", "words": "Well?"}))(
        MultiDict({"about": "x", "q": "3"})
    )
    assert form.validate()
    assert form.answers() == {"q": 3}


def test_words_alone_are_no_survey():
    assert problems(questionnaire(SECTION), privacy="identified") == ["Add at least one question."]
