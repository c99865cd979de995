"""Somebody who works with a temporary installation: runs commands, opens pages, signed in, and looks into the database."""

import json
import logging
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import structlog
from click.testing import Result
from flask import Flask
from flask_migrate import upgrade

from bench.load import hidden_fields
from survey.app import create_app
from survey.config import Config
from survey.foundation.db import db

STAFF = "staff@example.org"
FORM = "application/x-www-form-urlencoded"
COUNTS = re.compile(r"([\d,]+) rows in the file = (.+ rejected)\.")  # the parts name what became of the rows


class Desk:
    """One installation, used from within one process."""

    def __init__(self, app: Flask, database: Path | str) -> None:
        self.app, self.database = app, database
        self.client = app.test_client()
        self.tables = sqlite3.connect(database)

    # ---- commands ----

    def invoke(self, *arguments: str, typed: str | None = None) -> Result:
        """Run a command; the caller looks at how it ended."""
        return self.app.test_cli_runner().invoke(args=list(arguments), input=typed)

    def run(self, *arguments: str, typed: str | None = None) -> str:
        """Return exactly what a command printed; end here where it failed."""
        done = self.invoke(*arguments, typed=typed)
        if done.exit_code:
            raise SystemExit(f"{' '.join(arguments)} failed:\n{done.output}{done.exception or ''}")
        return done.stdout_bytes.decode()

    def new_survey(self, slug: str) -> str:
        """Publish a satisfaction survey and return its address."""
        self.run("surveys", "create", "satisfaction", "--slug", slug, "--publish")
        return slug

    # ---- pages ----

    def sign_in(self) -> None:
        """Come in as a new member of staff, by the page."""
        password = secrets.token_urlsafe(24)
        self.run("users", "create", STAFF, "--role", "staff", "--password-stdin", typed=password + "\n")
        secret = hidden_fields(self.get("/sign-in"))
        status, _ = self.post("/sign-in", urlencode([*secret, ("email", STAFF), ("password", password)]))
        if status != 303:
            raise SystemExit(f"Could not sign in: {status}.")

    def get(self, path: str) -> bytes:
        """Open a page; end here where it does not open."""
        answer = self.client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"GET {path}: {answer.status_code}")
        return answer.data

    def post(self, path: str, body: str) -> tuple[int, bytes]:
        """Send a form; return status and page."""
        answer = self.client.post(path, data=body, content_type=FORM)
        return answer.status_code, answer.data

    # ---- tables ----

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.tables.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def answers(self, slug: str, key: str) -> dict[str, str | None]:
        """The answers to one question of a survey by response id, read beside the product."""
        rows = self.tables.execute(
            "SELECT response.id, answers FROM response JOIN survey ON survey.id = survey_id WHERE slug = ?", (slug,)
        )
        return {_dashed(id): json.loads(answers).get(key) for id, answers in rows}

    def newest_response(self, slug: str) -> str:
        """The id of the response that was stored last."""
        return _dashed(self.tables.execute("SELECT id FROM response ORDER BY rowid DESC LIMIT 1").fetchone()[0])


def _dashed(id: bytes) -> str:
    return str(UUID(bytes=id))


@contextmanager
def desk(instance: Path, *, url: str = "") -> Iterator[Desk]:
    """A migrated, empty installation in a folder, with nobody in it; on a PostgreSQL database where its address is given.

    There the desk sees no tables by itself.
    """
    database = ":memory:" if url else instance / "hearback.sqlite3"
    app = create_app(
        Config.from_environment({"INSTANCE_PATH": str(instance), **({"DATABASE_URL": url} if url else {})})
    )
    app.extensions["hearback.after_commit"] = lambda: None  # no worker listens here
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with app.app_context():
        upgrade()
    with closing(sqlite3.connect(database)):
        yield Desk(app, database)
    app.extensions["hearback.queue"].storage.close()
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
