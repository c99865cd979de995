"""Fixtures: an app on a migrated, empty database, once on SQLite and once on PostgreSQL."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings
from jinja2.bccache import Bucket, BytecodeCache
from psycopg import sql
from sqlalchemy import Dialect, Engine, Pool
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from survey.app import create_app
from survey.config import Config
from survey.foundation.db import db

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql://127.0.0.1:5432/test")
settings.register_profile("hearback", deadline=None)  # a test never asserts a time
settings.load_profile("hearback")
SECRET = "a secret for tests that is long enough to be one"


def _configuration(instance: Path, url: str) -> Config:
    return Config(instance_path=instance, database_url=url, secret_key=SECRET, base_url="http://127.0.0.1:8000")


class Browser(FlaskClient):
    """A test client whose every request has a context of its own, as in life.

    Else the test's own context would lend it `g`, and with it who was signed in and the CSRF token of the request before.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; afterwards the test reads what it wrote."""
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.rollback()
        return answer


def _nobody_listens() -> None:
    """Wake no worker: tests call `hearback.work_off` themselves."""


def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what was imported: it would look through all of it again and again."""
    gc.collect()
    gc.freeze()


class _Compiled(BytecodeCache):
    """Templates compiled once for all apps of a run: each test has an app of its own, and compiling took most of its time."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled from the very same source."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = _Compiled()


def _builders_made_once() -> None:
    """Make what builds the address of a view once for all apps of a run: each would compile some 300 of these anew."""
    make, made = Rule._compile_builder, {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        kinds = tuple((name, type(one)) for name, one in rule._converters.items())
        key = rule.rule, tuple(rule._trace), kinds, repr(rule.defaults), append_unknown
        if key not in made:
            made[key] = make(rule, append_unknown)
        return made[key]

    Rule._compile_builder = builder  # type: ignore[method-assign]


_builders_made_once()


class _Kept:
    """What engines learn and every app would have to learn anew: the SQL of each statement and, of PostgreSQL, open connections.

    Each app still has engines of its own, and on SQLite connections too, so that no test hears another one's statements.
    """

    def __init__(self) -> None:
        self.make_engine = db._make_engine
        self.learnt: dict[tuple[str | None, str], tuple[Dialect, LRUCache[Any, Any]]] = {}
        self.shared_url = ""
        self.pools: dict[str | None, Pool] = {}

    def engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        """Make an engine as the app would, that knows what was learnt for others of its kind."""
        engine = self.make_engine(bind_key, options, app)
        url = engine.url.render_as_string(hide_password=False)
        if engine.name != "sqlite" and url != self.shared_url:
            return engine
        dialect, statements = self.learnt.get((bind_key, engine.name), (None, None))
        is_kept = url == self.shared_url and bind_key in self.pools
        if dialect is None or not (is_kept or dialect.server_version_info):
            dialect, statements = engine.dialect, LRUCache(10_000)  # none yet, or one that has never met a database
            self.learnt[bind_key, engine.name] = dialect, statements
        if url == self.shared_url:
            engine.pool = self.pools.setdefault(bind_key, engine.pool)
        engine.dialect = engine.pool._dialect = dialect
        engine._compiled_cache = statements
        return engine

    def dispose(self, engine: Engine) -> None:
        """Close an app's connections, unless others go on with them."""
        if engine.pool not in self.pools.values():
            engine.dispose()


KEPT = _Kept()
db._make_engine = KEPT.engine  # type: ignore[method-assign]


def make_app(instance: Path, url: str) -> Flask:
    """An app on the database at this address, with its files in this folder."""
    app = create_app(_configuration(instance, url))
    app.testing = True
    app.test_client_class = Browser
    app.jinja_env.bytecode_cache = COMPILED
    app.extensions["hearback.after_commit"] = _nobody_listens
    return app


def dispose(app: Flask) -> None:
    """Close what an app keeps open, and end its writer's thread, which would keep the whole app."""
    app.extensions["hearback.writer"].stop()
    app.extensions["hearback.queue"].storage.close()
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            KEPT.dispose(engine)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    instance = tmp_path_factory.mktemp("template")
    path = instance / "hearback.sqlite3"
    app = make_app(instance, f"sqlite:///{path}")
    with app.app_context():
        upgrade()
    dispose(app)
    return path


@contextmanager
def new_postgresql_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database, dropped at the end; skips where there is no PostgreSQL."""
    try:
        server = psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL here: set TEST_DATABASE_URL to a database whose role may create databases")
    name = f"hearback_test_{uuid4().hex[:8]}"
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{POSTGRESQL.rsplit('/', 1)[0].replace('postgresql://', 'postgresql+psycopg://')}/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def postgresql_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a migrated PostgreSQL database, one for all tests; skips where there is no PostgreSQL."""
    with new_postgresql_database() as url:
        app = make_app(tmp_path_factory.mktemp("postgresql"), url)
        with app.app_context():
            upgrade()
        dispose(app)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            # No test pulls the plug of the server: none has to wait for its disk.
            connection.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$"
            )
        KEPT.shared_url = url
        yield url
        for pool in KEPT.pools.values():
            pool.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def both_databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app on an empty database of its own; the test runs on both kinds of database."""
    if request.param == "sqlite":
        yield from _sqlite_app(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        yield from _postgresql_app(request.getfixturevalue("postgresql_database"), tmp_path)


@pytest.fixture
def app(both_databases: Flask) -> Flask:
    """An app on both kinds of database, unless a module says otherwise."""
    return both_databases


@pytest.fixture
def lean_app(request: pytest.FixtureRequest) -> Flask:
    """An app on SQLite alone, and on both kinds of database for tests that say `usefixtures("both_databases")`."""
    kind = "both_databases" if "both_databases" in request.fixturenames else "sqlite_app"
    return request.getfixturevalue(kind)


@pytest.fixture
def sqlite_app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """An app on SQLite alone, for what does not depend on the database."""
    yield from _sqlite_app(sqlite_template, tmp_path)


def _sqlite_app(template: Path, tmp_path: Path) -> Iterator[Flask]:
    path = tmp_path / "hearback.sqlite3"
    shutil.copy(template, path)
    app = make_app(tmp_path, f"sqlite:///{path}")
    with app.app_context():
        yield app
    dispose(app)


def _postgresql_app(url: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(tmp_path, url)
    try:
        with app.app_context():
            yield app
    finally:
        dispose(app)
        _empty(url)


APPEND_ONLY = {"case_event"}  # its rows go with the case that they belong to, and not by themselves


def _empty(url: str) -> None:
    """Delete all rows: a hundred times quicker than a database for each test."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("SET LOCAL lock_timeout = '10s'")  # a test that left a transaction open is found here
        tables = [
            sql.Identifier(table.name) for table in reversed(db.metadata.sorted_tables) if table.name not in APPEND_ONLY
        ]
        connection.execute(sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(table) for table in tables))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, signed out, on both databases."""
    return app.test_client()
