"""What the outbox is asked again and again is found by an index, however many letters there are."""

import pytest
from sqlalchemy import event

from survey.foundation.db import db, write
from survey.letters import queries
from survey.letters.actions import take
from tests.factories.letters import NOW, make_letter


@pytest.fixture
def asked(sqlite_app):
    found = []

    def keep(connection, _cursor, statement, parameters, *_more):
        found.append((statement, parameters))

    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", keep)
    return found


def plan_of(asked, words):
    statement, parameters = next(one for one in asked if words in one[0])
    with db.engine.connect() as connection:
        return "; ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))


def test_the_next_letter_is_found_without_sorting_those_that_wait(asked):
    make_letter()
    write(lambda: take(without_domains=(), now=NOW))
    plan = plan_of(asked, "ORDER BY letter.due_at")
    assert "ix_letter_due" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(("such", "index"), [({"state": "sent"}, "ix_letter_state"), ({}, "")])
def test_a_page_of_the_outbox_sorts_nothing(asked, such, index):
    make_letter()
    queries.letters(**such)
    plan = plan_of(asked, "ORDER BY letter.id DESC")
    assert index in plan
    assert "TEMP B-TREE" not in plan


def test_a_page_of_a_mailings_letters_sorts_nothing(asked):
    letter = make_letter()
    queries.letters(mailing_id=letter.id, state="sent")
    plan = plan_of(asked, "ORDER BY letter.id DESC")
    assert "ix_letter_mailing" in plan
    assert "TEMP B-TREE" not in plan
