import pytest

from survey.foundation.errors import Refused
from survey.questionnaires.kinds.base import Invalid, given
from survey.questionnaires.kinds.date import KIND
from tests.factories.drafts import question

ASKED = question("date")
BOUND = question("date", earliest="2026-01-01", latest="2026-12-31")


@pytest.mark.parametrize(
    "typed",
    ["2026-09-30", "30.09.2026", "30.9.2026", "30 Sep 2026", "September 30, 2026", "30/09/2026", " 2026-09-30 "],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert KIND.clean(ASKED, given(typed)) == "2026-09-30"


@pytest.mark.parametrize("typed", ["03/04/2026", "31.02.2026", "yesterday", "2026", "1" * 500])
def test_what_is_no_day_or_could_be_two_is_asked_for_again(typed):
    with pytest.raises(Invalid, match="30.09.2026 or 2026-09-30"):
        KIND.clean(ASKED, given(typed))


def test_bounds_are_kept_and_told():
    assert KIND.clean(BOUND, given("2026-12-31")) == "2026-12-31"
    for off in ("2025-12-31", "2027-01-01"):
        with pytest.raises(Invalid, match="From 1 January 2026 to 31 December 2026"):
            KIND.clean(BOUND, given(off))
    assert KIND.guide(ASKED) == ""
    assert KIND.problems(question("date", earliest="2026-02-01", latest="2026-01-01"))
    with pytest.raises(Refused, match="a day such as"):
        question("date", earliest="soon")


def test_days_are_compared_and_told_in_words():
    assert KIND.number(ASKED, "2026-09-30") - KIND.number(ASKED, "2026-09-29") == 1
    assert KIND.said(ASKED, "2026-09-30") == ("30 September 2026",)


def test_few_days_stand_by_themselves_many_by_month_and_very_many_by_year():
    assert [band.words for band in KIND.bands({"2026-09-30": 1, "2026-01-02": 2})] == [
        "2 January 2026",
        "30 September 2026",
    ]
    months = KIND.bands({f"2026-0{1 + day % 2}-{day:02d}": 1 for day in range(1, 20)})
    assert [(band.words, band.n) for band in months] == [("January 2026", 9), ("February 2026", 10)]
    years = KIND.bands({f"{2000 + number // 12}-{1 + number % 12:02d}-01": 1 for number in range(36)})
    assert [(band.words, band.n) for band in years] == [("2000", 12), ("2001", 12), ("2002", 12)]
    assert KIND.bands({}) == []
