"""What moved, judged together: by hand, and against what other programs reckon."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.kinds.base import Question
from survey.results.rules.comparisons import NOTHING, holm, mean_change, share_change
from survey.results.rules.moves import moves_between
from survey.results.rules.tally import REASONS_READ, WROTE

NPS = Question("nps", "nps", "Would you recommend us?")
RATING = Question("rating", "rating", "How satisfied are you?")
HOURS = Question("hours", "number", "How long did you wait?")


def counts(values: dict[str, dict[str, int]], *, wrote: int = 0, reasons: dict[str, int] | None = None) -> Any:
    answered = {key: sum(given.values()) for key, given in values.items()}
    return {**values, "": {"": 1000, **answered, WROTE: wrote}, REASONS_READ: reasons or {}}


def nps(promoters: int, passives: int, detractors: int) -> dict[str, int]:
    return {"9": promoters, "8": passives, "0": detractors}


def moves(now: Any, before: Any, *, questions=(NPS, RATING, HOURS), least: int = 1):
    return moves_between(questions, now, before, minimum=5, least=least)


# ---- Holm -----------------------------------------------------------------------------------------------------------


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.2]) == (0.2,)
    assert holm([]) == ()
    assert holm([0.9, 0.8]) == (1.0, 1.0)


@given(st.lists(st.floats(0, 1), max_size=30))
def test_holm_never_lowers_nor_reorders_and_never_exceeds_one(p_values):
    raised = holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, raised, strict=True))
    order = sorted(range(len(p_values)), key=lambda number: p_values[number])
    assert [raised[number] for number in order] == sorted(raised)


# ---- one comparison -------------------------------------------------------------------------------------------------


def test_means_are_compared_by_welch():
    """As scipy.stats.ttest_ind(equal_var=False) reckons."""
    change = mean_change({"1": 5, "2": 7, "3": 9}, {"2": 4, "3": 10, "4": 8})
    assert (change.difference, change.z, change.p) == pytest.approx((-0.991342, -4.192213, 0.000147999), rel=1e-5)
    assert (change.low, change.high) == pytest.approx((-1.469242, -0.513443), abs=1e-6)
    assert change.verdict == "less"


def test_means_without_a_spread_or_of_one_answer_are_not_judged():
    assert mean_change({"3": 10}, {"4": 10}) == NOTHING
    assert mean_change({"3": 1}, {"4": 10, "5": 2}) == NOTHING
    assert mean_change({}, {"4": 10, "5": 2}) == NOTHING


def test_two_shares_are_compared_by_z_with_newcombes_interval():
    change = share_change(56, 70, 48, 80)  # Newcombe 1998, his first example: 0.2, 0.0524 to 0.3339
    assert (change.difference, change.low, change.high) == pytest.approx((20.0, 5.24, 33.39), abs=0.005)
    assert change.z == pytest.approx(2.6502, abs=0.0001)  # 0.2 / √(0.69333 · 0.30667 · (1/70 + 1/80))
    assert change.p == pytest.approx(0.00804, abs=0.00001)
    assert change.verdict == "more"
    assert share_change(0, 10, 0, 20).p == 1.0
    assert share_change(1, 0, 1, 2) == NOTHING


# ---- all together ---------------------------------------------------------------------------------------------------


def test_a_clear_move_is_said_with_its_numbers_and_how_many_were_compared():
    found = moves(
        counts({"nps": nps(120, 60, 20), "rating": {"5": 50, "1": 50}}),
        counts({"nps": nps(90, 70, 40), "rating": {"5": 51, "1": 50}}),
    )
    assert found.compared == 2
    assert found.words == "One of 2 numbers moved more than chance would."
    [move] = found.clear
    assert move.words == "NPS of “Would you recommend us?” rose from +25 to +50."
    assert move.difference_words == "+25 points, between +11 and +39"
    assert [one.verdict_words for one in found.every] == ["clear", "no clear change"]


def test_what_is_clear_alone_may_be_chance_among_many():
    now, before = counts({"nps": nps(60, 30, 20)}), counts({"nps": nps(48, 31, 32)})
    alone = moves(now, before)
    assert alone.clear
    many = dict.fromkeys(("A2", "P2", "S1", "E2", "R1"), 50)
    among = moves({**now, **_reasons(200, many)}, {**before, **_reasons(200, many)})
    assert among.compared == 6
    assert not among.clear
    [nps_move] = [move for move in among.every if move.key == "nps"]
    assert nps_move.verdict_words == "not clear among so many"
    assert among.words == "Nothing moved more than chance would: 6 numbers were compared."


def _reasons(wrote: int, spoke: dict[str, int]) -> dict[str, Any]:
    return {REASONS_READ: spoke, "": {"": 1000, "nps": 110, WROTE: wrote}}


def test_reasons_are_shares_of_the_people_who_wrote():
    found = moves(
        counts({}, wrote=200, reasons={"A2": 80, "P2": 3}), counts({}, wrote=150, reasons={"A2": 15, "P2": 3})
    )
    [move] = found.every  # of P2 too few speak
    assert move.words == "“Waiting” was spoken of more: by 40% of those who wrote, up from 10%."
    assert move.is_clear
    down = moves(counts({}, wrote=150, reasons={"A2": 15}), counts({}, wrote=200, reasons={"A2": 80}))
    assert down.clear[0].words == "“Waiting” was spoken of less: by 10% of those who wrote, down from 40%."


def test_reasons_that_people_named_themselves_are_shares_of_those_who_named_any():
    options = [{"code": code, "words": code} for code in ("A2", "P2")]
    why = Question("why", "reasons", "Why did you leave?", settings={"options": options})
    choice = Question("pick", "choice", "What?", settings={"options": [{"value": "A2", "words": "Not a reason"}]})
    now, before = ({"A2": 30, "P2": 10}, {"A2": 5, "P2": 35})
    found = moves(counts({"why": now, "pick": now}), counts({"why": before, "pick": before}), questions=(why, choice))
    assert {move.words for move in found.clear} == {
        "“Waiting” was named more: by 75% of those who named a reason, up from 13%.",
        "“Price rise” was named less: by 25% of those who named a reason, down from 88%.",
    }


def test_where_groups_are_promised_only_scores_are_compared_and_people_are_told_in_whole_groups():
    now = counts({"nps": nps(120, 60, 22)}, wrote=200, reasons={"A2": 80})
    before = counts({"nps": nps(90, 70, 43)}, wrote=150, reasons={"A2": 30})
    assert moves(now, before).compared == 2
    [move] = moves(now, before, least=5).every
    assert (move.key, move.now.n, move.before.n) == ("nps", 200, 200)


def test_too_few_on_either_side_are_not_compared():
    found = moves(counts({"nps": nps(120, 60, 20)}), counts({"nps": nps(2, 1, 1)}))
    assert found.every == ()
    assert found.words == "There are too few answers, now or before, to compare anything."


def test_numbers_of_any_size_are_compared_by_their_means():
    found = moves(counts({"hours": {"0.5": 20, "1": 20}}), counts({"hours": {"2": 20, "3.5": 20}}))
    [move] = found.clear
    assert move.words == "The mean of “How long did you wait?” fell from 2.8 to 0.8."
    assert move.difference_words == "−2.0, between −2.3 and −1.7"
