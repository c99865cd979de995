"""Migrations lose nothing: not a row of any table, and not the rows that point to a table that is made anew."""

import shutil
from datetime import UTC, date, datetime
from uuid import NAMESPACE_OID, uuid5

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from survey.config import ROOT
from survey.foundation.db import Id, db
from tests.conftest import dispose, make_app, new_postgresql_database

FIRST = "0001"
NOT_OURS = {"huey_kv", "huey_schedule", "huey_task", "alembic_version"}

# What the first schema's constraints ask for; everything else is made up by its type.
CHOSEN = {
    "organisation.id": 1,
    "organisation.minimum_scores": 5,
    "survey.purpose": "exit",
    "survey.privacy": "identified",
    "users.role": "leader",
    "consent.purpose": "reply",
    "invite.purpose": "join",
    "improvement.stage": "planned",
    "comment.sentiment": "negative",
    "departure.source": "exit_survey",
    "departure_reason.layer": "stated",
    "response.is_anonymous": False,
}


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request, tmp_path):
    """An app whose database has the first schema."""
    if request.param == "sqlite":
        yield from _at_first(tmp_path, _sqlite_url(tmp_path))
    else:
        with new_postgresql_database() as url:
            yield from _at_first(tmp_path, url)


@pytest.fixture
def sqlite_first(tmp_path):
    """The same on SQLite alone, which has to make tables anew."""
    yield from _at_first(tmp_path, _sqlite_url(tmp_path))


def _sqlite_url(instance):
    return f"sqlite:///{instance / 'hearback.sqlite3'}"


def _at_first(instance, url):
    app = make_app(instance, url)
    try:
        with app.app_context():
            upgrade(revision=FIRST)
            yield app
    finally:
        dispose(app)


# ---- a row in every table -------------------------------------------------------------------------------------------


def _tables():
    metadata = sa.MetaData()
    metadata.reflect(db.engine)
    return [table for table in metadata.sorted_tables if table.name not in NOT_OURS]


def _fill(tables):
    """Store one row in each table; it points to the row of every table that its own has a foreign key to."""
    with db.engines["write"].begin() as connection:
        for table in tables:
            connection.execute(table.insert(), {column.name: _value(column) for column in table.columns})


def _value(column):
    name = f"{column.table.name}.{column.name}"
    if name in CHOSEN:
        return CHOSEN[name]
    for key in column.foreign_keys:
        return _value(key.column)
    return _of_type(column.type, name)


def _of_type(type, name):
    if isinstance(type, sa.Uuid) or (isinstance(type, sa.CHAR) and type.length == 32):
        identity = uuid5(NAMESPACE_OID, name)
        return identity if isinstance(type, sa.Uuid) else identity.hex
    if isinstance(type, sa.JSON):
        return {"of": name}
    if isinstance(type, sa.String):
        return name[: type.length]
    return BY_PYTHON[type.python_type]


BY_PYTHON = {
    bool: True,
    int: 7,
    float: 0.5,
    bytes: b"a picture",
    date: date(2026, 3, 1),
    datetime: datetime(2026, 3, 1, 12, 30, tzinfo=UTC),
}


def _rows(tables):
    """The rows of each table, as these columns read them."""
    with db.engine.connect() as connection:
        return {
            table.name: [_read(row) for row in connection.execute(sa.select(table)).mappings().all()]
            for table in tables
        }


def _read(row):
    """A row whose ids are characters: SQLite keeps them as sixteen bytes since 0007."""
    return {
        name: value.hex() if isinstance(value, bytes) and len(value) == 16 else value for name, value in row.items()
    }


def test_every_row_of_the_first_schema_is_there_after_all_migrations(first):
    tables = _tables()
    assert len(tables) > 20
    _fill(tables)
    before = _rows(tables)
    assert {name: len(rows) for name, rows in before.items()} == dict.fromkeys(before, 1)
    upgrade()
    assert _rows(tables) == before


