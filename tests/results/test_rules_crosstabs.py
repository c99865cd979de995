"""Cross-tables by hand: expected counts, adjusted residuals, χ², V; and what is too few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.results.rules.crosstabs import table


def _table(counts):
    pairs = [((row,), (column,), n) for (row, column), n in counts.items()]
    return table(pairs, ["a", "b"], ["x", "y"])


def test_a_table_of_two_by_two_by_hand():
    found = _table({("a", "x"): 30, ("a", "y"): 10, ("b", "x"): 20, ("b", "y"): 40})
    cell = found.cells["a", "x"]
    assert (found.n, found.rows, found.columns) == (100, {"a": 40, "b": 60}, {"x": 50, "y": 50})
    assert (cell.n, cell.expected, cell.share) == (30, 20, 0.75)
    # (30 − 20) / √(20 · 0.6 · 0.5) = 10 / √6
    assert cell.residual == pytest.approx(4.0825, abs=1e-4)
    assert cell.mark == "more"
    assert found.cells["a", "y"].mark == "less"
    together = found.together
    # χ² = 100/20 + 100/20 + 100/30 + 100/30 = 16.667; of two by two it is the square of the residual; V = √(16.667/100)
    assert together.chi_square == pytest.approx(50 / 3)
    assert (together.degrees, together.cramers_v, together.strength) == (1, pytest.approx(0.40825, abs=1e-5), pytest.approx(0.40825, abs=1e-5))  # fmt: skip
    assert together.chance == pytest.approx(4.456e-5, rel=1e-3)


def test_three_by_three_as_other_software_has_it():
    seen = {("a", "x"): 30, ("a", "y"): 10, ("a", "z"): 5, ("b", "x"): 12, ("b", "y"): 25, ("b", "z"): 8, ("c", "x"): 6, ("c", "y"): 9, ("c", "z"): 20}  # fmt: skip
    found = table([((row,), (column,), n) for (row, column), n in seen.items()], "abc", "xyz")
    assert found.together.chi_square == pytest.approx(41.2217, abs=1e-4)
    assert found.together.cramers_v == pytest.approx(0.40606, abs=1e-5)
    assert found.together.strength == pytest.approx(0.40606 * 2**0.5, abs=1e-4)
    assert found.cells["a", "z"].residual == pytest.approx(-2.90838, abs=1e-5)
    # corrected for nine cells: 4.87 holds; −2.28 is notable alone, and the fifth largest; −1.64 is nothing
    marks = [found.cells[row, column].mark for row in "abc" for column in "xyz"]
    assert marks == ["more", "perhaps less", "less", "perhaps less", "more", "", "less", "", "more"]


def test_cells_that_expect_fewer_than_five_say_nothing_and_too_many_of_them_silence_the_table():
    found = _table({("a", "x"): 4, ("a", "y"): 0, ("b", "x"): 3, ("b", "y"): 30})
    assert found.cells["a", "x"].expected == pytest.approx(4 * 7 / 37)
    assert found.cells["a", "x"].mark == "few"
    assert found.cells["b", "y"].mark == "more"  # 33 · 30 / 37 are enough
    assert found.tested == 2
    assert found.together is None


def test_several_values_of_one_person_count_people_and_are_not_summed_up():
    found = table([(("a", "b"), ("x",), 20), (("a",), ("y",), 20), (("b",), ("x",), 10)], ["a", "b"], ["x", "y"])
    assert (found.n, found.rows, found.columns) == (50, {"a": 40, "b": 30}, {"x": 30, "y": 20})
    assert not found.is_exclusive
    assert found.together is None
    # a with x: 20 of 40, expected 40 · 30 / 50 = 24; (20 − 24) / √(24 · 0.2 · 0.4)
    assert found.cells["a", "x"].residual == pytest.approx(-2.8868, abs=1e-4)
    assert found.cells["a", "x"].share == 0.5


def test_a_value_that_everybody_gave_goes_with_nothing():
    found = _table({("a", "x"): 20, ("a", "y"): 20})
    assert found.rows == {"a": 40}
    assert [cell.residual for cell in found.cells.values()] == [0, 0]
    assert found.together is None


def test_nobody_answered_both():
    found = _table({})
    assert (found.n, found.cells, found.together, found.tested) == (0, {}, None, 0)


def test_values_stand_in_the_order_of_the_question_and_unknown_ones_last():
    found = table([(("old",), ("y",), 3), (("b",), ("x",), 1), (("a",), ("y",), 2)], ["a", "b"], ["x", "y"])
    assert list(found.rows) == ["a", "b", "old"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(1, 400)), max_size=12))
def test_people_are_in_one_cell_each_and_residuals_are_those_of_two_by_two(pairs):
    found = table([((row,), (column,), n) for row, column, n in pairs], "abc", "xyz")
    assert sum(found.rows.values()) == sum(found.columns.values()) == found.n == sum(found.counts.values())
    assert sum(cell.expected for cell in found.cells.values()) == pytest.approx(found.n)
    for cell in found.cells.values():
        n, row, column = found.n, found.rows[cell.row], found.columns[cell.column]
        a, b, c = cell.n, row - cell.n, column - cell.n
        d = n - row - column + a
        if row < n and column < n:
            pearson = n * (a * d - b * c) ** 2 / (row * column * (n - row) * (n - column))
            assert cell.residual**2 == pytest.approx(pearson, abs=1e-6)
