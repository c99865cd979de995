import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.line import KIND
from tests.factories.drafts import question

ASKED = question("line")
NUMBER = question("line", is_read=False)


def test_a_few_words_stand_on_one_line():
    assert KIND.clean(ASKED, given("  Too \t loud\r\nhere ")) == "Too loud here"
    assert KIND.clean(ASKED, given("\x00 ")) is None
    assert KIND.clean(ASKED, given("")) is None


def test_what_is_too_long_is_told_with_both_numbers():
    assert KIND.clean(question("line", longest=5), given(" 12345 ")) == "12345"
    with pytest.raises(Invalid, match="6 characters long; there is room for 5"):
        KIND.clean(question("line", longest=5), given("123456"))


def test_half_a_character_is_refused():
    with pytest.raises(Invalid, match="not valid text"):
        KIND.clean(ASKED, given("\ud800"))


def test_it_is_read_like_a_comment_unless_the_owner_says_so():
    assert KIND.written(ASKED, "Loud") == "Loud"
    assert KIND.said(ASKED, "Loud") == ()
    assert KIND.written(NUMBER, "007") is None
    assert KIND.said(NUMBER, "007") == ("007",)
