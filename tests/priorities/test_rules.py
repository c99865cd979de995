"""When a reason is a priority, and in which state it is."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from survey.priorities.rules import Base, Loss, State, base_of, due, is_neglected, repeats, state_of, threshold, window

TODAY = date(2026, 11, 22)


@dataclass
class Fact:
    code: str | None = "A2"
    priority_since: date = TODAY
    settled_on: date | None = None
    is_owned: bool = False


@pytest.mark.parametrize(("people", "least"), [(0, 3), (29, 3), (30, 3), (31, 4), (40, 4), (41, 5), (200, 20)])
def test_three_people_or_a_tenth_whichever_is_more(people, least):
    assert threshold(people) == least


def test_the_window_is_ninety_days_the_present_one_included():
    since, until = window(TODAY)
    assert (until - since).days + 1 == 90


@pytest.mark.parametrize(
    ("fact", "is_answered", "state"),
    [
        (Fact(), False, State.PRIORITY),
        (Fact(), True, State.PRIORITY),
        (Fact(is_owned=True), False, State.OWNED),
        (Fact(is_owned=True), True, State.ACTING),
        (Fact(is_owned=True, settled_on=TODAY), True, State.SETTLED),
    ],
)
def test_the_state_follows_from_the_facts(fact, is_answered, state):
    assert state_of(fact, is_answered=is_answered) == state


def test_a_week_without_an_owner_is_too_long():
    assert not is_neglected(Fact(priority_since=TODAY - timedelta(days=6)), TODAY)
    assert is_neglected(Fact(priority_since=TODAY - timedelta(days=7)), TODAY)
    assert not is_neglected(Fact(priority_since=TODAY - timedelta(days=99), is_owned=True), TODAY)


def test_what_we_do_not_control_and_do_not_know_is_no_base_and_no_priority():
    losses = [
        Loss("A2", TODAY, 3),
        Loss("U2", TODAY, 9),
        Loss("Z1", TODAY, 5),
        Loss(None, TODAY, 4),
        Loss("F1", TODAY, 0),
    ]
    assert base_of(losses) == Base(controllable=3, apart=9, unknown=9)
    assert due(losses, {}) == {"A2": 3}


def test_two_are_too_few_and_a_tenth_is_counted_of_what_we_control_alone():
    assert due([Loss("A2", TODAY, 2)], {}) == {}
    crowd = [Loss("A2", TODAY, 3), Loss("P2", TODAY, 40), Loss("U2", TODAY, 500)]
    assert due(crowd, {}) == {"P2": 40}  # 43 people: five are needed


def test_an_open_one_is_left_alone_and_a_settled_one_comes_back_by_those_who_left_since():
    settled = TODAY - timedelta(days=10)
    before, after = Loss("A2", settled, 9), Loss("A2", TODAY, 3)
    assert due([before, after], {"A2": None}) == {}
    assert due([before], {"A2": settled}) == {}
    assert due([before, after], {"A2": settled}) == {"A2": 3}


def test_repeats_are_those_who_left_after_the_day_of_shipping():
    losses = [Loss("A2", TODAY, 2), Loss("A2", TODAY + timedelta(days=1), 3), Loss("P2", TODAY + timedelta(days=1), 7)]
    assert repeats(losses, "A2", TODAY) == 3
    assert repeats(losses, "A2", None) is None
