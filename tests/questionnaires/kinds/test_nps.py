import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.nps import KIND
from tests.factories.drafts import question

ASKED = question("nps")


@pytest.mark.parametrize(("typed", "grade"), [("0", 0), ("10", 10), (" 7 ", 7), ("07", 7)])
def test_a_number_from_0_to_10_is_a_grade(typed, grade):
    assert KIND.clean(ASKED, given(typed)) == grade


@pytest.mark.parametrize("typed", ["11", "-1", "+5", "5.0", "1e1", "٣", "５", "²", "0x3", "five", "9" * 5000])
def test_nothing_else_is_taken_for_a_number(typed):
    with pytest.raises(Invalid, match="from 0 to 10"):
        KIND.clean(ASKED, given(typed))


def test_two_grades_are_refused_and_the_same_twice_is_one():
    with pytest.raises(Invalid):
        KIND.clean(ASKED, given("3", "4"))
    assert KIND.clean(ASKED, given("3", "3")) == 3


@pytest.mark.parametrize("raw", [[], [""], ["  ", ""]])
def test_blanks_are_no_answer(raw):
    assert KIND.clean(ASKED, given(*raw)) is None
    assert KIND.is_empty(KIND.clean(ASKED, given(*raw)))


def test_zero_is_an_answer():
    assert not KIND.is_empty(0)
    assert KIND.cells(ASKED, 0) == ("0",)


def test_every_grade_can_be_counted_and_exported():
    assert [value for value, _label in KIND.values(ASKED)] == [str(grade) for grade in range(11)]
    assert KIND.scale(ASKED) == (0, 10)
    assert KIND.entered(ASKED, 9) == ("9",)
    assert KIND.said(ASKED, 9) == ("9 of 10",)
    assert KIND.written(ASKED, 9) is None
