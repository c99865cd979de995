"""Numbers, dates and the first sentence, as people say them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.results.rules.lost import lost_sentence, plain
from survey.results.rules.metrics import Metric, csat, mean, nps
from survey.results.rules.words import (
    answers_words,
    comments_words,
    interval_words,
    people_words,
    period_words,
    spelled,
    too_few_words,
    value_words,
)

TODAY = date(2026, 11, 22)


def test_each_metric_is_said_in_its_own_unit():
    assert interval_words(nps({"10": 50, "8": 30, "2": 20})) == "between +14 and +44"
    assert interval_words(csat({4: 74, 1: 33})) == "between 60% and 77%"
    assert interval_words(mean(dict.fromkeys(range(1, 6), 1))) == "between 1.0 and 5.0"
    assert value_words(nps({"10": 50, "8": 30, "2": 20})) == "+30"
    assert value_words(csat({4: 74, 1: 33})) == "69%"
    assert value_words(mean({4: 3, 5: 1})) == "4.3"


def test_a_metric_of_nothing_is_said_so():
    assert value_words(nps({})) == "no answers yet"
    assert interval_words(nps({})) == ""
    assert interval_words(Metric("mean", 4, None, None, 1)) == ""


def test_counts_agree_with_their_noun():
    assert [answers_words(n) for n in (0, 1, 212)] == ["no answers yet", "1 answer", "212 answers"]
    assert [people_words(n) for n in (0, 1, 1212)] == ["no people yet", "1 person", "1,212 people"]
    assert [comments_words(n) for n in (0, 1, 2)] == ["no comments yet", "1 comment", "2 comments"]
    assert [spelled(n) for n in (1, 2, 5, 10, 11)] == ["1", "two", "five", "ten", "11"]


def test_too_few_answers_are_to_be_read():
    assert too_few_words(3) == "3 answers so far: too few for a score; read them"
    assert too_few_words(1) == "1 answer so far: too few for a score; read it"
    assert too_few_words(0) == "no answers yet"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 8, 1), date(2026, 10, 31), "1 Aug – 31 Oct"),
        (date(2026, 10, 1), date(2026, 10, 31), "1 – 31 Oct"),
        (date(2026, 10, 24), date(2026, 10, 24), "24 Oct"),
        (date(2025, 8, 1), date(2025, 10, 31), "1 Aug – 31 Oct 2025"),
        (date(2025, 10, 1), date(2025, 10, 31), "1 – 31 Oct 2025"),
        (date(2025, 12, 1), date(2026, 1, 31), "1 Dec 2025 – 31 Jan 2026"),
        (date(2024, 12, 1), date(2025, 1, 31), "1 Dec 2024 – 31 Jan 2025"),
        (date(2026, 8, 1), None, "since 1 Aug"),
        (None, date(2025, 8, 1), "until 1 Aug 2025"),
        (None, None, "all time"),
    ],
)
def test_periods_name_the_year_where_it_is_not_this_one(start, end, said):
    assert period_words(start, end, today=TODAY) == said


@pytest.mark.parametrize(
    ("people", "told", "verdict", "so_far", "said"),
    [
        (17, 9, "more", False, "17 people left in October. That is more than usual, and 9 of them told us why."),
        (
            17,
            9,
            "more",
            True,
            "17 people have left in October so far. That is more than usual by now, and 9 of them told us why.",
        ),
        (
            2,
            2,
            "usual",
            False,
            "2 people left in October. That is about as many as usual, and both of them told us why.",
        ),
        (2, 0, "less", False, "2 people left in October. That is less than usual, but neither of them told us why."),
        (5, 0, "more", False, "5 people left in October. That is more than usual, but none of them told us why."),
        (
            5,
            1,
            "usual",
            False,
            "5 people left in October. That is about as many as usual, and one of them told us why.",
        ),
        (5, 5, "less", False, "5 people left in October. That is less than usual, and all of them told us why."),
        (
            1869,
            1200,
            "unknown",
            False,
            "1,869 people left in October, and 1,200 of them told us why. It is too early to say what is usual.",
        ),
        (1, 1, "usual", False, "One person left in October. That is about as many as usual, and they told us why."),
        (
            1,
            0,
            "unknown",
            True,
            "One person has left in October so far, but they did not tell us why. "
            "It is too early to say what is usual.",
        ),
        (0, 0, "usual", False, "Nobody left in October."),
        (0, 0, "unknown", True, "Nobody has left in October so far."),
        (0, 0, "less", False, "Nobody left in October. That is less than usual."),
        (0, 0, "less", True, "Nobody has left in October so far. That is less than usual by now."),
    ],
)
def test_the_first_sentence_has_a_form_for_everything(people, told, verdict, so_far, said):
    pieces = lost_sentence("October", people, told_why=told, usual_verdict=verdict, so_far=so_far)
    assert plain(pieces) == said


def test_the_numbers_of_the_sentence_open_their_people():
    pieces = lost_sentence("October", 17, told_why=9, usual_verdict="more", so_far=False)
    assert [(piece.text, piece.link, piece.count) for piece in pieces if piece.link] == [
        ("17 people", "lost", 17),
        ("9 of them", "told", 9),
    ]


@given(
    st.integers(0, 5000),
    st.integers(0, 5000),
    st.sampled_from(["more", "less", "usual", "unknown"]),
    st.booleans(),
)
def test_every_sentence_ends_well_and_opens_only_people_who_are_there(people, told, verdict, so_far):
    pieces = lost_sentence("May", people, told_why=told, usual_verdict=verdict, so_far=so_far)
    said = plain(pieces)
    assert said.endswith(".")
    assert "  " not in said
    assert "None" not in said
    assert {piece.link for piece in pieces if piece.link} <= {"lost", "told"}
    assert all(0 < piece.count <= people for piece in pieces if piece.link)
