"""Statements that every visit or answer sends, composed once and handed to the driver.

SQLAlchemy composes such a statement several times slower than the database carries it out, and gives way to other threads
more often. What is sent is still SQLAlchemy's: its words for this database, and what each type makes of a value.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Dialect, Insert, Select
from sqlalchemy.exc import DBAPIError

from survey.foundation.db import connection, db

Row = tuple[Any, ...]


class Statement:
    """An INSERT of one row, or a SELECT of one: composed for a database when it is first sent there.

    The rows of an INSERT all name the same columns; those that they do not name get no default from Python. `always` are
    values that are the same in every row.
    """

    def __init__(self, statement: Insert | Select[Any], **always: Any) -> None:
        self.statement, self.always = statement, always
        self._composed: dict[str, _Composed] = {}

    def store(self, values: Mapping[str, Any]) -> bool:
        """Insert a row in the present transaction; return False where ON CONFLICT left it out."""
        here = connection()
        cursor = self._send(here.connection.driver_connection, here.dialect, values)
        return bool(cursor.rowcount)

    def find(self, **values: Any) -> Row | None:
        """Return the first row, read on a connection that is given back at once: a request may take its time afterwards."""
        engine = db.engine
        with closing(engine.raw_connection()) as borrowed:
            cursor = self._send(borrowed.driver_connection, engine.dialect, values)
            return self._for(engine.dialect, values).read(cursor.fetchone())

    def _send(self, driver: Any, dialect: Dialect, values: Mapping[str, Any]) -> Any:
        composed = self._for(dialect, values)
        try:
            return driver.execute(composed.words, composed.arguments(values))
        except dialect.loaded_dbapi.Error as error:
            known = DBAPIError.instance(composed.words, None, error, dialect.loaded_dbapi.Error, dialect=dialect)
            raise known from error

    def _for(self, dialect: Dialect, values: Mapping[str, Any]) -> "_Composed":
        composed = self._composed.get(dialect.name)
        if composed is None:
            composed = self._composed[dialect.name] = _Composed(self.statement, dialect, values, self.always)
        return composed


class _Composed:
    """A statement in the words of one database, and how values and rows are turned for it."""

    def __init__(
        self, statement: Insert | Select[Any], dialect: Dialect, values: Mapping[str, Any], always: Mapping[str, Any]
    ) -> None:
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        compiled = statement.compile(dialect=dialect, column_keys=[*values, *always])
        binds = {compiled.bind_names[bind]: bind for bind in compiled.binds.values()}
        turns = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        fixed = {name: bind.effective_value for name, bind in binds.items() if not bind.required} | dict(always)
        self.words = str(compiled)
        self.fixed = {name: _turned(turns[name], value) for name, value in fixed.items()}
        self.turns = {name: turn for name, turn in turns.items() if name not in fixed}
        self.places = compiled.positiontup  # None where the driver takes names
        self.outwards = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]

    def arguments(self, values: Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
        """Return what the driver is given for these values, by place or by name."""
        if len(values) != len(self.turns):
            raise TypeError(f"composed for {sorted(self.turns)}, sent with {sorted(values)}")
        given = self.fixed | {name: turn(values[name]) if turn else values[name] for name, turn in self.turns.items()}
        return given if self.places is None else [given[name] for name in self.places]

    def read(self, row: Sequence[Any] | None) -> Row | None:
        """Return a row as the types of its columns read it."""
        if row is None:
            return None
        return tuple(_turned(turn, value) for turn, value in zip(self.outwards, row, strict=True))


def _turned(turn: Callable[[Any], Any] | None, value: Any) -> Any:
    return turn(value) if turn else value
