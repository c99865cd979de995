"""Where groups are promised, no shown number and no difference of two is about fewer people than a group."""

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from survey.results.rules.groups import batches, seen, span
from survey.results.rules.periods import PERIODS, period

TODAY = date(2026, 10, 20)
MONTHS = [date(2025 + (9 + number) // 12, (9 + number) % 12 + 1, 1) for number in range(13)]


def _months(numbers):
    return {month: {"": {"": n}} for month, n in zip(MONTHS, numbers, strict=False) if n}


def test_small_months_join_later_ones_and_the_last_wait():
    found, waiting = batches(_months([3, 1, 2, 9, 4]), 5)
    assert [(batch.months, batch.counts[""][""]) for batch in found] == [(tuple(MONTHS[:3]), 6), ((MONTHS[3],), 9)]
    assert waiting == (MONTHS[4],)


def test_without_a_promise_every_month_stands_alone():
    found, waiting = batches(_months([3, 0, 1]), 1)
    assert [batch.months for batch in found] == [(MONTHS[0],), (MONTHS[2],)]
    assert waiting == ()


@given(st.lists(st.integers(0, 12), max_size=13))
def test_no_two_periods_differ_by_fewer_than_a_group(numbers):
    names = [name for name, _ in PERIODS] + [f"{month:%Y-%m}" for month in MONTHS]
    shown = [seen(_months(numbers), period(name, TODAY), minimum=5, today=TODAY) for name in names]
    months = [{month for batch in one.batches for month in batch.months} for one in shown]
    assert all(one.n == 0 or one.n >= 5 for one in shown)
    for one, other in combinations(months, 2):
        rest = sum(n for month, n in zip(MONTHS, numbers, strict=False) if month in one - other)
        assert rest == 0 or rest >= 5


def test_a_month_that_is_not_over_waits_for_its_end():
    numbers = [7, *[0] * 11, 9]
    shown = seen(_months(numbers), period("all", TODAY), minimum=5, today=TODAY)
    assert (shown.n, shown.held_back) == (7, 9)
    later = seen(_months(numbers), period("all", TODAY), minimum=5, today=date(2026, 11, 1))
    assert (later.n, later.held_back) == (16, 0)


def test_the_days_that_may_be_looked_at_end_with_the_last_batch():
    shown = seen(_months([7, 3]), period("all", TODAY), minimum=5, today=TODAY)
    assert span(shown, period("all", TODAY)) == (date(2025, 10, 1), date(2025, 10, 31))
    assert span(seen(_months([7, 3]), period("all", TODAY)), period("all", TODAY)) == (None, None)


def test_what_is_held_back_is_said():
    assert seen(_months([7, 3]), period("all", TODAY), minimum=5, today=TODAY).held_back == 3
    assert seen(_months([7, 3]), period("all", TODAY)).held_back == 0
