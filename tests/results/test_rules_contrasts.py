"""Two groups side by side, and low against high scores: by hand, with the questions' own rules of counting."""

import pytest

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.results.rules.contrasts import against_the_rest, compared, judged, of_answers, of_shares, ties
from survey.results.rules.metrics import ces, csat, nps_groups
from survey.results.rules.scores import asked, best_share, best_values, by_score, score_groups

NPS = Question("nps", "nps", "Would you recommend us?")
RATING = Question("rating", "rating", "How satisfied?")
TEN = Question("ten", "rating", "How satisfied?", settings={"points": 10})
EFFORT = Question("easy", "ces", "It was easy.")
SCALE = [{"value": name, "words": name} for name in ("bad", "so", "fine", "good")]
ROWS = [{"value": "staff", "words": "The staff"}, {"value": "price", "words": "The price"}]
FACETS = Question("facets", "matrix", "How is …", settings={"rows": ROWS, "options": SCALE})
USED = Question("used", "choice", "What?", settings={"several": True, "options": SCALE})


def _only(question):
    (aspect,) = KINDS[question.kind].aspects(question)
    return aspect


def _groups(question):
    found = score_groups(question)
    return tuple([grade for grade, side in found.items() if side == wanted] for wanted in ("low", "middle", "high"))


def test_sides_of_each_scale():
    assert _groups(NPS) == ([str(n) for n in range(7)], ["7", "8"], ["9", "10"])
    assert _groups(RATING) == (["1", "2"], ["3"], ["4", "5"])
    assert _groups(TEN) == ([str(n) for n in range(1, 9)], [], ["9", "10"])
    assert _groups(EFFORT) == (["1", "2", "3"], ["4"], ["5", "6", "7"])


@pytest.mark.parametrize("question", [NPS, RATING, TEN, EFFORT], ids=lambda question: question.key)
def test_the_best_share_is_what_the_questions_own_number_counts(question):
    given = {grade: number + 1 for number, (grade, _words) in enumerate(KINDS[question.kind].values(question))}
    counts = {question.key: given, "": {"": 200, question.key: sum(given.values())}}
    found = best_share(question, _only(question), counts)
    groups = nps_groups(given)
    expected = {
        "nps": groups.promoters / groups.n, "rating": csat(given).value, "ten": csat(given, points=10).value, "easy": ces(given).value,
    }[question.key]  # fmt: skip
    assert found.value == pytest.approx(expected)
    assert found.n == sum(given.values())


def test_rows_are_asked_each_by_itself_and_have_two_best_answers():
    staff, price = KINDS["matrix"].aspects(FACETS)
    counts = {"facets": {"staff:good": 3, "staff:fine": 2, "staff:bad": 5, "price:good": 1}, "": {"": 12, "facets": 11}}
    assert (staff.words, price.words) == ("The staff", "The price")
    assert asked(FACETS, staff, counts) == 10
    assert asked(FACETS, price, counts) == 1
    assert best_share(FACETS, staff, counts).value == 0.5
    assert best_values(USED, _only(USED)) == {"fine", "good"}


def test_places_in_a_ranking_are_not_held_against_other_answers():
    assert KINDS["ranking"].aspects(Question("order", "ranking", "Order", settings={"options": SCALE})) == ()
    assert KINDS["text"].aspects(Question("why", "text", "Why?")) == ()


def test_counts_by_score_are_put_together_by_side():
    scored = {"3": {"": {"": 4}}, "6": {"": {"": 1}}, "7": {"": {"": 2}}, "10": {"": {"": 5}}, "99": {"": {"": 7}}}
    found = by_score(NPS, scored)
    assert (found.low, found.middle, found.high) == ({"": {"": 5}}, {"": {"": 2}}, {"": {"": 5}})


def test_shares_by_hand():
    found = of_shares(13, 40, 5, 60, minimum=5)
    # Newcombe 10: 32.5% less 8.3% with Wilson's limits 20.1…48.0 and 3.6…18.1
    assert found.difference == pytest.approx(24.1667, abs=1e-4)
    assert (found.low, found.high) == (pytest.approx(8.36, abs=0.05), pytest.approx(40.4, abs=0.05))
    assert found.chance == pytest.approx(0.0029787, abs=1e-6)


def test_nps_of_two_groups_is_the_z_test_of_the_changes():
    here, there = {"10": 120, "8": 60, "1": 20}, {"10": 90, "8": 70, "1": 40}
    found = of_answers(NPS, here, there, minimum=5)
    assert (found.difference, found.chance) == (pytest.approx(25), pytest.approx(0.00052, abs=1e-5))  # z = 3.47
    assert found.high - found.low == pytest.approx(2 * 14.12, abs=0.01)


def test_too_few_are_not_compared_and_do_not_count_as_a_comparison():
    found = judged([of_shares(2, 4, 30, 60, minimum=5), of_shares(13, 40, 5, 60, minimum=5)])
    assert [one.finding for one in found] == ["few", "more"]
    assert found[0].chance is None
    assert compared(found) == 1


def test_findings_are_corrected_for_their_number():
    one = of_shares(13, 40, 5, 60, minimum=5)  # p = 0.003: clear among 16, not among 17
    nothing = of_shares(10, 40, 15, 60, minimum=5)
    assert judged([one, *[nothing] * 15])[0].finding == "more"
    assert judged([one, *[nothing] * 16])[0].finding == "close"
    assert judged([of_shares(5, 60, 13, 40, minimum=5)])[0].finding == "less"


def test_a_group_is_held_against_all_who_are_not_in_it():
    everybody = {"10": 60, "1": 40}
    found = against_the_rest(NPS, {"10": 10, "1": 30}, everybody, minimum=5)
    assert (found.here.value, found.there.value, found.there.n) == (-50, pytest.approx(100 * 40 / 60), 60)
    assert found.difference == pytest.approx(-50 - 100 * 40 / 60)


def test_ties_are_between_neighbours():
    best, second, worst = {"10": 80, "1": 20}, {"10": 78, "1": 22}, {"10": 20, "1": 80}
    assert ties(NPS, [best, second, worst], minimum=5) == (True, False, False)
    assert ties(NPS, [], minimum=5) == ()
