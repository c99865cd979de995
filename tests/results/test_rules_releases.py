"""What everybody may know moves by whole groups, and is told in whole groups, whatever is set."""

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.kinds.base import Question
from survey.results.rules.groups import metric_in_groups, whole
from survey.results.rules.metrics import Metric
from survey.results.rules.reading import told_in_groups
from survey.results.rules.releases import (
    APART,
    is_counted,
    moved_on,
    offered_groups,
    shown_questions,
    smallest_group,
    to_release,
    waiting,
)

NPS = Question("nps", "nps", "Would you recommend us?")
WHY = Question("why", "text", "Why?")


def counts(n, **answered):
    """Counts of n responses; each question with its values."""
    return {"": {"": n, **{key: sum(values.values()) for key, values in answered.items()}}, **answered}


def test_a_smallest_group_is_a_whole_number_of_steps():
    assert [smallest_group(5, least) for least in (0, 3, 5, 6, 10, 20, 21)] == [5, 5, 5, 10, 10, 20, 25]
    assert offered_groups(5, 5) == [5, 10, 15, 20, 30, 50]
    assert offered_groups(5, 7) == [10, 15, 20, 30, 50]
    assert offered_groups(3, 40) == [42]


def test_nothing_is_released_before_a_whole_group_has_answered():
    assert moved_on({}, counts(4, nps={"9": 4}), 5) == {"": {}}
    assert moved_on({}, counts(5, nps={"9": 5}), 5) == counts(5, nps={"9": 5})


def test_a_question_stays_as_it_was_until_a_group_more_have_answered_it():
    before = counts(10, nps={"9": 10}, rating={"5": 5})
    now = counts(15, nps={"9": 10, "0": 5}, rating={"5": 5, "1": 3})
    assert moved_on(before, now, 5) == counts(15, nps={"9": 10, "0": 5}, rating={"5": 5})


def test_an_answer_in_another_s_place_moves_nothing():
    before = counts(10, nps={"9": 10})
    assert moved_on(before, counts(10, nps={"9": 9, "0": 1}), 5) == before
    assert moved_on(before, counts(9, nps={"9": 9}), 5) == before


def test_many_that_are_taken_back_at_once_are_gone():
    assert moved_on(counts(40, nps={"0": 40}), counts(10, nps={"9": 10}), 5) == counts(10, nps={"9": 10})


def test_no_more_is_released_than_responses_and_questions():
    found = to_release({**counts(5, nps={"9": 5}), ":reasons": {"P2": 3}}, apart=7)
    assert found == {"": {"": 5, "nps": 5, APART: 7}, "nps": {"9": 5}}
    assert to_release({"": {"": 5, ":wrote": 3}}, apart=0) == {"": {"": 5, APART: 0}}


def test_how_many_wait():
    assert waiting(counts(10), counts(13)) == 3
    assert waiting(counts(10), counts(8)) == 0


def test_a_question_is_told_in_whole_groups():
    told = told_in_groups(NPS, counts(23, nps={"10": 12, "9": 5, "3": 4, "0": 2}), 5)
    assert told.answered == 20
    assert told.distribution == {"10": 10, "9": 5}
    assert told.hidden == {"3", "0"}
    assert told.metrics[0].n == 20
    assert round(told.metrics[0].value) == round(100 * (17 - 6) / 23)


def test_few_and_none_are_told_alike():
    assert told_in_groups(NPS, counts(9, nps={"9": 4}), 5) == told_in_groups(NPS, counts(9), 5)
    assert told_in_groups(NPS, {}, 5).is_hidden
    assert metric_in_groups(Metric("nps", 50.0, 10.0, 90.0, 4), 5) == Metric("nps", None, None, None, 0)


def test_what_people_write_and_who_they_are_cannot_be_chosen():
    mail = Question("mail", "email", "Your address?")
    assert [is_counted(question) for question in (NPS, WHY, mail)] == [True, False, False]
    assert shown_questions((WHY, NPS), None) == [NPS]
    assert shown_questions((WHY, NPS), ("why", "nps", "gone")) == [NPS]
    assert shown_questions((WHY, NPS), ()) == []


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=8),
    st.lists(st.sampled_from([5, 10, 15, 20]), min_size=8, max_size=8),
)
def test_any_two_numbers_that_were_ever_shown_are_a_whole_group_apart(states, groups):
    released, shown = {}, {0}
    for (nines, zeros), group in zip(states, groups, strict=False):
        released = moved_on(released, counts(nines + zeros, nps={"9": nines, "0": zeros}), group)
        told = told_in_groups(NPS, released, group)
        now = {whole(released[""].get("", 0), group), told.answered, *told.distribution.values()}
        assert all(n == 0 or n >= group for n in now)
        assert all(one == other or abs(one - other) >= group for one in now for other in now)
        shown |= now
    assert all(one == other or abs(one - other) >= 5 for one in shown for other in shown)
