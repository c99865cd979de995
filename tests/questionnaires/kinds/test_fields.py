from werkzeug.datastructures import MultiDict

from survey.questionnaires.kinds.fields import form_for
from survey.questionnaires.rules.templates import TEMPLATES, questionnaire_from
from tests.factories.drafts import questionnaire

EXIT = questionnaire_from(TEMPLATES["exit"], title=None, reasons=None)


def filled(**typed):
    return form_for(EXIT)(MultiDict({name.replace("__", "."): value for name, value in typed.items()}))


def test_answers_come_by_key_and_the_address_apart():
    form = filled(reasons="A2", words="Slow", better_value="not-sure", contact="yes", contact__email="bo@example.org")
    assert form.validate()
    assert form.answers() == {"reasons": {"codes": ["A2"], "other": ""}, "words": "Slow", "better_value": ["not-sure"]}
    assert form.contact().email == "bo@example.org"


def test_a_missing_answer_is_asked_for_and_everything_typed_is_kept():
    form = filled(words="Slow", contact__email="bo@example.org")
    assert not form.validate()
    assert set(form.errors) == {"question_0", "question_3"}
    fields = {field.name: field for field in form}
    assert fields["words"].raw == ["Slow"]
    assert fields["contact"].typed == {"email": "bo@example.org", "name": ""}


def test_a_form_without_data_is_empty_and_may_be_shown():
    form = form_for(EXIT)()
    assert [field.raw for field in form] == [[], [], [], []]
    assert form.answers() == {}


def test_keys_may_be_called_like_parts_of_a_form():
    asked = questionnaire(
        *({"key": key, "kind": "nps", "words": key} for key in ("data", "errors", "validate", "meta"))
    )
    form = form_for(asked)(MultiDict({"data": "1", "errors": "2", "validate": "3", "meta": "x"}))
    assert not form.validate()
    assert form.answers() == {"data": 1, "errors": 2, "validate": 3}


def test_one_class_is_made_for_one_questionnaire():
    assert form_for(EXIT) is form_for(questionnaire_from(TEMPLATES["exit"], title=None, reasons=None))
