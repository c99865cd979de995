"""Sentences for nobody, one, few, many; for more, less and no clear change."""

from datetime import date

import pytest

from survey.results.rules.findings import change_since, counts_title, head, moved, tie_words, trend_title, why_they_left
from survey.results.rules.metrics import TrendPoint, csat, nps

TODAY = date(2026, 10, 20)
MANY = nps({"9": 50, "7": 30, "3": 20})


@pytest.mark.parametrize(
    ("n", "metric", "sentence"),
    [
        (0, MANY, "Nobody has answered “Autumn” here yet."),
        (1, nps({"9": 1}), "One person answered “Autumn”: too few for a score."),
        (3, nps({"9": 3}), "3 people answered “Autumn”: too few for a score."),
        (100, MANY, "100 people answered “Autumn”. NPS is +30, between +14 and +44."),
        (1200, None, "1,200 people answered “Autumn”."),
        (7, nps({}), "7 people answered “Autumn”."),
        (107, csat({"5": 74, "2": 33}), "107 people answered “Autumn”. CSAT is 69%, between 60% and 77%."),
    ],
)
def test_the_first_sentence_has_a_form_for_every_number(n, metric, sentence):
    assert head(n, metric, title="Autumn", minimum=5) == sentence


def _points(*months):
    return [TrendPoint("", date(2026, month, 1), nps(counts)) for month, counts in months]


def test_the_title_of_a_chart_says_the_finding():
    low, high = {"0": 60, "9": 40}, {"0": 20, "9": 80}
    title = trend_title(_points((5, low), (10, high)), moved(high, low, nps(high), nps(low)), TODAY)
    assert title == "NPS rose from −20 in May to +60 in October."
    title = trend_title(_points((5, high), (10, low)), moved(low, high, nps(low), nps(high)), TODAY)
    assert title == "NPS fell from +60 in May to −20 in October."
    title = trend_title(_points((5, low), (10, low)), moved(low, low, nps(low), nps(low)), TODAY)
    assert title == "NPS was −20 in May and −20 in October: no clear change."
    assert trend_title(_points((10, high)), None, TODAY) == "NPS was +60 in October."
    assert trend_title(_points((10, {})), None, TODAY) == "No answers in this period yet."


def test_a_change_of_a_share_is_judged_by_newcombes_interval():
    many, few = csat({"5": 80, "1": 20}), csat({"5": 50, "1": 50})
    assert moved({}, {}, many, few).verdict == "more"
    assert moved({}, {}, few, many).verdict == "less"
    assert moved({}, {}, csat({"5": 4, "1": 1}), csat({"5": 3, "1": 2})).verdict == "no clear change"
    assert moved({}, {}, many, csat({})).difference is None


def test_a_change_is_said_with_what_it_was_before():
    change = moved({"9": 50, "7": 30, "3": 20}, {"9": 40, "7": 30, "3": 30}, MANY, nps({"9": 40, "7": 30, "3": 30}))
    words = change_since(change, nps({"9": 40, "7": 30, "3": 30}), "1 – 30 Sep")
    assert words == "Up 20 from +10 in the time before (1 – 30 Sep, 100 answers): no clear change."


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([6, 2, 2], "The first is not surely ahead."), ([16, 16, 8], "The first two are equal."),
        ([9, 8], "The first two are too close to rank."), ([3, 3, 3], "No reason stands out."),
    ],
)  # fmt: skip
def test_what_cannot_be_ranked_is_said_as_it_is(counts, said):
    assert tie_words(counts) == said


def test_why_people_left_is_the_finding_of_an_exit_survey():
    named = [("Waiting", 16), ("Quality", 16), ("Price rise", 8)]
    assert why_they_left(76, named) == "76 people told us why they left. Quality and waiting are named most, 16 each."
    assert why_they_left(20, named[1:]) == "20 people told us why they left. Quality is named most: 16 of 20."
    assert why_they_left(3, [(name, 1) for name, _ in named]) == "3 people told us why they left. No reason stands out."


def test_answers_by_month_name_the_month_with_most_unless_there_are_two():
    assert counts_title([("May", 3), ("June", 31)]) == "Most answers came in June: 31."
    assert counts_title([("May", 3), ("June", 3)]) == "6 answers in 2 months."
    assert counts_title([]) == "No answers in this period yet."
