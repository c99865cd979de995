"""Narrower rows: an id takes sixteen bytes on SQLite instead of 32 characters, in its row and in each index that holds it.

Every table has ids, so none is made anew: the values are turned where they lie, and the schema is told what they are now, as
SQLite's documentation describes it for changes that leave the rows alone. Triggers rest meanwhile: to them each id would be
another one. The file gets smaller with the next VACUUM; until then SQLite uses the room for new rows.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'

CHARACTERS, BYTES = ' CHAR(32)', ' BLOB'
PICTURE = ('organisation', 'mark')  # bytes, but no id
KNOWN = sa.text('person_id IS NOT NULL')


def upgrade() -> None:
    op.drop_index('ix_response_person_id', 'response')
    op.create_index('ix_response_person_id', 'response', ['person_id'], sqlite_where=KNOWN, postgresql_where=KNOWN)
    _turn(lambda id: bytes.fromhex(id), CHARACTERS, BYTES)


def _turn(turned: Callable[[Any], Any], before: str, after: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name != 'sqlite':
        return
    ask = connection.exec_driver_sql
    connection.connection.driver_connection.create_function('turned', 1, lambda id: id and turned(id), deterministic=True)
    triggers = ask("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _words in triggers:
        ask(f'DROP TRIGGER {name}')
    for table, columns in _columns(before).items():
        ask(f"UPDATE {table} SET {', '.join(f'{column} = turned({column})' for column in columns)}")
        ask('PRAGMA writable_schema=ON')
        ask('UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?', (before, after, table))
        ask('PRAGMA writable_schema=RESET')
    for _name, words in triggers:
        ask(words)


def _columns(type: str) -> dict[str, list[str]]:
    """The columns of ids in each of our tables."""
    inspector = sa.inspect(op.get_bind())
    found = {
        table: [column['name'] for column in inspector.get_columns(table)
                if f" {column['type']}" == type and (table, column['name']) != PICTURE]
        for table in inspector.get_table_names() if not table.startswith('huey_')
    }
    return {table: columns for table, columns in found.items() if columns}


def downgrade() -> None:
    _turn(lambda id: id.hex(), BYTES, CHARACTERS)
    op.drop_index('ix_response_person_id', 'response')
    op.create_index('ix_response_person_id', 'response', ['person_id'])
