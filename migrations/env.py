"""Runs migrations on the writing engine, each in one transaction, on SQLite too.

To change a constraint SQLite has to make a table anew and drop the old one; with foreign keys enforced that deletes every
row that points to it. So they are off meanwhile, as SQLite advises, and all of them are checked before the commit. Triggers
of other tables that name it are left alone (`legacy_alter_table`); its own go with it: a migration makes these anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from survey.foundation.db import db


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave alone what is not in our models: the queue's tables (they may share a PostgreSQL database), the index of words."""
    return not (kind == "table" and (name or "").startswith(("huey_", "comment_search")))


@contextmanager
def keeping_children(connection: Connection) -> Iterator[None]:
    """Enforce no foreign key of SQLite until the end; to be called outside of a transaction, as SQLite asks for it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute("PRAGMA legacy_alter_table=ON")
    try:
        yield
    finally:
        driver.execute("PRAGMA legacy_alter_table=OFF")
        driver.execute("PRAGMA foreign_keys=ON")


def refuse_orphans(connection: Connection) -> None:
    """End here, with nothing changed, where a row points to one that is not there."""
    if connection.dialect.name != "sqlite":
        return
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if found:
        tables = ", ".join(sorted({f"{table} (to {parent})" for table, _row, parent, _key in found}))
        raise RuntimeError(f"Rows would point to rows that are not there: {tables}. Nothing was changed.")


def run() -> None:
    """Migrate the database of the current app."""
    with db.engines["write"].connect() as connection, keeping_children(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            include_name=is_ours,
            transactional_ddl=True,  # alembic thinks that SQLite cannot; our engine says BEGIN IMMEDIATE, so it can
            transaction_per_migration=False,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
            refuse_orphans(connection)


run()
