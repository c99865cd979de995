from datetime import date, timedelta
from math import comb
from random import Random
from statistics import NormalDist

import pytest

from survey.text.rules.themes import Week, moves, z_of_change


def _weeks(chance, shares, comments):
    """A week for each share, with about so many comments."""
    weeks = []
    for at, share in enumerate(shares):
        n = chance.randint(comments // 2, comments * 3 // 2)
        weeks.append(Week(date(2025, 1, 6) + timedelta(7 * at), sum(chance.random() < share for _ in range(n)), n))
    return weeks


def test_z_is_that_of_the_exact_test():
    """Three of four now, none of four before: P(3 of 3 drawn) with mid-p, from the hypergeometric distribution."""
    exactly_three = comb(3, 3) * comb(5, 1) / comb(8, 4)
    assert z_of_change(3, 4, 0, 4) == pytest.approx(NormalDist().inv_cdf(1 - exactly_three / 2))
    assert z_of_change(0, 4, 3, 4) == pytest.approx(-z_of_change(3, 4, 0, 4))
    assert z_of_change(10, 100, 10, 100) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("hits", "n", "before", "n_before"), [(500, 500, 0, 5000), (0, 500, 5000, 5000), (0, 10, 0, 80)]
)
def test_z_stays_finite_at_the_ends(hits, n, before, n_before):
    assert abs(z_of_change(hits, n, before, n_before)) < 10


def test_a_calm_theme_raises_at_most_one_false_alarm_in_a_hundred_weeks():
    chance = Random(11)
    found = [one for share in (0.02, 0.05, 0.1, 0.25) for comments in (20, 60, 200)
             for one in moves(_weeks(chance, [share] * 50, comments))]  # fmt: skip
    assert len(found) == 600
    assert sum(bool(one.direction) for one in found) <= 6


@pytest.mark.parametrize(("before", "after", "direction"), [(0.08, 0.28, "up"), (0.3, 0.06, "down")])
def test_a_planted_shift_is_found_within_two_weeks(before, after, direction):
    chance = Random(5)
    found = [
        any(one.direction == direction for one in moves(_weeks(chance, [before] * 10 + [after] * 2, 70))[10:])
        for _ in range(30)
    ]
    assert sum(found) >= 29


def test_no_flag_before_eight_weeks_or_with_too_few_comments():
    day = date(2025, 1, 6)
    early = [Week(day, 0, 50)] * 7 + [Week(day, 40, 50)]
    assert [one.direction for one in moves(early)] == [""] * 8
    few = [Week(day, 0, 50)] * 8 + [Week(day, 9, 9)]
    alone = [Week(day, 0, 0)] * 8 + [Week(day, 9, 20)]
    assert moves([*few[:7], Week(day, 0, 0), few[8]])[-1].z is None
    assert moves(alone)[-1].z is None


def test_a_week_is_shown_with_share_interval_and_what_was_usual():
    day = date(2025, 1, 6)
    found = moves([Week(day, 5, 50)] * 8 + [Week(day, 25, 50), Week(day, 0, 0)])
    assert (found[8].share, found[8].usual, found[8].direction) == (0.5, 0.1, "up")
    assert found[8].interval[0] < 0.5 < found[8].interval[1]
    assert (found[9].share, found[9].interval) == (None, (0.0, 1.0))
    assert found[0].usual is None
