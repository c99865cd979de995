import pytest

from survey.foundation.errors import Refused
from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.reasons import KIND, picks
from survey.reasons.rules import REASONS
from tests.factories.drafts import question

CODES = ["P1", "S1", "E2", "A2", "X1", "U2"]
ASKED = question("reasons", options=picks(CODES))


def test_a_reason_is_its_code():
    assert KIND.clean(ASKED, given("A2")) == {"codes": ["A2"], "other": ""}
    assert KIND.clean(ASKED, given("i had to wait too long")) == {"codes": ["A2"], "other": ""}


def test_a_reason_that_was_not_offered_is_refused():
    for unknown in ("P2", "Z1", "nonsense"):
        with pytest.raises(Invalid):
            KIND.clean(ASKED, given(unknown))


def test_something_else_is_kept_in_the_customers_words():
    answer = KIND.clean(ASKED, given("other", other="The music"))
    assert answer == {"codes": [], "other": "The music"}
    assert KIND.cells(ASKED, answer) == ("other",)
    assert KIND.written(ASKED, answer) == "The music"


def test_words_without_a_tick_count_as_something_else():
    assert KIND.clean(ASKED, given(other="The music")) == {"codes": [], "other": "The music"}


def test_something_else_without_a_word_is_not_known():
    assert KIND.clean(ASKED, given("other")) == {"codes": ["Z2"], "other": ""}


def test_nobody_is_counted_twice():
    answer = KIND.clean(ASKED, given("E2", "A2", other="And the music"))
    assert answer == {"codes": ["E2", "A2"], "other": "And the music"}
    assert KIND.cells(ASKED, answer) == ("E2",)


def test_rather_not_saying_goes_with_no_reason():
    with pytest.raises(Invalid):
        KIND.clean(ASKED, given("Z2", "A2"))
    with pytest.raises(Invalid):
        KIND.clean(ASKED, given("P1", "S1", "E2", "A2"))


def test_the_two_that_name_no_reason_always_come_last():
    for seed in range(20):
        shown = KIND.shuffled(ASKED, seed)
        assert [code for code, _words in shown[-2:]] == ["Z2", "other"]
        assert sorted(code for code, _words in shown[:-2]) == sorted(CODES)


def test_each_reason_comes_first_for_some_and_one_visitor_sees_one_order():
    assert {KIND.shuffled(ASKED, seed)[0][0] for seed in range(200)} == set(CODES)
    assert KIND.shuffled(ASKED, 7) == KIND.shuffled(ASKED, 7)


@pytest.mark.parametrize("code", [code for code, reason in REASONS.items() if reason.staff_only] + ["Z2", "nonsense"])
def test_what_only_staff_can_know_cannot_be_offered(code):
    with pytest.raises(Refused, match="cannot be offered|can be offered"):
        question("reasons", options=[{"code": code, "words": "x"}])


def test_an_emptied_wording_becomes_the_usual_one():
    asked = question("reasons", options=[{"code": "A2", "words": " "}])
    assert KIND.values(asked)[0] == ("A2", REASONS["A2"].customer_wording)


def test_six_to_ten_reasons_are_asked_for():
    assert not KIND.problems(ASKED)
    assert KIND.problems(question("reasons", options=picks(CODES[:5])))
    assert KIND.problems(question("reasons", options=picks(list(REASONS)[:11])))
    assert not KIND.problems(question("reasons"))


def test_picking_reads_ticks_and_words():
    form = {"r.A2": "yes", "r.A2.words": "The queue", "r.P1.words": "not ticked"}
    assert KIND.settings[0].read(lambda name: form.get(name, ""), "r", None) == [{"code": "A2", "words": "The queue"}]


def test_what_played_a_part_besides_stands_behind_the_primary_reason():
    answer = KIND.clean(ASKED, given("E2", also=("A2", "P1")))
    assert answer == {"codes": ["E2", "A2", "P1"], "other": ""}
    assert KIND.cells(ASKED, answer) == ("E2",)
    assert KIND.chosen(ASKED, answer) == ("E2", "A2", "P1")


def test_the_primary_reason_ticked_again_is_itself():
    assert KIND.clean(ASKED, given("E2", also=("E2",))) == {"codes": ["E2"], "other": ""}


def test_more_than_two_or_none_before_them_is_asked_about():
    with pytest.raises(Invalid, match="at most two"):
        KIND.clean(ASKED, given("E2", also=("A2", "P1", "S1")))
    with pytest.raises(Invalid, match="mattered most, then"):
        KIND.clean(ASKED, given(also=("A2",)))
    with pytest.raises(Invalid, match="goes with no other reason"):
        KIND.clean(ASKED, given("Z2", also=("A2",)))


def test_beside_something_else_others_may_have_played_a_part():
    answer = KIND.clean(ASKED, given("other", other="The music", also=("A2",)))
    assert answer == {"codes": [], "other": "The music", "also": ["A2"]}
    assert KIND.cells(ASKED, answer) == ("other",)
    assert KIND.chosen(ASKED, answer) == ("other", "A2")
    assert KIND.said(ASKED, answer) == ("Something else", "I had to wait too long")
    assert KIND.spoken(ASKED, answer) == "The music"
    assert KIND.spoken(ASKED, {"codes": ["A2", "P1"], "other": "The music"}) == "I had to wait too long"
    assert KIND.clean(ASKED, given("other", also=("A2",))) == {"codes": [], "other": "", "also": ["A2"]}
