"""Runs migrations on the writing engine, each in one transaction, on SQLite too."""

from alembic import context
from flask import current_app

from survey.foundation.db import db


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave alone what is not in our models: the queue's tables (they may share a PostgreSQL database)."""
    return not (kind == "table" and (name or "").startswith("huey_"))


def run() -> None:
    """Migrate the database of the current app."""
    with db.engines["write"].connect() as connection:
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


run()
