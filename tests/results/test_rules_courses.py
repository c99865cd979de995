"""Days, ISO weeks and months as steps of time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.foundation.errors import Refused
from survey.results.rules.courses import (
    DAY,
    MONTH,
    WEEK,
    WHEN,
    Span,
    batches_by,
    chosen_step,
    days_shown,
    last_full_week,
    monday,
)
from survey.results.rules.findings import most_title, trend_title
from survey.results.rules.metrics import TrendPoint, nps
from survey.results.rules.periods import period
from survey.results.rules.tally import responses_in

TODAY = date(2026, 10, 20)  # a Tuesday
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def one(n=1):
    return {"": {"": n, "nps": n}, "nps": {"9": n}}


def test_only_three_steps_are_known():
    assert [chosen_step(name) for name in ("", DAY, WEEK, MONTH)] == [MONTH, DAY, WEEK, MONTH]
    for name in ("year", "DAY", "day;drop", "\x00"):
        with pytest.raises(Refused, match="by day, week or month"):
            chosen_step(name)


@given(DAYS)
def test_a_week_begins_on_its_monday(day):
    first = monday(day)
    assert first.isoweekday() == 1
    assert first.isocalendar()[:2] == day.isocalendar()[:2]


@given(DAYS)
def test_the_last_full_week_is_over_and_whole(today):
    week = last_full_week(today)
    assert week.first.isoweekday() == 1
    assert week.last == week.first + timedelta(days=6)
    assert week.last < today <= week.last + timedelta(days=7)


def test_a_week_may_lie_in_two_years():
    days = {date(2026, 12, 31): one(2), date(2027, 1, 1): one(3), date(2027, 1, 4): one()}
    found = batches_by(WEEK, days, Span(date(2026, 12, 1), date(2027, 1, 31)))
    assert [(batch.months, responses_in(batch.counts)) for batch in found] == [
        ((date(2026, 12, 28),), 5),
        ((date(2027, 1, 4),), 1),
    ]


def test_a_week_that_the_period_cuts_counts_only_its_days_in_it():
    days = {date(2026, 9, 30): one(7), date(2026, 10, 1): one(2), date(2026, 10, 5): one()}
    shown = days_shown(days, period("2026-10", TODAY), WEEK, 53, TODAY)
    assert shown == Span(date(2026, 10, 1), TODAY)
    assert [responses_in(batch.counts) for batch in batches_by(WEEK, days, shown)] == [2, 1]


@pytest.mark.parametrize(("step", "most", "first"), [(DAY, 92, date(2026, 7, 21)), (WEEK, 53, date(2025, 10, 20))])
def test_of_a_long_time_the_last_steps_are_shown(step, most, first):
    days = {TODAY - timedelta(days=number): one() for number in range(800)}
    shown = days_shown(days, period("all", TODAY), step, most, TODAY)
    assert shown == Span(first, TODAY)
    assert len(batches_by(step, days, shown)) == most


def test_days_to_come_and_days_outside_are_left_out():
    days = {TODAY + timedelta(days=1): one(), date(2026, 8, 31): one(), date(2026, 9, 3): one()}
    assert days_shown(days, period("2026-09", TODAY), DAY, 92, TODAY) == Span(date(2026, 9, 3), date(2026, 9, 30))
    assert days_shown(days, period("2020-01", TODAY), DAY, 92, TODAY) is None
    assert days_shown({}, period("all", TODAY), DAY, 92, TODAY) is None


def test_a_title_says_when_a_step_was():
    points = [TrendPoint("", date(2026, 10, day), nps({"9": 10})) for day in (5, 12)]
    assert trend_title(points[:1], None, TODAY, WHEN[DAY]) == "NPS was +100 on 5 October."
    assert trend_title(points[:1], None, TODAY, WHEN[WEEK]) == "NPS was +100 in the week of 5 October."
    assert trend_title(points[:1], None, TODAY, WHEN[MONTH]) == "NPS was +100 in October."
    few = [TrendPoint("", TODAY, type(points[0].metric)("nps", None, None, None, 2))]
    assert trend_title(few, None, TODAY) == "Too few answers for a score."


def test_where_nothing_is_measured_the_title_names_the_step_with_most():
    steps = [(date(2026, 10, 5), 3), (date(2026, 10, 12), 9)]
    assert most_title(steps, TODAY, WHEN[WEEK]) == "Most answers came in the week of 12 October: 9."
    assert most_title([*steps, (TODAY, 9)], TODAY, WHEN[DAY]) == "21 answers in this time."
    assert most_title([], TODAY, WHEN[DAY]) == "No answers in this period yet."
