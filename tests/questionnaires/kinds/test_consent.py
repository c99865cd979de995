import pytest
from werkzeug.datastructures import MultiDict

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.consent import KIND
from survey.questionnaires.kinds.fields import form_for
from tests.factories.drafts import question, questionnaire

ASKED = question("consent", statement="We keep it\nfor two years.", agree="I agree to that")


def test_ticking_is_agreeing_and_nothing_else_is():
    assert KIND.clean(ASKED, given("yes")) == "yes"
    assert KIND.clean(ASKED, given("I agree to that")) == "yes"
    assert KIND.clean(ASKED, given()) is None
    with pytest.raises(Invalid):
        KIND.clean(ASKED, given("no"))


def test_where_it_is_needed_nobody_goes_on_without_it():
    made = questionnaire({"key": "terms", "kind": "consent", "words": "Terms", "is_required": True})
    form = form_for(made)(MultiDict())
    assert not form.validate()
    assert "Tick the box if you agree" in str(form.errors)


def test_it_is_counted_and_keeps_the_lines_of_its_statement():
    assert KIND.cells(ASKED, "yes") == ("yes",)
    assert KIND.values(ASKED) == (("yes", "I agree to that"),)
    assert ASKED.settings["statement"] == "We keep it\nfor two years."
