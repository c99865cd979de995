import pytest

from survey.text.rules.judging import agreement, judgement, running_accuracy


def test_a_judgement_of_a_worked_example():
    truth = ["a", "a", "b", "c"]
    ranked = [[("a", 0.9), ("b", 0.1)], [("b", 0.5), ("a", 0.5)], [("b", 0.8), ("a", 0.1)], [("a", 0.4), ("b", 0.4)]]
    found = judgement(truth, ranked)
    assert (found.n, found.accuracy, found.top2) == (4, 0.5, 0.75)
    assert found.macro_f1 == pytest.approx((2 * 1 / 4 + 2 * 1 / 3 + 0) / 3)
    assert found.accuracy_confident_70 == pytest.approx(2 / 3)
    assert found.classes == {"a": (2, 1), "b": (1, 1), "c": (1, 0)}


def test_a_judgement_of_nothing_is_nothing():
    found = judgement([], [])
    assert (found.n, found.accuracy, found.top2, found.accuracy_confident_70, found.classes) == (0, 0, 0, 0, {})


def test_the_surest_are_those_whose_first_stands_out_most():
    truth = ["a"] * 10
    ranked = [[("a", 0.9), ("b", 0.1)]] * 7 + [[("b", 0.9), ("a", 0.89)]] * 3
    assert judgement(truth, ranked).accuracy_confident_70 == 1


def test_running_accuracy_counts_what_the_machine_had_said_before():
    found = running_accuracy([("a", True), ("a", False), ("b", True), ("a", True)])
    assert (found["a"].n, found["a"].right, found["a"].share) == (3, 2, pytest.approx(2 / 3))
    assert (found[""].n, found[""].right) == (4, 3)
    low, high = found["a"].interval
    assert low < 2 / 3 < high
    assert found["a"].recent is None


def test_the_last_fifty_stand_for_how_it_is_now():
    found = running_accuracy([("a", False)] * 50 + [("a", True)] * 50)["a"]
    assert (found.share, found.recent) == (0.5, 1.0)


def test_people_who_always_agree_have_an_alpha_of_one():
    rows = [(person, str(number), "ab"[number % 2]) for person in ("ann", "bob") for number in range(12)]
    found = agreement(rows)
    assert (found.alpha, found.comments, found.people) == (1.0, 12, 2)


def test_alpha_of_a_worked_example():
    """Krippendorff 2011, “Computing Krippendorff’s alpha-reliability”, nominal data of two observers."""
    meg, owen = "aabbcdddcb"[:10], "babbbcdddc"  # fmt: skip
    pairs = list(zip(meg, owen, strict=True))
    rows = [("meg", str(at), one) for at, (one, _) in enumerate(pairs)] + [
        ("owen", str(at), two) for at, (_, two) in enumerate(pairs)
    ]
    values = [value for pair in pairs for value in pair]
    observed = sum(one != two for one, two in pairs) / len(pairs)
    n = len(values)
    expected = 1 - sum(values.count(value) * (values.count(value) - 1) for value in set(values)) / (n * (n - 1))
    assert agreement(rows).alpha == pytest.approx(1 - observed / expected)


def test_what_one_person_alone_judged_does_not_count():
    rows = [(person, str(number), "ab"[number % 2]) for person in ("ann", "bob") for number in range(12)]
    assert agreement([*rows, ("ann", "alone", "a")]).comments == 12


def test_too_few_shared_comments_or_one_label_alone_tell_nothing():
    few = [(person, str(number), "ab"[number % 2]) for person in ("ann", "bob") for number in range(9)]
    same = [(person, str(number), "a") for person in ("ann", "bob") for number in range(20)]
    assert agreement(few) is None
    assert agreement(same) is None
    assert agreement([]) is None
