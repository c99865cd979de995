import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.text import KIND
from tests.factories.drafts import question

ASKED = question("text")


def test_words_are_kept_exactly():
    words = "  Three evenings in a row\r\nI waited. 😡 \u202e"
    assert KIND.clean(ASKED, given(words)) == words
    assert KIND.written(ASKED, words) == words


@pytest.mark.parametrize("blank", ["", "  \n\t ", "\x00", " \x00 "])
def test_blanks_alone_are_no_answer(blank):
    assert KIND.clean(ASKED, given(blank)) is None


def test_nul_is_dropped_and_half_a_character_is_refused():
    assert KIND.clean(ASKED, given("a\x00b")) == "ab"
    with pytest.raises(Invalid, match="not valid text"):
        KIND.clean(ASKED, given("\ud800"))


def test_too_long_says_how_long():
    with pytest.raises(Invalid, match="10,001"):
        KIND.clean(ASKED, given("x" * 10_001))


def test_words_are_read_and_not_counted():
    assert KIND.cells(ASKED, "Fine") == ()
    assert KIND.values(ASKED) == ()
