"""When a difference is called a difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.results.rules.comparisons import Change, nps_change, ranked_with_ties, usual

COUNTS = st.lists(st.integers(0, 2000), min_size=3, max_size=12)


def answers(promoters: int, passives: int, detractors: int) -> dict[str, int]:
    return {"9": promoters, "8": passives, "0": detractors}


def test_a_clear_change_of_nps_matches_the_golden_numbers():
    change = nps_change(answers(120, 60, 20), answers(90, 70, 40))
    assert (change.difference, change.z) == pytest.approx((25.0, 3.47), abs=0.005)
    assert (change.low, change.high) == pytest.approx((25 - 14.12, 25 + 14.12), abs=0.005)
    assert change.verdict == "more"
    assert nps_change(answers(90, 70, 40), answers(120, 60, 20)).verdict == "less"


def test_few_answers_make_no_clear_change():
    assert nps_change(answers(6, 3, 1), answers(5, 3, 2)).verdict == "no clear change"


def test_one_answer_against_one_is_never_certain():
    change = nps_change(answers(1, 0, 0), answers(0, 1, 0))
    assert change.verdict == "no clear change"
    assert change.low < 0 < change.high


def test_unanimous_sides_of_some_size_still_differ_clearly():
    assert nps_change(answers(10, 0, 0), answers(0, 0, 7)).verdict == "more"


def test_nothing_to_compare_is_no_change_and_no_number():
    assert nps_change({}, answers(5, 5, 5)) == Change(None, None, None, None, "no clear change")
    assert nps_change(answers(5, 5, 5), {}).difference is None


@given(st.tuples(*[st.integers(0, 99)] * 3), st.tuples(*[st.integers(0, 99)] * 3))
def test_a_change_is_clear_exactly_when_its_interval_leaves_zero_out(now, before):
    change = nps_change(answers(*now), answers(*before))
    if change.difference is None:
        return
    assert change.low <= change.high
    assert (change.verdict == "more") == (change.low > 0)
    assert (change.verdict == "less") == (change.high < 0)


@pytest.mark.parametrize(
    ("before", "current", "verdict"),
    [
        ([8, 9, 7, 10, 8, 9], 17, "more"),
        ([8, 9, 7, 10, 8, 9], 12, "usual"),
        ([8, 9, 7, 10, 8, 9], 1, "less"),
        ([0, 0, 0, 0], 0, "usual"),
        ([0, 0, 0, 0], 1, "usual"),
        ([0, 0, 0, 0], 4, "more"),
        ([8, 9], 30, "unknown"),
        ([], 30, "unknown"),
    ],
)
def test_a_month_is_held_against_the_months_before(before, current, verdict):
    assert usual(before, current) == verdict


def test_a_short_history_is_slower_to_alarm_than_a_long_one():
    assert usual([8, 8, 8], 15) == "usual"
    assert usual([8] * 6, 15) == "more"


def test_only_the_last_six_months_count():
    assert usual([90] * 20 + [8] * 6, 17) == usual([8] * 6, 17) == "more"


def test_a_restless_past_is_slower_to_alarm_than_a_steady_one():
    assert usual([1000, 1010, 990, 1005, 995, 1000], 1090) == "more"
    assert usual([1000, 1200, 800, 1100, 900, 1000], 1090) == "usual"


def test_part_of_a_month_is_held_against_as_much_of_a_month():
    assert usual([30] * 6, 9, part_of_month=0.3) == "usual"
    assert usual([30] * 6, 20, part_of_month=0.3) == "more"
    assert usual([30] * 6, 9) == "less"
    assert usual([30] * 6, 0, part_of_month=0.03) == "usual"


@pytest.mark.parametrize("part", [0, -1, 1.5])
def test_an_impossible_part_of_a_month_says_nothing(part):
    assert usual([30] * 6, 9, part_of_month=part) == "unknown"


@given(COUNTS, st.integers(0, 4000))
def test_the_verdict_points_the_way_the_month_went(before, current):
    average = sum(before[-6:]) / len(before[-6:])
    assert usual(before, current) in ({"usual", "more"} if current >= average else {"usual", "less"})


@given(COUNTS)
def test_the_average_month_is_usual(before):
    assert usual(before, round(sum(before[-6:]) / len(before[-6:]))) == "usual"


def test_reasons_are_ranked_by_people_then_by_name():
    ranking = ranked_with_ties({"price": 3, "waiting": 5, "hours": 3})
    assert ranking.rows == (("waiting", 5), ("hours", 3), ("price", 3))


@pytest.mark.parametrize(("counts", "close"), [((5, 3), True), ((20, 3), False), ((6, 0), False), ((0, 0), False)])
def test_the_first_two_are_too_close_where_chance_could_swap_them(counts, close):
    assert ranked_with_ties(dict(zip("ab", counts, strict=True))).too_close is close


def test_one_reason_is_close_to_nothing():
    assert not ranked_with_ties({"a": 4}).too_close
    assert ranked_with_ties({}).rows == ()
