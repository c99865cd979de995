import pytest

from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.ranking import KIND
from tests.factories.drafts import question

OPTIONS = [
    {"value": "price", "words": "The price"},
    {"value": "time", "words": "No waiting"},
    {"value": "staff", "words": "The staff"},
]
ALL = question("ranking", options=OPTIONS)
SOME = question("ranking", options=OPTIONS, partial=True)


def test_the_numbers_make_an_order():
    assert KIND.clean(ALL, given(price="3", time="1", staff="2")) == {"order": ["time", "staff", "price"]}
    assert KIND.clean(SOME, given(price="", time="1")) == {"order": ["time"]}
    assert KIND.clean(ALL, given(price="", time=" ")) is None


def test_an_order_can_also_come_as_a_sequence_as_files_hold_it():
    assert KIND.clean(ALL, given("No waiting", "price", "staff")) == {"order": ["time", "price", "staff"]}


def test_a_tie_is_told_with_both_names():
    with pytest.raises(Invalid, match="“The price” and “The staff” have the same place 1."):
        KIND.clean(ALL, given(price="1", time="2", staff="1"))


def test_a_gap_is_told_with_its_place():
    with pytest.raises(Invalid, match="Nothing has place 1 yet"):
        KIND.clean(SOME, given(price="2"))


def test_what_has_no_place_is_named_unless_some_are_enough():
    with pytest.raises(Invalid, match="Still without: The price, The staff"):
        KIND.clean(ALL, given(time="1"))
    assert KIND.lacking(SOME, None) == "Give them places; 1 comes first."


@pytest.mark.parametrize("typed", ["0", "4", "-1", "1.5", "first", "٣"])
def test_only_places_that_are_there_can_be_given(typed):
    with pytest.raises(Invalid, match="from 1 to 3"):
        KIND.clean(SOME, given(price=typed))


@pytest.mark.parametrize("typed", [("price", "price", "sun"), ("sun",), ("The price", "price")])
def test_a_sequence_holds_each_once(typed):
    with pytest.raises(Invalid):
        KIND.clean(SOME, given(*typed))


def test_each_place_is_counted_and_the_answer_reads_in_order():
    answer = {"order": ["time", "price"]}
    assert KIND.cells(SOME, answer) == ("time:1", "price:2")
    assert KIND.said(SOME, answer) == ("1. No waiting", "2. The price")
    assert KIND.entered(SOME, answer, "price") == ("2",)
    assert KIND.entered(SOME, answer, "staff") == ()
    assert dict(KIND.values(SOME))["price:2"] == "The price: place 2"


def test_what_stands_best_has_the_lowest_mean_place():
    counts = {"time:1": 6, "time:2": 2, "price:1": 2, "price:2": 6, "price:3": 2, "staff:3": 8, "gone:1": 9}
    found = KIND.standings(SOME, counts)
    assert [(one.words, one.mean, one.firsts, one.n) for one in found] == [
        ("No waiting", 1.25, 6, 8),
        ("The price", 2.0, 2, 10),
        ("The staff", 3.0, 0, 8),
    ]
    assert KIND.standings(SOME, {}) == ()


def test_an_order_of_their_own_has_all_of_them():
    asked = question("ranking", options=OPTIONS, shuffled=True)
    assert {KIND.shuffled(asked, seed)[0][0] for seed in range(50)} == {"price", "time", "staff"}
    assert KIND.shuffled(ALL, 7) == KIND.options(ALL)


def test_two_to_ten_things_are_asked_for():
    assert KIND.problems(question("ranking"))
    many = [{"value": f"v{number}", "words": f"Thing {number}"} for number in range(11)]
    assert KIND.problems(question("ranking", options=many))
    assert not KIND.problems(ALL)
