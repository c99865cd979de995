import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.email import KIND
from survey.questionnaires.rules import problems
from tests.factories.drafts import question, questionnaire

ASKED = question("email")


def test_an_address_says_who_it_is_and_permits_nothing():
    answer = KIND.clean(ASKED, given(" Bo@Example.ORG "))
    assert (answer.email, answer.words, dict(answer.also)) == ("bo@example.org", "", {})
    assert KIND.clean(ASKED, given(" ")) is None
    assert KIND.cells(ASKED, answer) == ()


@pytest.mark.parametrize(
    "typed", [("bo",), ("bo@example",), ("a@b.org", "c@d.org"), ("bo@example.org\nbcc:x@y.z",), ("\ud800@b.org",)]
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Invalid):
        KIND.clean(ASKED, given(*typed))


def test_only_surveys_whose_single_answers_may_be_seen_can_ask_for_it():
    asked = questionnaire({"key": "who", "kind": "email", "words": "Who are you?"})
    assert problems(asked, privacy="identified") == []
    assert any("single answers" in problem for problem in problems(asked, privacy="confidential"))
    assert any("anonymous" in problem for problem in problems(asked, privacy="anonymous"))
