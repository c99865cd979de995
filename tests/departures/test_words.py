"""What words mean: a leader chooses, what was stated and what comes later counts by it, and what people said stays."""

from datetime import date

from survey.customers.actions import end_stay
from survey.departures.actions.words import give_meaning
from survey.departures.queries import count_lost, departures_of
from survey.departures.queries.words import words_and_codes
from survey.foundation.db import db, write
from tests.departures.conftest import NOW, entry

LEFT = date(2026, 9, 1)


def give(**wanted):
    return write(
        lambda: give_meaning({words.replace("_", " "): code for words, code in wanted.items()}, by=None, now=NOW)
    )


def codes(person):
    db.session.expire_all()
    return [(reason.code, reason.words) for reason in departures_of(person.id)[0].reasons]


def test_what_was_stated_counts_by_the_choice_in_every_spelling_and_the_words_stay(app, recorded):
    one, other, third = recorded(
        entry("1", LEFT, "The ghost"), entry("2", LEFT, "the GHOST!"), entry("3", LEFT, "Attitude of support person")
    )
    assert [(meant.key, meant.people, meant.code) for meant in words_and_codes()] == [
        ("the ghost", 2, None), ("attitude of support person", 1, "E1"),
    ]  # fmt: skip
    assert give(The_ghost="S1", Attitude_of_support_person="E3") == (2, 3)
    assert codes(one) == [("S1", "The ghost")]
    assert codes(other) == [("S1", "the GHOST!")]
    assert codes(third) == [("E3", "Attitude of support person")]
    assert count_lost(reason="S1") == 2

    (later,) = recorded(entry("4", LEFT, "THE GHOST"))
    assert codes(later) == [("S1", "THE GHOST")]

    assert give(the_ghost=None, attitude_of_support_person=None) == (2, 4)
    assert codes(one) == [(None, "The ghost")]
    assert codes(third) == [("E1", "Attitude of support person")]
    assert give(the_ghost=None) == (0, 0)


def test_a_code_that_somebody_chose_after_listening_stays(app, recorded):
    (somebody,) = recorded(entry("1"))
    id = somebody.id
    write(lambda: end_stay(id, on=LEFT, source="staff", reason="The ghost", code="P1"))
    assert give(The_ghost="S1") == (1, 0)
    assert codes(somebody) == [("P1", "The ghost")]
