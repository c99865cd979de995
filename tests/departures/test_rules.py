from dataclasses import dataclass
from datetime import date

import pytest

from survey.departures.rules import (
    AT_LENGTH,
    NOT_KNOWN,
    OWN,
    Given,
    ReasonCount,
    ReasonRow,
    given_in_answer,
    heard,
    is_ours,
    key_of,
    lost_words,
    named_most,
    primary_of,
    reason_counts,
    reason_label,
    stay_meant,
    usual_words,
)
from survey.results.rules.lost import plain
from survey.results.rules.periods import period

TODAY = date(2026, 10, 20)


def test_a_short_text_is_heard_with_the_code_it_is_known_by():
    assert heard("Price too high") == (Given("P1", "Price too high"),)
    assert heard(" My dog ate it ") == (Given(None, "My dog ate it"),)
    assert heard("it rose", "P2") == (Given("P2", "it rose"),)
    assert heard(None, "P2") == (Given("P2", ""),)
    assert heard("  ") == heard(None) == ()


def test_an_exit_answer_gives_its_ticks_first_and_then_what_was_written_beside_them():
    answers = {"reasons": {"codes": ["A2", "P2"], "other": "the parrot"}, "words": "long text", "better_value": "yes"}
    assert given_in_answer(("A2", "P2"), answers) == (Given("A2"), Given("P2"), Given(None, "the parrot"))


def test_the_same_reason_ticked_and_written_is_one():
    assert given_in_answer(("P1",), {"reasons": {"codes": ["P1"], "other": "Price too high"}}) == (Given("P1"),)


@pytest.mark.parametrize(
    ("codes", "primary"), [((), None), (("A2", "P2"), 0), (("Z2", "P2"), 1), (("Z2",), 0), ((None, "P2"), 0)]
)
def test_the_reason_that_counts_is_the_first_that_tells_anything(codes, primary):
    assert primary_of([Given(code, "" if code else "words") for code in codes]) == primary


def test_every_first_reason_has_one_key():
    said = [("A2", ""), ("Z2", "Don't know"), (None, None), (None, "short"), (None, "x" * 61), (None, "x" * 60)]
    assert [key_of(*one) for one in said] == ["A2", NOT_KNOWN, NOT_KNOWN, "own:short", AT_LENGTH, OWN + "x" * 60]


def test_reasons_come_with_the_most_people_first_then_what_is_not_ours_then_what_is_not_known():
    rows = [
        ReasonRow("U2", "", "EUR", 9, 900), ReasonRow("Z2", "Don't know", "EUR", 5, None), ReasonRow(None, None, None, 4, None),
        ReasonRow("A2", "", "EUR", 2, 200), ReasonRow("A2", "waiting", "USD", 1, 50), ReasonRow("P1", "", None, 2, None),
        ReasonRow(None, "my dog", "EUR", 1, -10),
    ]  # fmt: skip
    counts = reason_counts(rows)
    assert [(row.label, row.people, row.is_ours, row.is_known) for row in counts] == [
        ("Waiting", 3, True, True), ("Price too high", 2, True, True), ("“my dog”", 1, True, True),
        ("Moved away", 9, False, True), ("Not known", 9, False, False),
    ]  # fmt: skip
    assert [dict(row.values) for row in counts] == [{"EUR": 200, "USD": 50}, {}, {"EUR": -10}, {"EUR": 900}, {}]
    assert sum(row.people for row in counts) == sum(row.people for row in rows)
    assert [row.code for row in counts] == ["A2", "P1", None, "U2", None]


def test_a_reason_is_called_what_leaders_call_it_or_as_it_was_said():
    called = [reason_label(key) for key in ("A2", NOT_KNOWN, "own:x: y", "said:x", AT_LENGTH)]
    assert called == ["Waiting", "Not known", "“x: y”", "“x”", "In words of their own"]


@dataclass(frozen=True)
class Stay:
    started_on: date | None
    ended_on: date | None


def test_who_says_why_they_left_speaks_of_the_last_stay_that_had_begun():
    first, now = Stay(date(2020, 1, 1), date(2021, 1, 1)), Stay(date(2024, 1, 1), None)
    assert stay_meant([first, now], date(2026, 1, 1)) == now
    assert stay_meant([first, now], date(2022, 1, 1)) == first
    assert stay_meant([now], date(2022, 1, 1)) is None
    assert stay_meant([Stay(None, None)], date(2022, 1, 1)) == Stay(None, None)


def _said(name, people, told, usual="unknown"):
    return plain(lost_words(period(name, TODAY), people, told=told, usual=usual, today=TODAY))


def test_the_sentence_has_a_form_for_every_number():
    assert _said("all", 1869, 1739) == "1,869 people have left, and 1,739 of them told us why."
    assert _said("all", 1, 1) == "One person has left, and they told us why."
    assert _said("all", 1, 0) == "One person has left, but they did not tell us why."
    assert _said("all", 0, 0) == "Nobody has left."
    assert _said("all", 3, 0) == "3 people have left, but none of them told us why."
    assert _said("all", 3, 1) == "3 people have left, and one of them told us why."
    assert _said("12-months", 3, 3) == "3 people left in the last 12 months, and all of them told us why."
    assert _said("all", 2, 2) == "2 people have left, and both of them told us why."
    assert _said("3-months", 0, 0) == "Nobody left in the last 3 months."


def test_a_month_is_compared_with_the_months_before():
    assert _said("this-month", 17, 9, "more") == (
        "17 people have left in October so far. That is more than usual by now, and 9 of them told us why."
    )
    assert _said("2026-09", 17, 9, "usual").startswith("17 people left in September. That is about as many as usual")


def _counts(**people):
    return [ReasonCount(code, code, reason_label(code), n, {}, is_ours=is_ours(code)) for code, n in people.items()]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ({"A2": 9, "S2": 2, "P2": 2}, "Waiting is named most: 9 of 13. Too few to be sure."),
        ({"A2": 30, "P2": 2}, "Waiting is named most: 30 of 32."),
        ({"A2": 3, "P2": 3}, "Price rise and waiting are named most, equally often."),
        ({"A2": 3, "P2": 3, "S2": 3}, "No reason of ours stands out."),
        ({"A2": 1}, ""),
        ({}, ""),
        ({"A2": 30, "U2": 40}, "Of what is ours to fix, waiting is named most: 30 of 70."),
    ],
)
def test_what_is_named_most_is_said_only_as_far_as_it_is_sure(people, words):
    assert named_most(_counts(**people), sum(people.values())) == words


@pytest.mark.parametrize(
    ("day", "words"), [(1, "1st"), (2, "2nd"), (11, "11th"), (13, "13th"), (22, "22nd"), (23, "23rd")]
)
def test_what_is_usual_is_said_by_a_day_or_for_a_month(day, words):
    assert usual_words(7, date(2026, 11, day)) == f"Usual by the {words}: about 7."
    assert usual_words(7, None) == "Usual in a month: about 7."
    assert usual_words(0, None) == "Usual in a month: hardly anybody."
    assert usual_words(None, None) == ""
