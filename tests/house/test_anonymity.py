"""Nothing that is stored leads from an anonymous answer to a person: no reference, no equal value, no order."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from survey.foundation.clock import now, today
from survey.foundation.db import db, write
from survey.invitations.models import Invitation
from survey.questionnaires.queries import newest_version
from survey.responses.models import Response
from survey.text.models import Comment
from tests.factories.surveys import from_template, hidden, make_person, personal_link

PEOPLE = 15


def survey(privacy="anonymous"):
    return from_template(privacy=privacy)


def answer_by(client, link, number):
    """One person answers by their own link; what they write tells the test, and only the test, who it was."""
    page = hidden(client.get(link).text)
    sent = client.post(link, data={**page, "nps": "9", "reason": f"words of {number:02}"})
    assert sent.status_code == 303
    return page["form.token"][:32]


def everything():
    """Every row of every table, as plain values."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        found[table.name] = [dict(row._mapping) for row in db.session.execute(table.select())]
    return found


@pytest.fixture
def answered(app, client):
    """Fifteen people answered in a known order; the worker has read what they wrote."""
    made = survey()
    links = [
        personal_link(made, make_person(f"Person {number}", email=f"p{number}@example.org")) for number in range(PEOPLE)
    ]
    order = list(range(PEOPLE))
    random.Random(7).shuffle(order)
    for number in order:
        answer_by(client, links[number], number)
    app.extensions["hearback.work_off"]()
    return order


def test_no_reference_leads_from_an_anonymous_answer_to_anybody(answered):
    tables = {table.name: table for table in db.metadata.sorted_tables}
    rows = everything()
    assert len(rows["response"]) == PEOPLE
    for row in rows["response"]:
        pointing = {
            key.column.table.name
            for column in tables["response"].columns for key in column.foreign_keys if row[column.name] is not None
        }  # fmt: skip
        assert pointing == {"survey", "survey_version"}
        assert row["submitted_at"] is None
        assert row["segments"] == {}
    pointing = {
        table.name for table in tables.values() for column in table.columns for key in column.foreign_keys
        if key.column.table.name == "response" and any(one[column.name] for one in rows[table.name])
    }  # fmt: skip
    assert pointing == {"comment"}  # and what was read in it, which points to nobody


def test_no_value_of_an_answer_stands_beside_anybody(answered):
    rows = everything()
    known = {row["id"] for row in rows["response"]} | {row["form_id"] for row in rows["response"]}
    for name in ("person", "invitation", "participation", "consent", "response_draft", "audit_entry", "departure"):
        values = {value for row in rows[name] for value in row.values() if not isinstance(value, (dict, list))}
        assert not values & known, name


def test_participation_tells_neither_day_nor_receipt_and_waits_for_others(answered):
    noted = everything()["participation"]
    assert len(noted) == PEOPLE  # three times five
    assert all(row["used_on"] is None and row["form_id"] is None for row in noted)


def _places(table):
    """Whose words lie where: in the order of the table on disk, and of its ids."""
    on_disk = "rowid" if db.session.get_bind().dialect.name == "sqlite" else "ctid"
    words = "text" if table == "comment" else "answers"
    db.session.rollback()
    found = db.session.execute(text(f"SELECT {words} AS words FROM {table} ORDER BY {on_disk}")).scalars().all()
    by_id = db.session.execute(text(f"SELECT {words} AS words FROM {table} ORDER BY id")).scalars().all()
    return [[int(str(words).split("words of ")[1][:2]) for words in some] for some in (found, by_id)]


def _agreement(order, found):
    """Kendall's tau: 1 where two orders are the same, about 0 where they have nothing to do with each other."""
    place = {number: index for index, number in enumerate(found)}
    pairs = list(itertools.combinations(order, 2))
    return sum(1 if place[one] < place[other] else -1 for one, other in pairs) / len(pairs)


@pytest.mark.parametrize("table", ["response", "comment"])
def test_no_order_of_rows_is_the_order_of_answering(answered, table):
    for found in _places(table):
        # With 15 rows |tau| is above .7 once in ten thousand shuffles.
        assert abs(_agreement(answered, found)) < 0.7


def test_no_row_of_postgresql_says_that_it_was_written_alone(answered):
    if db.session.get_bind().dialect.name == "sqlite":
        return
    for table in ("response", "comment"):
        sizes = db.session.execute(text(f"SELECT count(*) FROM {table} GROUP BY xmin::text")).scalars().all()
        assert min(sizes) >= 5, table


def test_each_link_is_one_answer_even_with_eight_copies_at_once(app):
    made = survey()
    links = [personal_link(made, make_person(f"Person {number}")) for number in range(6)]

    def send(link):
        with app.app_context():
            client = app.test_client()
            page = client.get(link).text
            if "Your answer is in" in page:
                return 200
            return client.post(link, data={**hidden(page), "nps": "9"}).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, links * 8))
    assert set(statuses) <= {200, 303}
    db.session.rollback()
    assert db.session.query(Response).count() == 6


def _row(made, **changed):
    usual = {"survey_id": made.id, "version_id": newest_version(made.id).id, "is_anonymous": True, "submitted_on": today("UTC"),
             "form_id": uuid4(), "answers": {}, "segments": {}, "doubts": []}  # fmt: skip
    return Response(**{**usual, **changed})


def test_the_database_refuses_a_row_that_would_break_the_promise(app, client):
    made = survey()
    somebody = make_person("Mira")
    link = personal_link(made, somebody)
    invitation_id = db.session.query(Invitation.id).scalar()

    def refused(work):
        with pytest.raises(IntegrityError):
            write(work)

    refused(lambda: db.session.add(_row(made, is_anonymous=False)))
    refused(lambda: db.session.add(_row(made, person_id=somebody)))
    refused(lambda: db.session.add(_row(made, submitted_at=now())))
    used = {"invitation": invitation_id, "form": "0" * 32, "day": today("UTC").isoformat()}
    refused(
        lambda: _sql(
            "INSERT INTO participation (invitation_id, form_id, used_on) VALUES (:invitation, :form, :day)", used
        )
    )
    refused(lambda: _sql("INSERT INTO participation (invitation_id, used_on) VALUES (:invitation, :day)", used))
    answer_by(client, link, 1)
    refused(lambda: _sql("UPDATE survey SET privacy = 'identified'", {}))
    refused(lambda: _sql("UPDATE response SET is_anonymous = :no", {"no": False}))


def _sql(words, values):
    here = db.session.connection()
    if here.dialect.name == "sqlite" and "invitation" in values:
        values = {**values, "invitation": values["invitation"].bytes}
    here.execute(text(words), values)


def test_the_watch_is_kept_on_every_table(app):
    names = {"response_promise", "response_promise_kept", "draft_promise", "draft_promise_kept", "participation_promise",
             "participation_promise_kept", "invitation_promise_kept", "comment_promise", "comment_promise_kept", "departure_promise",
             "departure_promise_kept", "survey_promise"}  # fmt: skip
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if is_sqlite else "SELECT tgname FROM pg_trigger"
    assert names <= set(db.session.execute(text(asked)).scalars())
    assert "comment" in inspect(db.engine).get_table_names()
    assert Comment.__tablename__ == "comment"
