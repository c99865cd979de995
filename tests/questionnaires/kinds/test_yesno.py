import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.yesno import KIND
from tests.factories.drafts import question


def test_yes_and_no_are_kept_as_such_whatever_they_are_called():
    asked = question("yesno", yes="Oui", no="Non")
    assert KIND.clean(asked, given("yes")) == "yes"
    assert KIND.clean(asked, given("non")) == "no"
    assert KIND.values(asked) == (("yes", "Oui"), ("no", "Non"))
    assert KIND.said(asked, "no") == ("Non",)


@pytest.mark.parametrize("typed", [("maybe",), ("yes", "no"), ("1",)])
def test_nothing_else_is_an_answer(typed):
    with pytest.raises(Invalid):
        KIND.clean(question("yesno"), given(*typed))


def test_emptied_words_are_the_usual_ones():
    assert KIND.values(question("yesno", yes="", no="")) == (("yes", "Yes"), ("no", "No"))
