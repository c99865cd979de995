"""Metrics and intervals against numbers worked out elsewhere, and against what must hold for any answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.foundation.intervals import Z, newcombe, wilson
from survey.results.rules.beta import at_least, beta_below, t_quantile, two_sided
from survey.results.rules.metrics import (
    Metric,
    average,
    ces,
    csat,
    enough,
    grades,
    mean,
    nps,
    nps_error,
    nps_groups,
    numbers,
    share,
)

ZERO_TO_TEN = st.dictionaries(st.integers(0, 10).map(str), st.integers(0, 500))
ONE_TO_FIVE = st.dictionaries(st.integers(1, 5), st.integers(0, 500))


def answers(promoters: int, passives: int, detractors: int) -> dict[str, int]:
    return {"10": promoters, "7": passives, "3": detractors}


@pytest.mark.parametrize(
    ("groups", "score", "low", "high"),
    [
        ((162, 108, 54), 33.33, 24.95, 41.11),
        ((50, 30, 20), 30.00, 14.05, 44.20),
        ((5, 3, 2), 30.00, -19.05, 65.20),
        ((10, 0, 0), 100.00, 47.50, 100.00),
        ((0, 0, 7), -100.00, -100.00, -32.81),
        ((1, 0, 0), 100.00, -48.50, 98.50),
    ],
)
def test_nps_and_its_interval_match_the_golden_numbers(groups, score, low, high):
    metric = nps(answers(*groups))
    assert (metric.value, metric.low, metric.high) == pytest.approx((score, low, high), abs=0.005)
    assert (metric.name, metric.n) == ("nps", sum(groups))


@pytest.mark.parametrize(
    ("groups", "centre"),
    [
        ((162, 108, 54), 33.03), ((50, 30, 20), 29.13), ((5, 3, 2), 23.08), ((10, 0, 0), 76.92), ((0, 0, 7), -70.00),
        ((1, 0, 0), 25.00),
    ],
)  # fmt: skip
def test_the_middle_of_the_interval_matches_the_golden_numbers(groups, centre):
    assert nps_groups(answers(*groups)).adjusted_score == pytest.approx(centre, abs=0.005)


@pytest.mark.parametrize(("groups", "margin"), [((162, 108, 54), 8.12), ((50, 30, 20), 15.31), ((5, 3, 2), 48.41)])
def test_the_plain_error_of_nps_matches_the_golden_margins(groups, margin):
    assert Z * nps_error(nps_groups(answers(*groups))) == pytest.approx(margin, abs=0.005)


def test_each_grade_falls_into_its_group():
    groups = nps_groups({str(grade): 10**0 for grade in range(11)})
    assert (groups.promoters, groups.passives, groups.detractors) == (2, 2, 7)


def test_only_whole_numbers_on_the_scale_count():
    told = {"10": 2, 9: 1, " 0 ": 1, "11": 5, "-1": 5, "": 5, "not asked": 5, "7.5": 5, "９": 5, "8": -3}
    assert nps(told).n == 4
    assert grades({"7": 2, 7: 3}) == {7: 5}


@pytest.mark.parametrize(
    "metric",
    [nps({}), csat({}), ces({}), mean({}), average({}), share(0, 0), nps({"11": 4}), csat({"6": 2}), ces({"8": 2})],
)
def test_no_answers_are_no_number(metric):
    assert metric == Metric(metric.name, None, None, None, 0)


@pytest.mark.parametrize(
    ("told", "value", "low", "high"),
    [
        ({"7": 40, "6": 20, "5": 14, "4": 13, "1": 20}, 69.16, 59.87, 77.12),
        ({"7": 10, "5": 20, "4": 20}, 60.00, 46.18, 72.39),
        ({"4": 5, "1": 5}, 0.00, 0.00, 27.75),
        ({"5": 10}, 100.00, 72.25, 100.00),
        ({"6": 4, "2": 1, "8": 9, "0": 9}, 80.00, 37.55, 96.38),
    ],
)
def test_the_effort_score_is_the_share_that_agrees_and_matches_the_golden_numbers(told, value, low, high):
    metric = ces(told)
    assert (100 * metric.value, 100 * metric.low, 100 * metric.high) == pytest.approx((value, low, high), abs=0.005)
    assert metric.name == "ces"


def test_the_average_of_numbers_takes_digits_after_the_point():
    told = {"1.5": 2, "2": 1, "-3": 1, "2.50": 0, "soon": 4, "1e9": 4, "": 2}
    assert numbers(told) == {1.5: 2, 2.0: 1, -3.0: 1}
    metric = average(told)
    assert (metric.name, metric.value, metric.n) == ("mean", 0.5, 4)
    assert metric.low < 0.5 < metric.high
    assert average({"7": 3}) == Metric("mean", 7.0, None, None, 3)


@given(ZERO_TO_TEN)
def test_an_nps_interval_stays_on_the_scale_and_around_the_adjusted_score(told):
    metric = nps(told)
    if not metric.n:
        return
    groups = nps_groups(told)
    centre = 100 * (groups.promoters - groups.detractors) / (groups.n + 3)
    assert -100 <= metric.low <= centre <= metric.high <= 100
    if metric.n > 1:
        assert metric.low <= metric.value <= metric.high


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_nps_is_mirrored_when_promoters_and_detractors_change_places(promoters, passives, detractors):
    metric, mirrored = nps(answers(promoters, passives, detractors)), nps(answers(detractors, passives, promoters))
    if metric.n:
        assert (mirrored.value, mirrored.low, mirrored.high) == pytest.approx(
            (-metric.value, -metric.high, -metric.low)
        )


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (74, 107, 59.87, 77.12),
        (30, 50, 46.18, 72.39),
        (0, 10, 0, 27.75),
        (10, 10, 72.25, 100),
        (4, 5, 37.55, 96.38),
        (3, 8, 13.68, 69.43),
    ],
)
def test_wilson_matches_the_golden_numbers(hits, n, low, high):
    assert [100 * limit for limit in wilson(hits, n)] == pytest.approx([low, high], abs=0.005)


def test_nobody_asked_leaves_everything_possible():
    assert wilson(0, 0) == (0, 1)
    assert newcombe(0, 0, 3, 4) == newcombe(3, 4, 0, 0) == (-1, 1)


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_is_symmetric(told):
    hits, n = told
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
    assert wilson(n - hits, n) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("n", "low", "high"), [(20, -11, 39), (40, -3, 32), (80, 2, 27), (160, 6, 24)])
def test_halving_a_theme_is_seen_as_newcombe_says(n, low, high):
    limits = newcombe(round(0.3 * n), n, round(0.15 * n), n)
    assert [round(100 * limit) for limit in limits] == [low, high]


@given(st.integers(0, 50), st.integers(50, 90), st.integers(0, 40), st.integers(40, 90))
def test_a_difference_turns_its_sign_with_its_sides(hits_1, n_1, hits_2, n_2):
    low, high = newcombe(hits_1, n_1, hits_2, n_2)
    assert low <= hits_1 / n_1 - hits_2 / n_2 <= high
    assert newcombe(hits_2, n_2, hits_1, n_1) == pytest.approx((-high, -low))


def test_csat_counts_the_top_two_boxes_and_not_the_mean():
    metric = csat({"1": 3, "2": 11, "3": 19, "4": 44, "5": 30, "9": 50})
    assert (metric.name, metric.n) == ("csat", 107)
    assert (metric.value, metric.low, metric.high) == pytest.approx((0.6916, 0.5987, 0.7712), abs=5e-5)


def test_csat_knows_other_scales():
    assert csat({6: 1, 7: 2, 5: 1}, points=7).value == 0.75
    assert csat({5: 1, 4: 3}, top=1).value == 0.25


def test_a_share_carries_its_interval():
    assert (share(4, 5).value, share(4, 5).n) == (0.8, 5)
    assert (share(4, 5).low, share(4, 5).high) == wilson(4, 5)


def test_a_mean_has_the_interval_of_student():
    # 1, 2, 3, 4, 5: s = 1.5811, t(4) = 2.7764, half = 1.9632
    metric = mean({str(grade): 1 for grade in range(1, 6)})
    assert (metric.value, metric.low, metric.high) == pytest.approx((3, 1.0368, 4.9632), abs=5e-5)


def test_a_mean_stays_on_its_scale():
    metric = mean({1: 1, 5: 1}, lowest=1, highest=5)
    assert (metric.value, metric.low, metric.high) == (3, 1, 5)


def test_a_mean_without_spread_claims_no_certainty():
    assert mean({4: 1}) == Metric("mean", 4, None, None, 1)
    assert mean({4: 9}) == Metric("mean", 4, None, None, 9)


@given(ONE_TO_FIVE)
def test_a_mean_lies_in_its_interval(told):
    metric = mean(told, lowest=1, highest=5)
    if metric.low is not None:
        assert 1 <= metric.low <= metric.value <= metric.high <= 5


@pytest.mark.parametrize(
    ("degrees", "t"),
    [(1, 12.7062), (2, 4.3027), (5, 2.5706), (10, 2.2281), (30, 2.0423), (100, 1.9840), (1000, 1.9623)],
)
def test_the_t_quantile_matches_the_printed_table(degrees, t):
    assert t_quantile(degrees) == pytest.approx(t, abs=5e-5)


def test_other_confidences_and_many_degrees_work_too():
    assert t_quantile(10, 0.99) == pytest.approx(3.1693, abs=5e-5)
    assert t_quantile(10**7) == pytest.approx(Z, abs=1e-6)


def test_a_binomial_tail_is_the_sum_of_its_terms():
    # 4 or more heads of 5: 6/32; 17 or more of 20: 1351/1048576
    assert at_least(4, 5, 0.5) == pytest.approx(6 / 32)
    assert at_least(17, 20, 0.5) == pytest.approx(1351 / 1048576)
    assert (at_least(0, 5, 0.5), at_least(6, 5, 0.5)) == (1, 0)


def test_mid_p_counts_half_of_the_point():
    assert two_sided(5, 5, 0.5) == pytest.approx(1 / 32)
    assert two_sided(5, 10, 0.5) == pytest.approx(1)


@given(st.floats(0.001, 0.999), st.floats(0.1, 1e5), st.floats(0.1, 1e5))
def test_the_incomplete_beta_is_a_probability_and_mirrors(x, a, b):
    assert 0 <= beta_below(x, a, b) <= 1 + 1e-9
    assert beta_below(x, a, b) + beta_below(1 - x, b, a) == pytest.approx(1, abs=1e-6)


def test_the_minimum_is_enough_and_one_less_is_not():
    assert enough(5, 5)
    assert not enough(4, 5)
    assert not enough(0, 0)
