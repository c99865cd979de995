"""Periods are whole months with names that stand in addresses."""

from datetime import date

import pytest

from survey.foundation.errors import Refused
from survey.results.rules.periods import PERIODS, earlier, month_name, options, period

TODAY = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("name", "since", "until", "words"),
    [
        ("all", None, None, "all time"),
        ("this-month", date(2026, 10, 1), date(2026, 10, 31), "1 – 20 Oct"),
        ("last-month", date(2026, 9, 1), date(2026, 9, 30), "1 – 30 Sep"),
        ("3-months", date(2026, 8, 1), date(2026, 10, 31), "1 Aug – 20 Oct"),
        ("12-months", date(2025, 11, 1), date(2026, 10, 31), "1 Nov 2025 – 20 Oct 2026"),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "1 – 28 Feb"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "1 – 29 Feb 2024"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "1 – 31 Dec"),
    ],
)
def test_a_name_stands_for_whole_months_and_says_the_days_that_were_seen(name, since, until, words):
    found = period(name, TODAY)
    assert (found.name, found.since, found.until, found.words) == (name, since, until, words)


def test_the_turn_of_the_year_is_no_obstacle():
    january = date(2027, 1, 31)
    assert period("last-month", january).since == date(2026, 12, 1)
    assert period("3-months", january).since == date(2026, 11, 1)
    assert period("12-months", january).since == date(2026, 2, 1)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ever",
        "2026",
        "2026-13",
        "2026-00",
        "0000-01",
        "1234-05",
        "9999-12",
        "2026-1",
        "2026-01-01",
        "２０２６-01",
        "2026-02\n",
        "ALL",
        "' OR 1=1",
    ],
)
def test_what_is_no_period_is_refused_in_words(name):
    with pytest.raises(Refused, match="no such period"):
        period(name, TODAY)


def test_the_period_before_is_as_long_and_ends_the_day_before():
    before = earlier(period("this-month", TODAY), TODAY)
    assert (before.name, before.since, before.until) == ("2026-09", date(2026, 9, 1), date(2026, 9, 30))
    assert period(before.name, TODAY) == before
    before = earlier(period("3-months", TODAY), TODAY)
    assert (before.name, before.since, before.until, before.months) == ("", date(2026, 5, 1), date(2026, 7, 31), 3)
    assert earlier(period("all", TODAY), TODAY) is None


def test_every_period_of_the_select_box_can_be_asked_for_and_a_month_of_its_own_is_added():
    for name, _ in PERIODS:
        assert options(period(name, TODAY)) == PERIODS
    assert options(period("2025-02", TODAY)) == (*PERIODS, ("2025-02", "February 2025"))
    assert month_name(date(2026, 3, 9)) == "2026-03"
