"""What parts everybody who left adds up to all of them, opens exactly its people, and equals a recount in plain Python."""

from collections import Counter
from datetime import UTC, date, datetime
from math import isclose

import pytest
from sqlalchemy import Engine, event, insert

from survey.customers.actions import record_all
from survey.departures import queries
from survey.departures.models import Departure, DepartureReason
from survey.departures.pages import parts
from survey.departures.rules import (
    ANSWERED,
    ANSWERED_BEFORE,
    ASKED,
    CALLED,
    CONTROL_UNKNOWN,
    CONTROLLABLE,
    DECISION_UNKNOWN,
    ENDED_BY_US,
    LIFE,
    NEVER_ASKED,
    PARTLY,
    PAYMENT,
    TOLD_OTHERWISE,
    UNCONTROLLABLE,
    VOLUNTARY,
    WORTH_MOST,
)
from survey.foundation.db import db, new_id, write
from survey.foundation.intervals import wilson
from survey.invitations.models import Invitation
from survey.reasons.rules import REASONS
from survey.results.rules.periods import EVER, period
from tests.departures.conftest import NOW, entry
from tests.factories.people import sign_in
from tests.factories.surveys import answer, from_template

SEP, OCT = date(2026, 9, 10), date(2026, 10, 5)
TODAY = date(2026, 10, 20)
GIVEN = [
    ("Price too high", 9000), ("Price too high", 500), ("Moved", 700), ("card expired", 300), ("terminated by us", 100),
    ("Better offer", 50), ("Don't know", 20), ("The parrot", 10), (None, 5), (None, None), ("Deceased", 4000), ("Attitude", 60),
]  # fmt: skip
WAYS = {
    "decided": (VOLUNTARY, LIFE, PAYMENT, ENDED_BY_US, DECISION_UNKNOWN),
    "could": (CONTROLLABLE, PARTLY, UNCONTROLLABLE, CONTROL_UNKNOWN),
    "known": (ANSWERED, CALLED, TOLD_OTHERWISE, ASKED, NEVER_ASKED),
}


@pytest.fixture
def lost(recorded):
    """A dozen people with all kinds of reasons; one answered the exit survey, one was asked and did not."""
    people = recorded(*(entry(str(n), SEP if n % 2 else OCT, *said) for n, said in enumerate(GIVEN)))
    bye = from_template("exit", slug="bye")
    answer(bye, {"reasons": {"codes": ["A2"], "other": ""}}, person_id=people[8].id, voice="former_customer", on=OCT)
    asked = {"id": new_id(), "survey_id": bye.id, "person_id": people[9].id, "token_hash": "x" * 64, "created_at": NOW}
    write(lambda: db.session.execute(insert(Invitation), [asked]))
    return people


def _listed(reason, **within):
    rows, cursor = [], None
    while True:
        page = queries.lost_people(reason=reason, cursor=cursor, **within)
        rows += page.items
        if (cursor := page.next) is None:
            return rows


@pytest.mark.parametrize("within", [{}, {"since": date(2026, 10, 1), "until": date(2026, 10, 31)}])
def test_each_way_to_part_those_who_left_adds_up_to_all_and_every_number_opens_its_people(app, lost, within):
    counts = queries.count_each([key for keys in WAYS.values() for key in keys], **within)
    for keys in WAYS.values():
        assert sum(counts[key] for key in keys) == queries.count_lost(**within)
        for key in keys:
            assert len(_listed(key, **within)) == queries.count_lost(reason=key, **within) == counts[key]


def test_the_parts_equal_a_recount_in_plain_python(app, lost):
    firsts = [next((one.code for one in row.reasons if one.layer == "stated" and one.is_primary), None)
              for row in db.session.query(Departure).where(Departure.person_id.is_not(None))]  # fmt: skip
    wills = Counter(str(REASONS[code].will) if code else "-" for code in firsts)
    controls = Counter(str(REASONS[code].control) if code else "-" for code in firsts)
    found = parts.parts(EVER, queries.reason_rows())
    assert [part.people for part in found.decided] == [wills[one] for one in "VLBF-"]
    assert [part.people for part in found.could] == [controls[one] for one in "CPU-"]
    assert {part.key: part.people for part in found.known} == {ANSWERED: 1, TOLD_OTHERWISE: 9, ASKED: 1, NEVER_ASKED: 1}


def test_few_of_them_are_half_of_the_value_and_the_list_holds_just_them(app, lost):
    values = sorted((value or 0 for _reason, value in GIVEN), reverse=True)
    few = next(n for n in range(1, len(values)) if sum(values[:n]) * 2 >= sum(values))
    worth = parts.worth_most(EVER, queries.value_lost(), queries.count_valued())
    assert (worth.people, worth.valued) == (few, 11)
    assert isclose(worth.share, sum(values[:few]) / sum(values))
    assert [row.value_minor for row in _listed(WORTH_MOST)] == values[:few]