# ---- tables that are made anew --------------------------------------------------------------------------------------

REBUILDING = """
from alembic import op

revision, down_revision = "later", "{head}"

def upgrade():
    with op.batch_alter_table("survey", recreate="always") as table:
        table.create_check_constraint("later", "slug <> ''")
    with op.batch_alter_table("person", recreate="always") as table:
        table.create_check_constraint("later", "name <> ''")
    {more}
"""


def _migrations(folder, *, more="pass"):
    """Our migrations and a later one, which makes two tables anew to which others point."""
    shutil.copytree(ROOT / "migrations", folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    head = max(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    later = REBUILDING.replace("{head}", head).replace("{more}", more)
    (folder / "migrations" / "versions" / "later.py").write_text(later)
    return str(folder / "migrations")


def _is_enforced():
    with db.engines["write"].connect() as connection:
        return connection.exec_driver_sql("PRAGMA foreign_keys").scalar()


def test_a_table_that_is_made_anew_takes_no_row_with_it_that_points_to_it(sqlite_first, tmp_path):
    tables = _tables()
    _fill(tables)
    before = _rows(tables)
    upgrade(directory=_migrations(tmp_path))
    assert _rows(tables) == before
    with db.engine.connect() as connection:
        definition = "SELECT sql FROM sqlite_master WHERE name = 'survey'"
        assert "later" in connection.exec_driver_sql(definition).scalar()
    assert _is_enforced()


def test_a_migration_that_would_leave_rows_without_what_they_point_to_changes_nothing(sqlite_first, tmp_path, caplog):
    tables = _tables()
    _fill(tables)
    before = _rows(tables)
    with pytest.raises(SystemExit):
        upgrade(directory=_migrations(tmp_path, more='op.execute("DELETE FROM survey")'))
    assert "Rows would point to rows that are not there: comment (to survey)" in caplog.text
    assert _rows(tables) == before
    assert {table.name for table in _tables()} == {table.name for table in tables}
    assert _is_enforced()


# ---- ids as bytes (0007) --------------------------------------------------------------------------------------------


def _definitions(kind):
    with db.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = ?", (kind,)).all()
    return {name: words for name, words in found if not name.startswith(("huey_", "sqlite_"))}


def _ids():
    """Each id as SQLite keeps it: table and column, its type, and how long it is."""
    there = {table.name: set(table.columns.keys()) for table in _tables()}
    with db.engine.connect() as connection:
        for table in (table for table in db.metadata.sorted_tables if table.name in there):
            ids = (column.name for column in table.columns if isinstance(column.type, Id))
            for column in (name for name in ids if name in there[table.name]):
                words = f"SELECT typeof({column}), length({column}) FROM {table.name} WHERE {column} IS NOT NULL"
                yield from ((f"{table.name}.{column}", *found) for found in connection.exec_driver_sql(words))


def test_on_sqlite_every_id_becomes_sixteen_bytes_and_no_watch_is_lost(sqlite_first):
    _fill(_tables())
    upgrade(revision="0007")
    triggers, tables = _definitions("trigger"), _definitions("table")
    upgrade()
    found = list(_ids())
    assert len(found) > 30
    assert {(kind, length) for _column, kind, length in found} == {("blob", 16)}
    assert triggers
    assert triggers.items() <= _definitions("trigger").items()
    assert set(tables) <= set(_definitions("table"))
    assert not [name for name, words in _definitions("table").items() if " CHAR(32)" in words]


def test_on_sqlite_ids_are_characters_again_after_a_way_back(sqlite_first):
    tables = _tables()
    _fill(tables)
    upgrade(revision="0007")
    before, definitions = _rows(tables), _definitions("table")
    upgrade(revision="0008")
    downgrade(revision="0007")
    assert _rows(tables) == before
    assert {kind for _column, kind, _length in _ids()} == {"text"}
    assert _definitions("table") == definitions
