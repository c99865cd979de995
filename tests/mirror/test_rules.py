"""How long ago in words, which month is next, and what a review says."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from survey.departures.rules import ReasonRow, reason_counts
from survey.foundation.errors import NotFound
from survey.mirror.rules import (
    CONVERSATION,
    VISIT,
    ago_words,
    done_words,
    last_talk_words,
    lost_headline,
    month_after,
    month_before,
    month_due,
    month_named,
    next_month,
    ranking_words,
    sides,
    title_from,
    top_of,
)

TODAY = date(2026, 11, 22)


@dataclass
class Time:
    kind: str
    day: date


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "yesterday"), (12, "12 days ago")])
def test_how_long_ago(days, words):
    assert ago_words(TODAY - timedelta(days=days), TODAY) == words


def test_the_sentence_of_the_mirror():
    assert last_talk_words(None, TODAY) == "You have not noted a talk with a customer yet"
    assert last_talk_words(TODAY, TODAY) == "You spoke with a customer today"
    assert last_talk_words(TODAY - timedelta(days=12), TODAY) == "You last spoke with a customer 12 days ago"


def test_the_sides_count_ninety_days_and_remember_the_last_time():
    times = [Time(CONVERSATION, TODAY), Time(CONVERSATION, TODAY - timedelta(days=89)), Time(CONVERSATION, TODAY - timedelta(days=90)),
             Time(VISIT, TODAY - timedelta(days=200))]  # fmt: skip
    found = {side.kind: (side.last, side.count, side.ever) for side in sides(times, TODAY)}
    assert found[CONVERSATION] == (TODAY, 2, 3)
    assert found[VISIT] == (TODAY - timedelta(days=200), 0, 1)
    assert found["own_customer"] == (None, 0, 0)


def test_months():
    assert (month_before(date(2026, 1, 1)), month_after(date(2026, 12, 1))) == (date(2025, 12, 1), date(2027, 1, 1))
    assert month_due(TODAY) == date(2026, 10, 1)
    assert next_month(False, TODAY) == date(2026, 10, 1)
    assert next_month(True, TODAY) == date(2026, 11, 1)
    assert month_named("2026-09") == date(2026, 9, 1)
    for wrong in ("2026-13", "0000-01", "2026-9", "2026-09-01", "3000-01", "last"):
        with pytest.raises(NotFound):
            month_named(wrong)


def test_ties_are_said_and_shown():
    counts = reason_counts([ReasonRow(code, "", None, people, None) for code, people in (("A2", 4), ("P2", 2), ("S2", 1), ("X1", 1), ("E2", 1))])  # fmt: skip
    assert [one.people for one in top_of(counts)] == [4, 2, 1, 1, 1]
    assert ranking_words(counts) == "The first two are too close to rank."
    clear = reason_counts([ReasonRow("A2", "", None, 30, None), ReasonRow("P2", "", None, 2, None)])
    assert ranking_words(clear) == f"{clear[0].label} leads."
    assert ranking_words([]) == ""


def test_what_a_review_says():
    assert lost_headline(0, "October") == "Nobody left in October"
    assert lost_headline(1, "October") == "One person left in October"
    assert lost_headline(17, "October") == "17 people left in October"
    assert done_words(0, 0) == "No decisions were recorded."
    assert done_words(1, 3) == "1 of 3 decisions are done."
    assert done_words(3, 3) == "All 3 decisions are done."


def test_a_title_is_the_first_sentence_or_as_much_of_it_as_fits():
    assert title_from("Nobody answers the phone. I waited long.", 160) == "Nobody answers the phone"
    assert title_from("word " * 50, 30) == "word word word word word…"
    assert len(title_from("x" * 500, 160)) <= 160