@pytest.mark.parametrize("by", ["people", "value"])
def test_reasons_in_their_order_equal_a_recount(app, lost, by):
    found = parts.reasons_in_order(EVER, by)
    assert found.people == len(GIVEN)
    assert found.lines[-1].reason.key == "not-known"
    so_far = worth = 0
    for line in found.lines:
        so_far, worth = so_far + line.reason.people, worth + line.value
        assert (line.share.low, line.share.high) == wilson(line.reason.people, len(GIVEN))
        assert isclose(line.people_so_far, so_far / len(GIVEN))
        assert isclose(line.value_so_far, worth / found.value)
    assert worth == found.value == sum(value or 0 for _reason, value in GIVEN)
    sizes = [line.reason.people if by == "people" else line.value for line in found.lines[:-1]]
    assert sizes == sorted(sizes, reverse=True)


def test_what_was_coded_after_listening_is_a_layer_of_its_own(app, lost):
    def code():
        departure = queries.departures_of(lost[0].id)[0]
        db.session.add(DepartureReason(departure_id=departure.id, layer="coded", code="E1", made_by="staff"))

    assert not queries.has_coded()
    write(code)
    assert queries.has_coded()
    coded = {row.key: row.people for row in queries.reasons_as_people(layer="coded")}
    assert coded == {"E1": 1, "not-known": len(GIVEN) - 1}
    assert [row.person_id for row in queries.lost_people(reason="E1", layer="coded").items] == [lost[0].id]
    assert queries.count_lost(reason="E1") == 1  # that is the one who stated it


def test_the_last_score_before_they_left_stands_beside_those_who_stayed(app, recorded):
    left = recorded(*(entry(f"L{n}", OCT) for n in range(6)))
    stayed = recorded(*(entry(f"S{n}") for n in range(6)))
    spring, closed = from_template(), from_template(slug="closed", privacy="confidential")
    for n, one in enumerate(left):
        answer(spring, {"nps": 10, "rating": 5}, person_id=one.id, voice="customer", on=date(2026, 1, 1))
        answer(spring, {"nps": n, "rating": 1}, person_id=one.id, voice="customer", on=SEP)
        answer(closed, {"nps": 10, "rating": 5}, person_id=one.id, voice="customer", on=SEP)
        answer(spring, {"nps": 10, "rating": 5}, person_id=one.id, voice="former_customer", on=date(2026, 10, 6))
    for one in stayed:
        answer(spring, {"nps": 10, "rating": 5}, person_id=one.id, voice="customer", on=SEP)
    told, (found,) = parts.before(EVER)
    assert told == len(_listed(ANSWERED_BEFORE)) == 6
    assert (found.slug, found.theirs.value, found.theirs.n, found.others.value, found.others.n) == (
        "spring",
        -100,
        6,
        100,
        6,
    )
    assert found.verdict.startswith("Lower")


def test_the_page_asks_as_often_for_many_people_as_for_few(sqlite_app, lost_page):
    few = lost_page(5)
    many = lost_page(60)
    assert few == many


@pytest.fixture
def lost_page(sqlite_app):
    """Count the questions that the pages about those who left ask the database."""
    client = sqlite_app.test_client()
    sign_in(client, "leader")

    def count(people):
        entries = [
            entry(f"{people}-{n}", OCT, ("Price too high", "Moved", f"own {n}")[n % 3], 100 * n) for n in range(people)
        ]
        write(lambda: record_all(entries, now=datetime(2026, 10, 20, tzinfo=UTC), is_history=True))
        client.get("/lost")  # what a process asks once is not counted
        asked = Counter()

        def listen(_connection, _cursor, statement, *_rest):
            asked[page] += 1

        event.listen(Engine, "before_cursor_execute", listen)
        try:
            for page in ("/lost", "/lost/why", "/lost?reason=worth-most", "/reasons/words"):
                assert client.get(page).status_code == 200
        finally:
            event.remove(Engine, "before_cursor_execute", listen)
        return asked

    return count


def test_the_run_counts_full_months_from_the_first_loss_on(app, recorded):
    recorded(*(entry(f"{month}-{n}", date(2025, month, 3)) for month in range(1, 13) for n in range(month)))
    run = parts.run(EVER, date(2026, 1, 15))
    assert run.months == tuple((date(2025, month, 1), month) for month in range(1, 13))
    assert run.middle == 6.5
    assert parts.run(period("2025-06", TODAY), TODAY).months[-1] == (date(2025, 6, 1), 6)
