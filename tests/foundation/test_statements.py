"""Statements that are composed once do what SQLAlchemy's do: the same values in and out, the same errors."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError

from survey.foundation.db import db, write
from survey.foundation.jobs import Job
from survey.foundation.statements import Statement
from survey.questionnaires.models import Survey
from survey.results.models import RollupDelta
from tests.factories.surveys import from_template

AT = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)
JOBS, DELTAS, SURVEYS = Job.__table__, RollupDelta.__table__, Survey.__table__


def _job(**changes):
    return {"id": uuid4(), "kind": "kind", "subject": uuid4(), "run_after": AT, "attempts": 0, **changes}


def _found(table, id):
    return Statement(select(table).where(table.c.id == bindparam("id"))).find(id=id)


@pytest.mark.usefixtures("app")
class TestRows:
    def test_what_is_stored_is_what_sqlalchemy_reads(self):
        row = _job(run_after=AT.astimezone(tz=None) + timedelta(hours=1))
        assert write(lambda: Statement(JOBS.insert()).store(row))
        stored = db.session.get_one(Job, row["id"])
        assert {name: getattr(stored, name) for name in row} == row
        assert stored.lease_until is None

    def test_documents_days_and_small_numbers_come_back_as_they_were(self):
        row = {
            "id": uuid4(), "survey_id": uuid4(), "month": AT.date(), "sign": -1,
            "segments": {"Straße": "Ω", "": ""}, "cells": {"nps": ["9", "O'Neil %s ?"]},
        }  # fmt: skip
        write(lambda: Statement(DELTAS.insert()).store(row))
        assert _found(DELTAS, row["id"]) == tuple(row[column.name] for column in DELTAS.c)

    def test_what_sqlalchemy_stored_is_found_with_its_types(self):
        survey = from_template()
        found = dict(zip(SURVEYS.c.keys(), _found(SURVEYS, survey.id), strict=True))
        names = ("id", "slug", "is_listed", "draft", "created_at", "closed_at", "embed_origins", "response_limit")
        assert {name: found[name] for name in names} == {name: getattr(survey, name) for name in names}

    def test_nothing_is_found_where_there_is_nothing(self):
        assert _found(JOBS, uuid4()) is None

    def test_a_row_that_is_there_already_is_left_out_and_that_is_said(self, app):
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        once, row = Statement(insert(JOBS).on_conflict_do_nothing(index_elements=["id"])), _job()
        assert [write(lambda: once.store(row)) for _ in range(3)] == [True, False, False]

    def test_a_broken_promise_is_told_as_sqlalchemy_tells_it(self):
        row = _job()
        write(lambda: Statement(JOBS.insert()).store(row))
        with pytest.raises(IntegrityError):
            write(lambda: Statement(JOBS.insert()).store(row))

    def test_the_rows_of_a_statement_all_name_the_same_columns(self):
        add, row = Statement(JOBS.insert()), _job()
        write(lambda: add.store(row))
        for other in (_job(error="one more"), {name: row[name] for name in row if name != "attempts"}):
            with pytest.raises(TypeError, match="composed for"):
                write(lambda other=other: add.store(other))

    def test_a_failing_function_takes_its_rows_along(self):
        def fail():
            Statement(JOBS.insert()).store(_job())
            raise KeyError("no")

        with pytest.raises(KeyError, match="no"):
            write(fail)
        assert db.session.scalars(select(Job)).all() == []


@pytest.mark.usefixtures("app")
class TestConnections:
    def test_a_reader_gives_its_connection_back_at_once(self):
        before = db.engine.pool.checkedout()
        for _ in range(50):
            assert _found(JOBS, uuid4()) is None
        assert db.engine.pool.checkedout() == before

    def test_a_reader_sees_what_was_written_a_moment_ago(self):
        for _ in range(5):
            row = _job()
            write(lambda row=row: Statement(JOBS.insert()).store(row))
            assert _found(JOBS, row["id"])[0] == row["id"]

    def test_outside_of_a_write_nothing_is_stored(self):
        with pytest.raises(DBAPIError):
            Statement(JOBS.insert()).store(_job())
        db.session.rollback()


def _append(kind):
    def fn():
        JOBS_ADDED.append(_job(kind=kind))
        return kind

    return fn


def _fail_after(kind):
    def fn():
        JOBS_ADDED.append(_job(kind=kind))
        raise KeyError(kind)

    return fn


def _kinds():
    return set(db.session.scalars(select(Job.kind)))


JOBS_ADDED = Statement(JOBS.insert())


class TestRowsTogether:
    def test_rows_that_wait_are_stored_by_one_statement_and_those_of_a_failing_function_never(self, in_one_group):
        functions = [_append("A"), _append("B"), _fail_after("C"), _append("D")]
        results = in_one_group(functions, together=[True] * 4)
        assert results[:2] == ["A", "B"]
        assert isinstance(results[2], KeyError)
        assert _kinds() == {"A", "B", "D"}

    def test_a_function_that_looks_finds_the_rows_of_all_before_it(self, in_one_group):
        functions = [_append("A"), _append("B"), _kinds, _append("C"), _kinds]
        results = in_one_group(functions, together=[True, True, False, True, False])
        assert (results[2], results[4]) == ({"A", "B"}, {"A", "B", "C"})
        assert _kinds() == {"A", "B", "C"}

    def test_where_nobody_asked_for_it_a_row_is_there_at_once(self, app):
        def fn():
            JOBS_ADDED.append(_job(kind="A"))
            return _kinds()

        assert write(fn) == {"A"}

    def test_on_both_databases_they_are_there_after_the_write(self, app):
        assert write(_append("A"), together=True) == "A"
        with pytest.raises(KeyError):
            write(_fail_after("B"), together=True)
        assert _kinds() == {"A"}

    def test_a_row_that_cannot_be_stored_is_told_to_the_whole_group(self, in_one_group):
        row = _job(kind="A")

        def twice():
            JOBS_ADDED.append(row)
            JOBS_ADDED.append(row)

        results = in_one_group([_append("B"), twice], together=[True, True])
        assert [type(result) for result in results] == [IntegrityError, IntegrityError]
        assert _kinds() == set()


def _store(kind, *, calls=None, fails=False):
    """A function that stores a row at once, beside one that waits; it may fail afterwards."""

    def fn():
        if calls is not None:
            calls.append(kind)
        Statement(JOBS.insert()).store(_job(kind=kind))
        JOBS_ADDED.append(_job(kind=f"{kind} waited"))
        if fails:
            raise KeyError(kind)
        return kind

    return fn


class TestWithoutSavepoints:
    def test_what_fails_after_it_stored_something_is_undone_alone_and_all_others_are_stored_once(self, in_one_group):
        functions = [_store("A"), _store("B", fails=True), _store("C"), _store("D", fails=True), _store("E")]
        results = in_one_group(functions, together=[True] * 5)
        assert (results[0], results[2], results[4]) == ("A", "C", "E")
        assert [type(results[place]) for place in (1, 3)] == [KeyError, KeyError]
        kinds = sorted(db.session.scalars(select(Job.kind)))
        assert kinds == ["A", "A waited", "C", "C waited", "E", "E waited"]

    def test_whoever_did_not_agree_to_it_is_run_once_whatever_comes_before_or_after(self, in_one_group):
        calls = []
        functions = [_store("A"), _store("alone", calls=calls), _store("B", fails=True), _store("C")]
        results = in_one_group(functions, together=[True, False, True, True])
        assert (results[0], results[1], results[3]) == ("A", "alone", "C")
        assert calls == ["alone"]
        kinds = sorted(db.session.scalars(select(Job.kind)))
        assert kinds == ["A", "A waited", "C", "C waited", "alone", "alone waited"]

    def test_a_refusal_that_changed_nothing_lets_nobody_do_it_again(self, in_one_group):
        calls = []

        def refuse():
            raise KeyError("full")

        results = in_one_group([_store("A", calls=calls), refuse, _store("B", calls=calls)], together=[True] * 3)
        assert isinstance(results[1], KeyError)
        assert calls == ["A", "B"]
