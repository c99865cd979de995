"""Databases to measure on: a new, migrated one of each kind with a published survey in it, gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql

from bench.instances import SLUG
from bench.servers import environment, folder
from survey.app import create_app
from survey.config import Config
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.questionnaires.actions import create_from_template, publish

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://127.0.0.1:5432/test")


@dataclass(frozen=True)
class Place:
    """An installation on a database of one kind; `url` is None for SQLite, whose file lies in the folder."""

    kind: str
    instance: Path
    url: str | None = None

    def environ(self, port: int) -> dict[str, str]:
        """The environment of its processes."""
        return environment(self.instance, port) | ({"DATABASE_URL": self.url} if self.url else {})


def is_reachable() -> bool:
    """Whether there is a PostgreSQL server where a database can be made."""
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def new_place(kind: str) -> Iterator[Place]:
    """A new installation, with a published survey, for as long as the block lasts."""
    with folder() as instance:
        if kind == SQLITE:
            yield _prepared(Place(kind, instance))
        else:
            with postgresql_database() as url:
                yield _prepared(Place(kind, instance, url))


@contextmanager
def postgresql_database(server_url: str = SERVER) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database on this server, dropped at the end."""
    name = sql.Identifier(f"hearback_bench_{uuid4().hex[:8]}")
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield f"{server_url.rsplit('/', 1)[0]}/{name.as_string(server).strip(chr(34))}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def inside(place: Place) -> Iterator[Flask]:
    """The product in this process, on that database."""
    app = create_app(Config.from_environment(place.environ(8000)))
    try:
        with app.app_context():
            yield app
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    finally:
        app.extensions["hearback.queue"].storage.close()


def _prepared(place: Place) -> Place:
    with inside(place):
        upgrade()
        write(lambda: publish(create_from_template("satisfaction", slug=SLUG, now=now()), now=now()))
    return place
