"""Statements that every visit or answer sends, composed once and handed to the driver.

SQLAlchemy composes such a statement several times slower than the database carries it out, and gives way to other threads
more often. What is sent is still SQLAlchemy's: its words for this database, and what each type makes of a value.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Insert, Select
from sqlalchemy.exc import DBAPIError

from survey.foundation.db import connection, db, waiting_rows

Row = tuple[Any, ...]
Arguments = Sequence[Any] | Mapping[str, Any]


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
        composed = self._for(here.dialect, values)
        cursor = composed.send(here.connection.driver_connection, composed.words, composed.arguments(values))
        return bool(cursor.rowcount)

    def append(self, values: Mapping[str, Any]) -> None:
        """Insert a row that nothing needs before the commit; with those of others at once where `write` was told so."""
        rows = waiting_rows()
        if rows is None:
            self.store(values)
        else:
            rows.setdefault(self, []).append(values)

    def store_all(self, rows: Sequence[Mapping[str, Any]], connection: Connection) -> None:
        """Insert several rows; on SQLite by one statement."""
        composed = self._for(connection.dialect, rows[0])
        for words, arguments in composed.of_many(rows):
            composed.send(connection.connection.driver_connection, words, arguments)

    def find(self, **values: Any) -> Row | None:
        """Return the first row, read on a connection that is given back at once: a request may take its time afterwards."""
        engine = db.engine
        composed = self._for(engine.dialect, values)
        with closing(engine.raw_connection()) as borrowed, _without_transaction(borrowed.driver_connection, engine):
            cursor = composed.send(borrowed.driver_connection, composed.words, composed.arguments(values))
            return composed.read(cursor.fetchone())

    def _for(self, dialect: Dialect, values: Mapping[str, Any]) -> "_Composed":
        composed = self._composed.get(dialect.name)
        if composed is None:
            composed = self._composed[dialect.name] = _Composed(self.statement, dialect, values, self.always)
        return composed


@contextmanager
def _without_transaction(driver: Any, engine: Engine) -> Iterator[None]:
    """Spare PostgreSQL the BEGIN and ROLLBACK around a single SELECT; SQLite sees none anyway (db._sqlite_connection)."""
    if engine.dialect.name != "postgresql":
        yield
        return
    driver.autocommit = True
    try:
        yield
    finally:
        driver.autocommit = False


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
        self.dialect, self.words = dialect, str(compiled)
        self.fixed = {name: _turned(turns[name], value) for name, value in fixed.items()}
        self.asked = {name for name in turns if name not in fixed}
        self.turned = [(name, turn) for name, turn in turns.items() if turn and name not in fixed]
        self.places = compiled.positiontup  # None where the driver takes names
        self.outwards = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]

    def arguments(self, values: Mapping[str, Any]) -> Arguments:
        """Return what the driver is given for these values, by place or by name."""
        if len(values) != len(self.asked):
            raise TypeError(f"composed for {sorted(self.asked)}, sent with {sorted(values)}")
        given = {**self.fixed, **values}
        for name, turn in self.turned:
            given[name] = turn(given[name])
        return given if self.places is None else [given[name] for name in self.places]

    def of_many(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Arguments]]:
        """Yield the words and arguments that insert these rows: all by one statement where the driver takes places."""
        if self.places is None:
            yield from ((self.words, self.arguments(row)) for row in rows)
            return
        head, values, places = self.words.rpartition(" VALUES ")
        words = f"{head}{values}{', '.join([places] * len(rows))}"
        yield words, [value for row in rows for value in self.arguments(row)]

    def send(self, driver: Any, words: str, arguments: Arguments) -> Any:
        """Let the driver carry out a statement; what goes wrong is told as SQLAlchemy tells it."""
        errors = self.dialect.loaded_dbapi.Error
        try:
            return driver.execute(words, arguments)
        except errors as error:
            raise DBAPIError.instance(words, None, error, errors, dialect=self.dialect) from error

    def read(self, row: Sequence[Any] | None) -> Row | None:
        """Return a row as the types of its columns read it."""
        if row is None:
            return None
        return tuple(_turned(turn, value) for turn, value in zip(self.outwards, row, strict=True))


def _turned(turn: Callable[[Any], Any] | None, value: Any) -> Any:
    return turn(value) if turn else value
