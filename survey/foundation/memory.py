"""What every visit asks, kept in memory until it changes anywhere: no visit after a change was confirmed sees what was before.

On SQLite all processes share one machine and a link beside the database, whose target is the name of the present generation.

- Whoever changes a watched table takes the link away before the first such statement, and puts one with a new name there
  after the commit, before anybody is told that the change is made. Only one process writes at a time (foundation.db).
- Whoever asks reads the name first. What is kept under that name is good: had anything been committed since it was kept,
  the link would be gone or have another name. What is read anew is kept under the name that was read *before*: should a
  change come in between, nobody will ask for that name again.
- Whoever dies between commit and link leaves no link, and without one the database is asked: slower, never wrong. The next
  change, or the next start of any process, puts one there.

PostgreSQL may serve several machines, so it is asked each time; and so is SQLite where no link can be made.
"""

import fcntl
import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from flask import Flask, current_app
from sqlalchemy import Engine, Select, Table, event
from sqlalchemy.sql import visitors

from survey.foundation.db import db
from survey.foundation.statements import Row, Statement

LIMIT = 1024
T = TypeVar("T")
MARK = "changes what is remembered"
_watched: set[str] = set()


class Remembered(Generic[T]):
    """A SELECT for one row that depends on nothing but its tables: not on the time, and not on who asks.

    `read` makes of the row what is kept of it, which nobody may change.
    """

    def __init__(self, statement: Select[Any], read: Callable[[Row], T]) -> None:
        self.statement, self.read = Statement(statement), read
        _watched.update(part.name for part in visitors.iterate(statement) if isinstance(part, Table))

    def find(self, **values: Any) -> T | None:
        """Return the first row, read; a second time from memory, unless anything has changed."""
        memory: _Memory = current_app.extensions["hearback.memory"]
        generation = memory.generation()
        if generation is None:
            return self._ask(values)
        key = (self, *values.values())
        kept = memory.found.get(key)
        if kept and kept[0] == generation:
            return kept[1]  # type: ignore[no-any-return]  # it is kept under what had read it
        return memory.keep(key, generation, self._ask(values))

    def _ask(self, values: Mapping[str, Any]) -> T | None:
        row = self.statement.find(**values)
        return None if row is None else self.read(row)


class _Memory:
    """What one process has read, and the link that says how long that is good."""

    def __init__(self, link: Path | None) -> None:
        self.link = link
        self.found: dict[Any, tuple[str, Any]] = {}

    def generation(self) -> str | None:
        try:
            return os.readlink(self.link) if self.link else None
        except OSError:
            return None

    def keep(self, key: Any, generation: str, found: T | None) -> T | None:
        if found is not None:  # whoever tries addresses fills no memory
            if len(self.found) >= LIMIT:
                self.found.clear()
            self.found[key] = generation, found
        return found


def init_app(app: Flask, *, lock_path: Path) -> None:
    """Begin to remember, and to watch what is written."""
    with app.app_context():
        engine = db.engines["write"]
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    link = Path(f"{file}-generation") if file else None
    app.extensions["hearback.memory"] = _Memory(link)
    if link:
        _watch(engine, link)
        _begin(link, lock_path)


def _begin(link: Path, lock_path: Path) -> None:
    """Put a link there where none is and nobody is writing."""
    if link.is_symlink():
        return
    with suppress(OSError), lock_path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _renew(link)


def _renew(link: Path) -> None:
    name = secrets.token_hex(8)
    with suppress(OSError):
        os.symlink(name, f"{link}-{name}")
        os.replace(f"{link}-{name}", link)


def _watch(engine: Engine, link: Path) -> None:
    """Take the link away before a watched table changes, and put a new one there when that transaction has ended."""

    @event.listens_for(engine, "before_cursor_execute")
    def look(connection: Any, _cursor: Any, words: str, *_more: Any) -> None:
        if _changes_watched(words) and not connection.info.get(MARK):
            connection.info[MARK] = True
            link.unlink(missing_ok=True)

    @event.listens_for(engine, "checkin")
    def renew(_driver: Any, record: Any) -> None:
        if record.info.pop(MARK, False):
            _renew(link)


@lru_cache(maxsize=1024)
def _changes_watched(words: str) -> bool:
    is_reading = words.lstrip()[:6].upper() == "SELECT"
    return not is_reading and re.search(rf"\b({'|'.join(_watched)})\b", words) is not None
