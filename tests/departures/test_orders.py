"""Rules behind the lost page: the shift rule of a run chart, ranks with ties, and better value elsewhere."""

from datetime import date

from survey.departures.rules.elsewhere import Said, elsewhere, places, verdict
from survey.departures.rules.losses import ReasonRow, reason_counts
from survey.departures.rules.pareto import finding, pareto
from survey.departures.rules.runs import run_of, run_words

TODAY = date(2026, 12, 5)


def months(*people):
    return [(date(2024 + n // 12, n % 12 + 1, 1), count) for n, count in enumerate(people)]


def test_eight_months_on_one_side_of_the_median_are_a_shift_and_seven_are_not():
    low, high = [2] * 8, [9] * 8
    run = run_of(months(*low, *high))
    assert (run.middle, run.side, run.length, run.is_shift) == (5.5, "above", 8, True)
    assert run.since == date(2024, 9, 1)
    assert "8 months in a row, since September 2024, lie above the median" in run_words(run, TODAY)
    assert not run_of(months(9, *low, *high[:-1])).is_shift
    assert not run_of(months(*[2, 9] * 8)).is_shift


def test_a_month_on_the_median_neither_breaks_a_stretch_nor_counts():
    run = run_of(months(1, 1, 1, 1, 1, 1, 1, 1, 5, 9, 9, 9, 9, 5, 9, 9, 9, 9, 5))
    assert (run.middle, run.length, run.is_shift) == (5, 8, True)


def test_with_fewer_than_twelve_months_nothing_is_judged():
    run = run_of(months(*[1, 90] * 5))
    assert run.middle is None
    assert run_words(run, TODAY).startswith("10 full months so far")
    assert run_words(run_of([]), TODAY).startswith("0 full months")


def counts(**people):
    return reason_counts([ReasonRow(code, "", "EUR", n, 100 * n) for code, n in people.items()])


def test_a_rank_is_the_span_that_chance_could_give_it():
    found = pareto(counts(P1=400, S1=300, S2=110, E1=100, A2=90, Z2=40))
    assert [line.rank_words for line in found.lines] == ["1", "2", "3–5", "3–5", "3–5", ""]
    chain = pareto(counts(P1=103, S1=78, S2=60))
    assert [line.rank_words for line in chain.lines] == [
        "1–2",
        "1–3",
        "2–3",
    ]  # the first and the last are parted, the middle one not


def test_the_finding_says_a_tie_and_never_ranks_too_few():
    assert finding(pareto(counts(P1=400, S1=300))) == "Price too high leads."
    assert finding(pareto(counts(P1=40, S1=38))) == "Price too high and faults are too close to rank."
    assert finding(pareto(counts(P1=3, S1=1))) == ""
    assert finding(pareto([])) == ""


def test_who_said_yes_is_compared_with_who_said_no():
    said = [Said("yes", True, False, 20), Said("yes", False, True, 30), Said("no", True, False, 95), Said("no", False, True, 5),
            Said("not-sure", True, False, 5)]  # fmt: skip
    found = elsewhere(said)
    assert (found.asked, found.customers["yes"], found.yes.n) == (120, 20, 120)
    assert found.left == {"yes": (30, 50), "no": (5, 100), "not-sure": (0, 5)}
    assert verdict(found).startswith("Who said yes left more often")
    assert verdict(elsewhere(said[:1])).startswith("Too few")


def test_places_written_alike_are_one():
    assert places({"Corner Shop": 2, "corner shop": 1, "Bright Ltd.": 2}, 5) == [("Corner Shop", 3), ("Bright Ltd.", 2)]
