"""No order tells when an anonymous answer came: not the rows, not their transactions, not the bytes of the file.

People answer in a known order. Afterwards everything that the database can be asked is laid beside that order, several times:
one shuffled list may look like another by chance, a place that keeps the order looks like it every time.
"""

import random
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import text

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.responses.jobs import mix_answers
from survey.results.queries import counts, differences
from survey.text.models import Comment
from tests.factories.surveys import hidden, make_person, personal_link, with_questions

RUNS = 5
PEOPLE = 20
# Kendall's tau of two lists of 20 that have nothing to do with each other strays by .16; the mean of five by .07.
TOO_ALIKE = 0.35
QUESTIONS = [
    {"key": "grade", "kind": "rating", "words": "How was it?", "settings": {"points": 10}},
    {"key": "why", "kind": "text", "words": "Why?"},
]


def answer_all(app, run, *, at_once):
    """Twenty people answer, one after another; the worker comes by each time that so many have."""
    made = with_questions(QUESTIONS, slug=f"run-{run}", privacy="anonymous")
    people = [make_person(f"Person {number}") for number in range(PEOPLE)]
    links = [personal_link(made, person) for person in people]
    order = list(range(PEOPLE))
    random.Random(run).shuffle(order)
    client = app.test_client()
    for place, number in enumerate(order, 1):
        page = hidden(client.get(links[number]).text)
        sent = {**page, "grade": str(number % 10 + 1), "why": f"words of {number:02} in run {run}"}
        assert client.post(links[number], data=sent).status_code == 303
        if place % at_once == 0:
            app.extensions["hearback.work_off"]()
    app.extensions["hearback.work_off"]()
    db.session.rollback()
    return made, people, order


def agreement(order, places):
    """Kendall's tau of the order of answering and of places, which may be shared: 1 where they agree, 0 where they do not."""
    pairs = list(combinations(order, 2))
    signs = [(places[one] < places[other]) - (places[one] > places[other]) for one, other in pairs]
    return sum(signs) / len(pairs)


def is_sqlite():
    return db.session.get_bind().dialect.name == "sqlite"


SQLITE = {"rowid": "rowid"}
POSTGRESQL = {
    "ctid": "(ctid::text::point)[0] * 1000 + (ctid::text::point)[1]",
    "xmin": "xmin::text::bigint",
    "cmin": "cmin::text::bigint",
    "xmax": "xmax::text::bigint",
}


def places_of(table, number, where):
    """For each thing that a row tells besides its columns: whose number stands where."""
    found = {}
    for name, tells in (SQLITE if is_sqlite() else POSTGRESQL).items():
        rows = db.session.execute(text(f"SELECT {number} AS number, {tells} AS place FROM {table} WHERE {where}")).all()
        found[name] = {int(row.number): row.place for row in rows}
    return found


def survey_is(made):
    return f"= X'{made.id.hex}'" if is_sqlite() else f"= '{made.id}'"


def everything_that_tells(made, people):
    """All places of a run, by what tells them."""
    in_answers = "substr(answers ->> 'why', 10, 2)"
    mine = f"survey_id {survey_is(made)}"
    asked = {
        "response": ("response", in_answers, mine),
        "comment": ("comment", "substr(text, 10, 2)", mine),
        "participation": (
            "participation JOIN invitation ON invitation.id = participation.invitation_id JOIN person ON person.id = person_id",
            "substr(person.name, 8)", f"invitation.{mine}",
        ),
        "rollup": ("rollup", "CAST(value AS INTEGER) - 1", f"{mine} AND question = 'grade' AND segment = ''"),
    }  # fmt: skip
    found = {}
    for name, (table, number, where) in asked.items():
        tells = places_of(table, number, where) if name != "participation" else _participation(number, where, table)
        found |= {f"{name}.{one}": places for one, places in tells.items()}
    ids = db.session.execute(text(f"SELECT {in_answers} AS n, id, form_id FROM response WHERE {mine}")).all()
    found["response.id"] = {int(row.n): str(row.id) for row in ids}
    found["response.form_id"] = {int(row.n): str(row.form_id) for row in ids}
    return found


