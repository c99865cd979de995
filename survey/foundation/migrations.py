"""Whether the database has the schema that this code expects; an unmigrated one is not served."""

from functools import partial
from pathlib import Path

from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, request

from survey.foundation.db import db
from survey.foundation.errors import Refused


class Unmigrated(Refused):
    """The database is behind (or ahead of) the code."""

    status = 503


def init_app(app: Flask, directory: Path) -> None:
    """Refuse to serve until the database has the expected schema."""
    app.extensions["hearback.behind"] = partial(behind, directory)
    app.before_request(partial(_refuse_if_behind, app))


def head(directory: Path) -> str | None:
    """The newest revision that the code knows."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(directory))
    return ScriptDirectory.from_config(config).get_current_head()


def behind(directory: Path) -> bool:
    """Whether the database's revision is not the code's."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() != head(directory)


def _refuse_if_behind(app: Flask) -> None:
    if app.extensions.get("hearback.is_migrated") or request.endpoint in (
        "foundation.healthz",
        "foundation.readyz",
        "static",
    ):
        return
    if app.extensions["hearback.behind"]():
        raise Unmigrated("The database has not been brought up to date yet. Run: flask --app wsgi db upgrade")
    app.extensions["hearback.is_migrated"] = True
