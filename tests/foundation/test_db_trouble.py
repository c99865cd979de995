"""When the disk is full or somebody else holds the database: nothing confirmed is lost, nobody waits for ever."""

import fcntl
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from survey.foundation import db as database
from survey.foundation.clock import now
from survey.foundation.db import db, new_id, write
from survey.foundation.errors import Busy
from survey.foundation.jobs import Job


def _insert(kind, *, error=None):
    row = {"id": new_id(), "kind": kind, "subject": new_id(), "run_after": now(), "attempts": 0, "error": error}
    db.session.execute(Job.__table__.insert().values(row))


def _fill_the_disk():
    pages = db.session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    db.session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")
    for _ in range(2000):
        _insert("big", error="x" * 3000)


def _make_room():
    db.session.connection().exec_driver_sql("PRAGMA max_page_count=1073741823")


def test_what_a_full_disk_undid_was_confirmed_to_nobody(in_one_group):
    functions = [lambda: _insert("A"), _fill_the_disk, lambda: _insert("C"), _make_room, lambda: _insert("D")]
    confirmed = [not isinstance(result, Busy) for result in in_one_group(functions)]
    write(_make_room)
    stored = set(db.session.scalars(select(Job.kind)))
    assert not confirmed[1]
    assert stored == {kind for kind, was in zip(("A", "big", "C", "", "D"), confirmed, strict=True) if was and kind}
    write(lambda: _insert("after"))
    assert "after" in set(db.session.scalars(select(Job.kind)))


def test_a_database_held_by_somebody_else_is_said_to_be_busy_and_works_again(sqlite_app, monkeypatch):
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.05)
    config = sqlite_app.extensions["hearback.config"]
    with (config.instance_path / "write.lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Busy):
            write(lambda: _insert("A"))
    write(lambda: _insert("B"))
    assert list(db.session.scalars(select(Job.kind))) == ["B"]


def test_whoever_queued_up_behind_a_held_database_is_told_too(sqlite_app, monkeypatch):
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.3)
    config = sqlite_app.extensions["hearback.config"]

    def one(_):
        with sqlite_app.app_context(), pytest.raises(Busy):
            write(lambda: _insert("A"))

    with (config.instance_path / "write.lock").open("a") as other, ThreadPoolExecutor(6) as pool:
        fcntl.flock(other, fcntl.LOCK_EX)
        list(pool.map(one, range(6)))
    assert db.session.scalars(select(Job.kind)).all() == []
