"""The one way to write: durable, grouped, undone alone, and nothing else may write."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from survey.foundation.clock import now
from survey.foundation.db import DURABLE, connection, db, new_id, pragmas, write
from survey.foundation.jobs import Heartbeat, Job, add, beat, last_beat


def _jobs() -> int:
    return db.session.scalar(select(func.count()).select_from(Job))


def test_what_is_written_is_there_for_the_next_reader(app):
    assert _jobs() == 0
    write(lambda: add("kind", new_id()))
    assert _jobs() == 1


def test_a_failing_function_is_undone_and_its_error_comes_back(app):
    def fail():
        add("kind", new_id())
        raise KeyError("no")

    with pytest.raises(KeyError):
        write(fail)
    assert _jobs() == 0


def test_many_writers_at_once_all_get_in_and_a_failing_one_harms_no_other(app):
    def work(number):
        def fn():
            add("kind", new_id())
            if number % 5 == 0:
                raise KeyError(number)
            return number

        with app.app_context():
            try:
                return write(fn)
            except KeyError:
                return None

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(100)))
    assert results == [None if number % 5 == 0 else number for number in range(100)]
    assert _jobs() == 80


def test_a_broken_promise_of_the_database_undoes_its_own_function_alone(app):
    def twice(number):
        def fn():
            add("kind", new_id())
            db.session.add(Heartbeat(name="one" if number % 5 == 0 else f"worker {number}", at=now()))

        with app.app_context():
            try:
                write(fn)
            except IntegrityError:
                return False
            return True

    write(lambda: db.session.add(Heartbeat(name="one", at=now())))
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(twice, range(50)))
    assert results == [number % 5 != 0 for number in range(50)]
    assert _jobs() == 40


def test_rows_of_the_connection_and_of_the_session_are_undone_together(app):
    def fail():
        db.session.add(Heartbeat(name="worker", at=now()))
        db.session.flush()
        connection().execute(Heartbeat.__table__.insert(), {"name": "worker", "at": now()})

    with pytest.raises(IntegrityError):
        write(fail)
    assert last_beat() is None


def test_a_write_inside_a_write_joins_it(app):
    def outer():
        write(lambda: add("kind", new_id()))
        raise KeyError("undo both")

    with pytest.raises(KeyError):
        write(outer)
    assert _jobs() == 0


def test_a_session_outside_write_cannot_write(app):
    db.session.add(Heartbeat(name="worker", at=now()))
    with pytest.raises(DBAPIError):
        db.session.commit()
    db.session.rollback()


def test_connections_are_durable(app):
    assert pragmas() in ({}, DURABLE)


def test_the_heartbeat_is_kept_once(app):
    beat()
    beat()
    assert last_beat() is not None


def test_a_connection_that_the_server_closed_is_made_anew_before_anybody_notices(app):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server")
    write(lambda: add("kind", new_id()))
    assert _jobs() == 1
    db.session.rollback()
    with psycopg.connect(app.extensions["hearback.config"].database_url.replace("+psycopg", "")) as other:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        assert other.execute(f"SELECT count(pg_terminate_backend(pid, 5000)) {others}").fetchone()[0] >= 2
    write(lambda: add("kind", new_id()))
    assert _jobs() == 2
