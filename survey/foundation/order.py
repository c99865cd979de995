"""The order in which rows came, and how it is lost.

No column of an anonymous row tells when it came, but where it lies does: SQLite numbers rows as they come and lays them into
its pages so; PostgreSQL notes in each row which transaction wrote it, and lays it where there is room. `lay_anew` takes rows
out and puts them back in random order, all in one transaction: of those nobody can tell any more which came when.
"""

from collections.abc import Collection, Iterable
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, or_, select, text

from survey.foundation.db import connection, db

TOGETHER = 1_000  # rows that are laid anew at once: more would let writers wait
LOCK = 7_071_964  # any number: whoever holds rows still meets the others under it
AT_RANDOM = SystemRandom()


def lose_order(table: str, column: str, ids: Iterable[UUID]) -> None:
    """Give rows of SQLite a number that tells nothing, from the moment when they are written.

    Where they lie in the pages still tells: see `lay_anew`. PostgreSQL has no such numbers.
    """
    here = connection()
    if here.dialect.name == "sqlite":
        words = f"UPDATE {table} SET rowid = random() >> 1 WHERE {column} = ?"  # noqa: S608 - names from our own code
        for id in ids:
            here.exec_driver_sql(words, (id.bytes,))


def hold_still(*, alone: bool = False) -> None:
    """Let no row be laid anew under our hands until the end of this transaction; `alone` is for who lays them anew.

    On PostgreSQL a row that is taken out and put back is another one to whoever waits for it: they would find none.
    """
    here = connection()
    if here.dialect.name == "postgresql":
        here.execute(text(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}({LOCK})"))


def lay_anew(table: Table, ids: Collection[Any], **changed: Any) -> None:
    """Take these rows, and all that point to them, out of their tables and put them back in random order.

    `changed` are values that the rows themselves have afterwards. To be called after `hold_still(alone=True)`.
    """
    here = connection()
    (key,) = table.primary_key
    found: dict[Table, tuple[ColumnElement[bool], list[dict[str, Any]]]] = {}
    for one in [table, *(other for other in db.metadata.sorted_tables if other is not table)]:
        which = key.in_(ids) if one is table else _points_to(one, found)
        if which is not None:
            found[one] = which, [dict(row) for row in here.execute(select(one).where(which)).mappings()]
    for one, (which, _rows) in reversed(found.items()):
        here.execute(one.delete().where(which))
    for one, (_which, rows) in found.items():
        more = changed if one is table else {}
        AT_RANDOM.shuffle(rows)
        if rows:
            here.execute(one.insert(), [row | more for row in rows])


def _points_to(
    table: Table, found: dict[Table, tuple[ColumnElement[bool], list[dict[str, Any]]]]
) -> ColumnElement[bool] | None:
    """What is true of rows that point to any of the rows found; None where none can."""
    pointing = [
        key.parent.in_([row[key.column.name] for row in found[key.column.table][1]])
        for key in table.foreign_keys
        if key.column.table in found and found[key.column.table][1]
    ]
    return or_(*pointing) if pointing else None


def forget_log() -> None:
    """Empty SQLite's log of what was written last: it holds the pages in the order of the writes. Waits for nobody."""
    engine = db.engines["write"]
    if engine.dialect.name != "sqlite":
        return
    borrowed = engine.raw_connection()
    try:
        borrowed.execute("PRAGMA busy_timeout=0")
        borrowed.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        borrowed.execute("PRAGMA busy_timeout=5000")
        borrowed.close()
