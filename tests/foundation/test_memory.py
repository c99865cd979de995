"""What is remembered is never older than the last confirmed change, whoever made it and whatever became of them."""

import fcntl
import os
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Insert, bindparam, select, text, update

from survey.foundation import archive, memory
from survey.foundation.db import connection, db, write
from survey.foundation.memory import Remembered
from survey.foundation.statements import Statement
from survey.organisation.models import Organisation
from survey.questionnaires.models import Survey
from tests.conftest import dispose, make_app
from tests.factories.surveys import from_template

SURVEYS = Survey.__table__
PURPOSE = Remembered(select(SURVEYS.c.purpose).where(SURVEYS.c.slug == bindparam("slug")), tuple)


@pytest.fixture
def asked(monkeypatch):
    """How often the database was asked."""
    times = []
    find = Statement.find
    monkeypatch.setattr(Statement, "find", lambda self, **values: times.append(1) or find(self, **values))
    return times


@pytest.fixture
def link(sqlite_app):
    """The link beside the database."""
    return Path(f"{sqlite_app.extensions['hearback.config'].instance_path / 'hearback.sqlite3'}-generation")


def _rename(purpose):
    db.session.execute(update(Survey).values(purpose=purpose))


def _purpose():
    return PURPOSE.find(slug="spring")[0]


def test_what_did_not_change_is_not_asked_again(sqlite_app, asked):
    from_template()
    assert [_purpose() for _ in range(5)] == ["satisfaction"] * 5
    assert len(asked) == 1


def test_what_is_written_elsewhere_is_no_reason_to_ask_again(sqlite_app, asked):
    from_template()
    assert _purpose() == "satisfaction"
    write(lambda: connection().execute(text("DELETE FROM rollup_delta")))
    assert _purpose() == "satisfaction"
    assert len(asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda: _rename("exit"),
        lambda: setattr(db.session.scalars(select(Survey)).one(), "purpose", "exit"),
        lambda: connection().execute(text("update survey set purpose = 'exit'")),
        lambda: connection().exec_driver_sql("WITH one AS (SELECT 'exit' AS it) UPDATE survey SET purpose = (SELECT it FROM one)"),
    ],
    ids=["by statement", "by session", "by hand", "by hand with a table of its own"],
)  # fmt: skip
def test_a_change_is_seen_at_once_however_it_is_written(app, change):
    from_template()
    assert _purpose() == "satisfaction"
    write(change)
    assert _purpose() == "exit"


def test_a_change_that_failed_changes_nothing(app):
    from_template()

    def fail():
        _rename("exit")
        raise KeyError

    assert _purpose() == "satisfaction"
    with pytest.raises(KeyError):
        write(fail)
    assert _purpose() == "satisfaction"


def test_while_a_change_is_under_way_the_database_is_asked_and_nothing_is_kept(sqlite_app, link, asked):
    from_template()
    assert _purpose() == "satisfaction"
    kept = sqlite_app.extensions["hearback.memory"].found.copy()
    before = os.readlink(link)

    def change():
        _rename("exit")
        assert not link.is_symlink()
        del asked[:]
        assert [_purpose() for _ in range(3)] == ["satisfaction"] * 3  # its readers see what is committed
        assert len(asked) == 3
        assert sqlite_app.extensions["hearback.memory"].found == kept

    write(change)
    assert os.readlink(link) != before
    assert _purpose() == "exit"


def test_whoever_dies_before_the_new_link_leaves_none_and_the_database_is_asked_until_somebody_starts(link, sqlite_app):
    from_template()
    assert _purpose() == "satisfaction"
    link.unlink()  # as a process that was killed after its commit would leave it
    db.session.rollback()
    with db.engines["write"].connect() as other:
        other.connection.driver_connection.execute("UPDATE survey SET purpose = 'exit'")
    assert _purpose() == "exit"
    assert not link.is_symlink()

    config = sqlite_app.extensions["hearback.config"]
    with (config.instance_path / "write.lock").open("a") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        dispose(make_app(config.instance_path, config.database_url))
        assert not link.is_symlink()  # somebody is writing: it may be about to commit
    dispose(make_app(config.instance_path, config.database_url))
    assert link.is_symlink()
    assert _purpose() == "exit"


def test_where_no_link_can_be_made_everything_works_and_is_asked_each_time(sqlite_app, asked, monkeypatch):
    monkeypatch.setattr(memory.os, "symlink", lambda *_: (_ for _ in ()).throw(OSError("no links here")))
    from_template()
    assert [_purpose() for _ in range(3)] == ["satisfaction"] * 3
    assert len(asked) == 3


def test_a_restored_database_is_asked(sqlite_app, link, tmp_path):
    from_template()
    config, file = sqlite_app.extensions["hearback.config"], tmp_path / "backup.tar.gz"
    archive.backup(file, database_url=config.database_url, secret=config.secret_key)
    write(lambda: _rename("exit"))
    assert _purpose() == "exit"
    db.session.rollback()
    for engine in db.engines.values():
        engine.dispose()
    secret = config.instance_path / "secret_key"
    archive.restore(file, database_url=config.database_url, secret_path=secret, replace=True)
    assert not link.is_symlink()
    assert _purpose() == "satisfaction"


def test_addresses_that_lead_nowhere_fill_no_memory(sqlite_app):
    from_template()
    for number in range(50):
        assert PURPOSE.find(slug=f"nowhere-{number}") is None
    assert sqlite_app.extensions["hearback.memory"].found == {}


def test_memory_is_bounded(sqlite_app, monkeypatch):
    monkeypatch.setattr(memory, "LIMIT", 3)
    for number in range(7):
        from_template(slug=f"s{number}")
    for number in range(7):
        assert PURPOSE.find(slug=f"s{number}")
        assert len(sqlite_app.extensions["hearback.memory"].found) <= 3


def test_every_confirmed_change_is_seen_while_others_never_stop_looking(sqlite_app):
    from_template()
    config = sqlite_app.extensions["hearback.config"]
    other = make_app(config.instance_path, config.database_url)
    done = threading.Event()

    def look(app):
        with app.app_context():
            while not done.is_set():
                assert _purpose() in ("satisfaction", "exit")

    lookers = [threading.Thread(target=look, args=(app,)) for app in (sqlite_app, other) for _ in range(2)]
    for looker in lookers:
        looker.start()
    seen = []
    for number in range(60):
        purpose = ("exit", "satisfaction")[number % 2]
        write(lambda purpose=purpose: _rename(purpose))
        with other.app_context():
            seen.append((_purpose(), purpose))
    done.set()
    for looker in lookers:
        looker.join()
    dispose(other)
    assert all(found == wanted for found, wanted in seen)


def _statements():
    for module in [module for name, module in sys.modules.items() if name.startswith("survey.")]:
        for value in vars(module).values():
            yield from (
                one for one in (value.values() if isinstance(value, dict) else [value]) if isinstance(one, Statement)
            )


def test_what_goes_past_sqlalchemy_changes_nothing_that_is_remembered(app):
    inserts = {one.statement.table.name for one in _statements() if isinstance(one.statement, Insert)}
    assert {"response", "comment", "rollup_delta", "job"} <= inserts
    assert {SURVEYS.name, Organisation.__tablename__, "survey_version"} <= memory._watched
    assert inserts.isdisjoint(memory._watched)
