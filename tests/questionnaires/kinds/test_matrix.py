import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.matrix import KIND
from tests.factories.drafts import question

ROWS = [{"value": "rooms", "words": "Changing rooms"}, {"value": "staff", "words": "Staff"}]
ASKED = question("matrix", rows=ROWS)


def test_each_row_has_an_answer_of_its_own():
    assert KIND.clean(ASKED, given(rooms="good", staff="Very bad")) == {"rows": {"rooms": "good", "staff": "very-bad"}}
    assert KIND.clean(ASKED, given(staff="good")) == {"rows": {"staff": "good"}}
    assert KIND.clean(ASKED, given(rooms="")) is None


def test_an_unknown_answer_is_refused_with_its_row_and_an_unknown_row_is_no_part_of_it():
    with pytest.raises(Invalid, match="“Staff”"):
        KIND.clean(ASKED, given(staff="brilliant"))
    with pytest.raises(Invalid, match="“Staff”"):
        KIND.clean(ASKED, given(staff=("good", "bad")))
    assert KIND.clean(ASKED, given(sky="good")) is None
    assert KIND.parts(ASKED) == ("rooms", "staff")


def test_where_an_answer_is_needed_the_rows_that_lack_one_are_named():
    assert KIND.lacking(ASKED, None) == "Choose an answer in every row."
    assert KIND.lacking(ASKED, {"rows": {"rooms": "good"}}) == "Choose an answer for “Staff” too."
    assert KIND.lacking(ASKED, {"rows": {"rooms": "good", "staff": "bad"}}) == ""


def test_each_row_is_counted_by_itself_in_the_order_of_the_rows():
    answer = {"rows": {"staff": "bad", "rooms": "good"}}
    assert KIND.cells(ASKED, answer) == ("rooms:good", "staff:bad")
    assert KIND.said(ASKED, answer) == ("Changing rooms: Good", "Staff: Bad")
    assert len(KIND.values(ASKED)) == 10
    assert KIND.group("rooms:good") == "rooms"


def test_values_are_told_under_their_rows_those_that_are_gone_too():
    found = KIND.by_row(ASKED, [*KIND.values(ASKED), ("lift:good", "lift:good"), ("staff:great", "staff:great")])
    assert [(row, len(values)) for row, values in found] == [("Changing rooms", 5), ("Staff", 6), ("lift", 1)]
    assert found[0][1][0] == ("rooms:very-bad", "Very bad")


def test_rows_come_in_another_order_where_the_owner_says_so():
    asked = question("matrix", rows=ROWS, shuffled=True)
    assert {KIND.rows(asked, seed)[0][0] for seed in range(30)} == {"rooms", "staff"}
    assert KIND.rows(ASKED, 3) == (("rooms", "Changing rooms"), ("staff", "Staff"))


def test_rows_and_two_answers_are_asked_for():
    assert KIND.problems(question("matrix"))
    assert KIND.problems(question("matrix", rows=ROWS, options=ROWS[:1]))
    assert KIND.problems(question("matrix", rows=[*ROWS, {"value": "x", "words": "STAFF"}]))
    assert not KIND.problems(ASKED)
