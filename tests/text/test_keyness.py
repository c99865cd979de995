from math import log, sqrt
from random import Random

import pytest

from survey.text.rules.keyness import PRIOR_SCALE, Key, is_new, keyness


def test_keyness_of_a_worked_example():
    (found,) = keyness({"wait": 40}, {"wait": 10}, 100, 100)
    a, b = 40 + PRIOR_SCALE * 50, 10 + PRIOR_SCALE * 50
    n = 100 + PRIOR_SCALE * 200
    odds = log(a / (n - a)) - log(b / (n - b))
    assert (found.here, found.there) == (40, 10)
    assert found.log_odds == pytest.approx(odds)
    assert found.z == pytest.approx(odds / sqrt(1 / a + 1 / b))


def test_what_the_others_say_more_is_below_zero_and_the_clearest_is_first():
    found = keyness({"wait": 40, "kind": 5}, {"wait": 10, "kind": 60}, 100, 100)
    assert [(one.key, one.z > 0) for one in found] == [("kind", False), ("wait", True)]


def test_words_of_fewer_than_five_comments_and_those_that_do_not_differ_are_left_out():
    assert keyness({"rare": 4}, {"rare": 0}, 50, 50) == []
    assert keyness({"usual": 30}, {"usual": 31}, 100, 100) == []


def test_an_empty_side_tells_nothing():
    assert keyness({"wait": 9}, {}, 20, 0) == []


def test_words_that_every_comment_has_do_no_harm():
    assert keyness({"we": 20}, {"we": 20}, 20, 20) == []


def test_a_larger_background_holds_back_words_that_everybody_says():
    near = keyness({"wait": 12}, {"wait": 4}, 50, 50)
    far = keyness({"wait": 12}, {"wait": 4}, 50, 50, background={"wait": 5000}, n_background=20000)
    assert abs(far[0].z if far else 0) < abs(near[0].z if near else 9)


def test_halves_dealt_out_by_chance_differ_in_few_words():
    chance = Random(3)
    shares = [0.02 + 0.4 * chance.random() ** 3 for _ in range(400)]
    here = {str(word): sum(chance.random() < share for _ in range(200)) for word, share in enumerate(shares)}
    there = {str(word): sum(chance.random() < share for _ in range(200)) for word, share in enumerate(shares)}
    assert len(keyness(here, there, 200, 200)) <= 0.08 * 400


def test_new_is_what_was_said_at_most_a_quarter_as_often_before():
    assert is_new(Key("outage", 10, 2, 1.5, 3.0), 100, 100)
    assert not is_new(Key("wait", 40, 20, 1.0, 3.0), 100, 100)
    assert not is_new(Key("faint", 10, 2, 0.5, 1.0), 100, 100)
    assert is_new(Key("outage", 10, 20, 1.5, 3.0), 100, 1000)
