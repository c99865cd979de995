"""How many answered: by hand, in the terms of AAPOR."""

import pytest

from survey.results.rules.rates import (
    Cases,
    Invited,
    Rates,
    completion_rate,
    coverage,
    response_rate,
    response_rate_with_partials,
)

CASES = Cases(complete=300, partial=50, refusal=150, non_contact=200, other=20, unknown=280)


def test_rr1_and_rr2_divide_by_every_case():
    assert response_rate(CASES).share == pytest.approx(300 / 1000)
    assert response_rate_with_partials(CASES).share == pytest.approx(350 / 1000)


def test_the_interval_is_wilsons():
    low, high = response_rate(Cases(complete=74, unknown=33)).interval
    assert (100 * low, 100 * high) == pytest.approx((59.87, 77.12), abs=0.005)


def test_who_began_and_did_not_send_makes_a_completion_rate_less():
    assert completion_rate(60, partial=15, broken_off=25).share == pytest.approx(0.6)
    assert completion_rate(0, partial=0, broken_off=0).n == 0


def test_coverage_counts_the_answers_that_count():
    assert (coverage(30, 120).hits, coverage(30, 120).n) == (30, 120)
    assert coverage(121, 120).share == 1.0


def test_an_invitation_of_which_nothing_was_heard_is_unknown():
    assert Invited(made=100, used=40, partial=5, broken_off=3).cases == Cases(40, 5, 3, unknown=52)
    assert Invited(made=100, used=40, partial=None, broken_off=None).cases == Cases(40, unknown=60)
    assert Invited(made=2, used=2, partial=1, broken_off=0).cases.unknown == 0  # a draft that was sent meanwhile


def test_nobody_invited_means_no_response_rate_and_one_page_no_completion_rate():
    found = Rates(None, 0, on_link=12, partial=0, broken_off=0, has_pages=False)
    assert found.named == {}
    found = Rates(None, 0, on_link=12, partial=2, broken_off=2, has_pages=True)
    assert {name: rate.share for name, rate in found.named.items()} == {"completion": 0.75}


def test_an_anonymous_survey_has_no_rr2():
    found = Rates(Invited(50, 20, None, None), 20, on_link=30, partial=4, broken_off=6, has_pages=True)
    assert set(found.named) == {"rr1", "coverage", "completion"}


@pytest.mark.parametrize(
    ("made", "used", "shown"), [(50, 20, True), (50, 4, False), (50, 47, False), (50, 0, True), (50, 50, True)]
)
def test_where_groups_are_promised_no_side_of_a_rate_is_a_small_group(made, used, shown):
    found = Rates(Invited(made, used, 0, 0), used, on_link=0, partial=0, broken_off=0, has_pages=True)
    assert ("rr1" in found.told(5)) is shown
    assert "rr1" in found.told(1)
    assert not {"rr2", "coverage"} & set(found.told(5))