def _participation(number, where, table):
    tells = SQLITE if is_sqlite() else POSTGRESQL
    found = {}
    for name, words in tells.items():
        words = words.replace("rowid", "participation.rowid")
        for system in ("ctid", "xmin", "cmin", "xmax"):
            words = words.replace(f"({system}::", f"(participation.{system}::") if f"({system}::" in words else words
            words = words.replace(f"{system}::text::bigint", f"participation.{system}::text::bigint")
        rows = db.session.execute(text(f"SELECT {number} AS number, {words} AS place FROM {table} WHERE {where}")).all()
        found[name] = {int(row.number): row.place for row in rows}
    return found


@pytest.mark.parametrize("at_once", [7, 1])
def test_nothing_that_the_database_can_be_asked_agrees_with_the_order_of_answering(app, at_once):
    measured: dict[str, list[float]] = {}
    for run in range(RUNS if at_once > 1 else 3):
        made, people, order = answer_all(app, run, at_once=at_once)
        for name, places in everything_that_tells(made, people).items():
            if name.startswith("rollup"):
                firsts = [number for number in order if number < 10]  # ten grades, told apart by who gave them first
                measured.setdefault(name, []).append(agreement(firsts, places))
            elif set(places) == set(order):
                measured.setdefault(name, []).append(agreement(order, places))
            else:
                assert name.startswith("participation"), name
        assert differences(made.id) == []
        assert counts(made.id)[""][""] == PEOPLE
    assert len(measured) >= 6
    limit = TOO_ALIKE if at_once > 1 else 0.45  # the mean of three strays by .09
    assert {name: found for name, found in measured.items() if abs(sum(found) / len(found)) > limit} == {}


def test_the_last_ones_of_a_day_do_not_stay_alone(app):
    """Whoever came after the last group is laid among all others of the day, once it is over."""
    made, _people, order = answer_all(app, 1, at_once=20)
    late = [personal_link(made, make_person(f"Late {number}")) for number in range(2)]
    client = app.test_client()
    for number, link in enumerate(late):
        client.post(link, data={**hidden(client.get(link).text), "why": f"words of {50 + number} in run 1"})
    app.extensions["hearback.work_off"]()
    assert waiting() == 2
    with time_machine.travel(now() + timedelta(days=1, hours=1), tick=False):
        mix_answers()
    assert waiting() == 0
    if not is_sqlite():
        for table in ("response", "comment"):
            together = db.session.execute(text(f"SELECT count(DISTINCT xmin::text) FROM {table}")).scalar()
            assert together == 1, table
    assert db.session.query(Comment).count() == len(order) + 2


def waiting():
    db.session.rollback()
    return db.session.execute(text("SELECT count(*) FROM response WHERE is_anonymous AND NOT is_mixed")).scalar()


def test_what_was_read_in_an_answer_stays_with_it(app):
    made, _people, _order = answer_all(app, 1, at_once=20)
    write(lambda: db.session.execute(text("UPDATE response SET is_mixed = :no"), {"no": False}))
    before = _read(made)
    mix_answers()
    assert _read(made) == before
    assert waiting() == 0


def _read(made):
    db.session.rollback()
    rows = db.session.query(Comment).filter_by(survey_id=made.id)
    return {one.id: (one.text, one.sentiment, one.response_id, [reason.code for reason in one.reasons]) for one in rows}


def test_the_bytes_of_the_file_lie_in_no_order_either(sqlite_app):
    """Pages of SQLite keep what is written where there was room, also when the numbers of the rows tell nothing."""
    measured: dict[str, list[float]] = {"database": [], "log": []}
    for run in range(RUNS):
        made, _people, order = answer_all(sqlite_app, run, at_once=7)
        ids = db.session.execute(
            text(f"SELECT substr(answers ->> 'why', 10, 2), id FROM response WHERE survey_id {survey_is(made)}")
        )
        known = {int(number): id for number, id in ids}
        db.session.rollback()
        base = Path(db.engine.url.database)
        for name, path in (("database", base), ("log", base.with_name(base.name + "-wal"))):
            content = path.read_bytes() if path.exists() else b""
            for at in range(3):  # the table and its indexes hold the id more than once
                places = {number: _nth(content, id, at) for number, id in known.items()}
                if all(place >= 0 for place in places.values()):
                    measured[name].append(agreement(order, places))
    assert len(measured["database"]) >= RUNS
    mean = sum(measured["database"]) / len(measured["database"])
    assert abs(mean) < TOO_ALIKE
    assert measured["log"] == []


def _nth(content, wanted, at):
    place = -1
    for _time in range(at + 1):
        place = content.find(wanted, place + 1)
        if place < 0:
            return -1
    return place
