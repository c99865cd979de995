"""How a number is shown, and what comes first."""

from survey.home.rules import figure, first_of
from survey.results.rules.metrics import csat, mean, nps


def test_a_score_stands_with_n_and_interval_on_its_scale():
    shown = figure(nps({"10": 50, "8": 30, "0": 20}), (0, 10), minimum=5)
    assert (shown.value, shown.unit, shown.n) == ("+30", "NPS", "100 answers")
    assert shown.interval == "Between +14 and +44."
    assert (shown.minimum, shown.maximum) == (-100, 100)


def test_a_share_is_placed_in_per_cent():
    shown = figure(csat({"5": 30, "1": 20}), (1, 5), minimum=5)
    assert (shown.value, shown.number) == ("60%", 60)
    assert (shown.minimum, shown.maximum) == (0, 100)
    assert 46 < shown.low < 47


def test_a_mean_is_placed_on_its_questions_scale():
    shown = figure(mean({"7": 5, "1": 5}, lowest=1, highest=7), (1, 7), minimum=5)
    assert (shown.value, shown.number, shown.minimum, shown.maximum) == ("4.0", 4, 1, 7)


def test_a_mean_without_spread_has_no_interval():
    shown = figure(mean({"7": 5}), (1, 7), minimum=5)
    assert (shown.low, shown.high, shown.interval) == (None, None, "")


def test_too_few_is_said_and_no_score_shown():
    shown = figure(nps({"10": 3}), (0, 10), minimum=5)
    assert shown.value == ""
    assert shown.number is None
    assert shown.interval == "3 answers so far: too few for a score; read them."


def test_what_fits_comes_first_and_nothing_twice():
    assert first_of([3, 1], [1, 2, 3, 4], limit=3, key=lambda number: number) == [3, 1, 2]
