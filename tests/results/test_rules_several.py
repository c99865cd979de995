"""Several comparisons at once, by hand and by tables."""

import pytest

from survey.results.rules.several import chance_of_chi_square, chance_of_shares, chance_of_z


def test_a_z_of_1_96_is_5_in_100():
    assert chance_of_z(1.959964) == pytest.approx(0.05, abs=1e-6)
    assert chance_of_z(-1.959964) == chance_of_z(1.959964)
    assert chance_of_z(0) == 1


@pytest.mark.parametrize(
    ("value", "degrees", "expected"),
    [(3.841459, 1, 0.05), (5.991465, 2, 0.05), (9.487729, 4, 0.05), (43.772972, 30, 0.05), (6.634897, 1, 0.01), (0, 3, 1)],
)  # fmt: skip
def test_chi_square_by_its_table(value, degrees, expected):
    assert chance_of_chi_square(value, degrees) == pytest.approx(expected, abs=1e-6)


def test_shares_by_fishers_table_with_half_of_the_point():
    # 0 of 5 against 5 of 5: one way of 252 on either side, half of it, twice
    assert chance_of_shares(0, 5, 5, 5) == pytest.approx(1 / 252)
    assert chance_of_shares(5, 5, 0, 5) == pytest.approx(1 / 252)
    assert chance_of_shares(3, 10, 3, 10) == pytest.approx(1)


def test_shares_of_very_many_are_quick_and_known_to_the_last_of_them():
    assert chance_of_shares(80_000, 400_000, 180_000, 300_000) < 1e-9
    assert chance_of_shares(60_000, 300_000, 82_000, 400_000) == pytest.approx(2.6005e-7, rel=1e-3)
