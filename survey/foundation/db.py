"""The database: one session for reading, and `write(fn)` as the one way to change anything.

Sessions of requests and commands read; the engine refuses a write on them (SQLite `query_only`, PostgreSQL read only).
`write` runs a function in a transaction of its own and returns when that is durable. On SQLite all writers of a
process share one thread with group commit: each function runs in a savepoint, many are committed by one fsync, and
a file lock lets processes queue up fairly instead of sleeping in SQLite's busy handler. On PostgreSQL every call has
its own transaction.
"""

import fcntl
import json
import os
import queue
import select
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID, SafeUUID

import uuid_utils.compat
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as BindSession
from sqlalchemy import JSON, DateTime, Dialect, Engine, LargeBinary, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from survey.foundation.errors import Busy
from survey.foundation.language import carried
from survey.foundation.language import gettext as _

T = TypeVar("T")

GROUP_SIZE = 128
GROUP_SECONDS = 0.02
LOCK_SECONDS = 5.0
WAITING = "rows that wait for the commit"
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Id(TypeDecorator[UUID]):
    """An id: sixteen bytes on SQLite, which has no type of its own for it and would keep twice as many characters."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(LargeBinary(16) if dialect.name == "sqlite" else Uuid())

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return _as_bytes if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return _from_bytes if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


NEW, SET, FROM_BYTES, UNKNOWN = object.__new__, object.__setattr__, int.from_bytes, SafeUUID.unknown


def _as_bytes(id: UUID | None) -> bytes | None:
    return None if id is None else id.bytes


def _from_bytes(kept: bytes | None) -> UUID | None:
    """The id without the checks of `UUID(bytes=...)`: every row that is read has one or more, and these are ours."""
    if kept is None:
        return None
    id = NEW(UUID)
    SET(id, "int", FROM_BYTES(kept, "big"))
    SET(id, "is_safe", UNKNOWN)
    return id


class Base(DeclarativeBase):
    """The declarative base: every constraint has a name, so that migrations can speak of it."""

    metadata = MetaData(naming_convention=NAMES)


_writing: ContextVar[Connection | None] = ContextVar("writing", default=None)


class _Session(BindSession):
    """The session: within `write` on the write's connection, else on the reading engine. Made when it is first used."""

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        """Return what statements of this session run on."""
        return _writing.get() or super().get_bind(*args, **options)


_SESSIONS = {"class_": _Session, "expire_on_commit": False, "join_transaction_mode": "create_savepoint"}
db = SQLAlchemy(model_class=Base, session_options=_SESSIONS)
Base.registry.update_type_annotation_map({UUID: Id()})

if TYPE_CHECKING:

    class Model(Base):
        """What models inherit from, as type checkers see it."""

        __abstract__ = True
else:
    Model = db.Model

# Nothing between the parts of a document, and letters as they are: every answer holds one.
AS_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
SCAN = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A moment: aware UTC in Python, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> UUID:
    """Return a UUIDv7: ordered by time, so that new rows lie side by side. Never a secret, never for anonymous rows."""
    return uuid_utils.compat.uuid7()


def random_id() -> UUID:
    """Return a UUIDv4, in no order. Python's own asks the system each time, which lets other threads in between."""
    return uuid_utils.compat.uuid4()


# ---- engines ----------------------------------------------------------------------------------------------------


def settings(url: str) -> dict[str, Any]:
    """Return the Flask-SQLAlchemy settings for a database address: a reading engine and, bound as "write", a writing one."""
    is_sqlite = url.startswith("sqlite")  # opening a connection costs it far more than keeping one
    options: dict[str, Any] = {"pool_size": 32} if is_sqlite else {"pool_pre_ping": True}
    options["json_serializer"] = AS_JSON
    if is_sqlite:
        options["json_deserializer"] = _from_json
    return {
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": options,
        "SQLALCHEMY_BINDS": {"write": {"url": url, **options}},
    }


def _from_json(document: str) -> Any:
    """Read a document of ours: it begins and ends without blanks, for which `json.loads` looks as long as it reads."""
    return SCAN(document, 0)[0]


def init_app(app: Flask, *, lock_path: Path) -> None:
    """Attach the database to the app and set every connection's rules."""
    db.init_app(app)
    with app.app_context():
        _set_rules(db.engine, reading=True)
        _set_rules(db.engines["write"], reading=False)
        _write_savepoints_plainly(db.engines["write"].dialect)
    app.extensions["hearback.writer"] = _Writer(app, lock_path)


def _set_rules(engine: Engine, *, reading: bool) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_reader if reading else _sqlite_connection)
        event.listen(engine, "begin", _begin if reading else _begin_immediate)
    else:
        engine.dialect.do_ping = _is_open  # type: ignore[assignment,method-assign]
        if reading:
            event.listen(engine, "connect", _postgresql_reader)


def _is_open(driver: Any) -> bool:
    """Whether PostgreSQL has not hung up on a kept connection: then there would be something to read on it.

    To ask it, as SQLAlchemy would each time, takes as long as most of our queries.
    """
    look = select.poll()
    look.register(driver.fileno(), select.POLLIN)
    return not look.poll(0)


def _write_savepoints_plainly(dialect: Dialect) -> None:
    """Send savepoints as they are: SQLAlchemy compiles each of them anew, which takes longer than to run it."""

    def savepoint(connection: Connection, name: str) -> None:
        connection.exec_driver_sql(f"SAVEPOINT {name}")

    def release(connection: Connection, name: str) -> None:
        connection.exec_driver_sql(f"RELEASE SAVEPOINT {name}")

    dialect.do_savepoint, dialect.do_release_savepoint = savepoint, release  # type: ignore[method-assign]


def _sqlite_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours to say: see _begin and _begin_immediate
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_reader(connection: Any, record: Any) -> None:
    _sqlite_connection(connection, record)
    connection.execute("PRAGMA query_only=ON")


def _postgresql_reader(connection: Any, _record: Any) -> None:
    connection.read_only = True


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    """Begin on the driver: SQLAlchemy would take as long for it as for half an answer."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error


def pragmas() -> dict[str, str]:
    """Return the durability settings of a writing SQLite connection; empty on PostgreSQL. `doctor` and /readyz check them."""
    engine = db.engines["write"]
    if engine.dialect.name != "sqlite":
        return {}
    with engine.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return {name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in names}


DURABLE = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"}


# ---- writing ----------------------------------------------------------------------------------------------------


def write(fn: Callable[[], T], *, together: bool = False) -> T:
    """Run fn in one transaction and return its result once that is durable; an exception undoes fn alone.

    Inside fn `db.session` is the writing session and there is no request: take what fn needs from the request before. Words
    of a refusal are in the language of whoever asked.
    Objects that fn returns are detached with their columns loaded. A write inside a write joins it. `together` says that fn
    reads no row that it appends (Statement.append): these are then stored with those of others, just before the commit; and
    that it changes nothing outside of the database: where another of its group fails it may be undone and run once more.
    Raises Busy when the database does not take the write (locked, full, away).
    """
    if _writing.get() is not None:
        return fn()
    if db.session.registry.has():
        db.session.rollback()  # the caller's next read shall see what was written
    writer: _Writer = current_app.extensions["hearback.writer"]
    return writer.run(carried(fn), together=together)


def connection() -> Connection:
    """Return the connection of the present transaction: for the rows of every answer, which need none of a session's care."""
    return _writing.get() or db.session.connection()


def after_commit(app: Flask, hook: Callable[[], None]) -> None:
    """Call hook after each commit in which `note_job` was called."""
    app.extensions["hearback.after_commit"] = hook


def note_job() -> None:
    """Remember, on the present transaction, that it left a job for the worker."""
    connection().info["left a job"] = True


class Appended(Protocol):
    """A statement whose rows may be stored together."""

    def store_all(self, rows: Sequence[Mapping[str, Any]], connection: Connection) -> None:
        """Insert these rows."""
        ...


Rows = dict[Appended, list[Mapping[str, Any]]]


def waiting_rows() -> Rows | None:
    """The rows that the present function has appended; None where they must be stored at once."""
    return connection().info.get(WAITING)


class _Spoilt(Exception):
    """A function failed after it had changed something, and there was no savepoint to go back to."""


class _Work(Generic[T]):
    """One function waiting for its durable commit."""

    def __init__(self, fn: Callable[[], T], *, together: bool) -> None:
        self.fn, self.together = fn, together
        self.rows: Rows | None = None
        self.result: T | None = None
        self.error: BaseException | None = None
        self.is_waiting = threading.Lock()
        self.is_waiting.acquire()

    def run(self, app: Flask, connection: Connection, *, is_alone: bool = False) -> None:
        """Call the function, in a savepoint; where it fails, undo what it did, and nothing of the others in its group.

        Whoever is alone in the transaction needs no savepoint.
        """
        driver: Any = connection.connection.driver_connection
        if not is_alone:
            driver.execute("SAVEPOINT work")
        self._call(app, connection)
        if is_alone or not driver.in_transaction:  # SQLite has undone everything: see _check_alive
            return
        if self.error is not None:
            driver.execute("ROLLBACK TO work")
        driver.execute("RELEASE work")

    def hurry(self, app: Flask, connection: Connection) -> None:
        """Call the function without a savepoint; raises _Spoilt where it fails after it has changed something.

        Savepoints are two of the three statements that most answers would send, and each lets other threads in between.
        """
        driver: Any = connection.connection.driver_connection
        before = driver.total_changes
        self._call(app, connection)
        if self.error is not None and driver.in_transaction and driver.total_changes != before:
            raise _Spoilt

    def _call(self, app: Flask, connection: Connection) -> None:
        self.rows, self.error = Rows() if self.together else None, None
        connection.info[WAITING] = self.rows
        try:
            self.result = _call(self.fn, app, connection)
        except BaseException as error:  # raised where fn was asked for, never in the writer's thread
            self.error, self.rows = error, None

    def resolve(self, failure: BaseException | None = None) -> None:
        """Let the caller go on: with the result, or with an error."""
        self.error = failure or self.error
        self.is_waiting.release()

    def outcome(self) -> T:
        """Wait for the end and return what the function did; raises what it raised, or what the commit did."""
        self.is_waiting.acquire()
        if self.error is not None:
            raise _as_busy(self.error)
        return self.result  # type: ignore[return-value]


def _call(fn: Callable[[], T], app: Flask, connection: Connection) -> T:
    """Let `db.session` write on this connection; a fresh app context leaves the caller's session alone."""
    token = _writing.set(connection)
    try:
        with app.app_context():
            result = fn()
            if db.session.registry.has():
                db.session.commit()  # flushes; the group's commit makes it durable
            return result
    finally:
        _writing.reset(token)


class _Writer:
    """The writing side of one process: a thread with group commit on SQLite, the caller's own thread on PostgreSQL."""

    def __init__(self, app: Flask, lock_path: Path) -> None:
        self.app, self.lock_path = app, lock_path
        self.queue: queue.SimpleQueue[_Work[Any] | None] = queue.SimpleQueue()
        self.starting = threading.Lock()
        self.process: int | None = None

    def run(self, fn: Callable[[], T], *, together: bool) -> T:
        work = _Work(fn, together=together)
        if db.engines["write"].dialect.name == "sqlite":
            self._ensure_thread()
            self.queue.put(work)
        else:
            self._commit_together([work], more=False)
        return work.outcome()

    def _ensure_thread(self) -> None:
        if self.process == os.getpid():
            return
        with self.starting:  # a forked process has no thread yet
            if self.process != os.getpid():
                self.queue = queue.SimpleQueue()
                threading.Thread(target=self._loop, name="writer", daemon=True).start()
                self.process = os.getpid()

    def stop(self) -> None:
        """Let the thread end, if there is one, when what was asked for is done; nothing may be asked for afterwards."""
        self.queue.put(None)

    def _loop(self) -> None:
        with self.app.app_context():
            while work := self.queue.get():
                self._commit_together([work], more=True)

    def _commit_together(self, group: list[_Work[Any]], *, more: bool) -> None:
        try:
            try:
                left_job = self._transaction(self._members(group, more=more))
            except _Spoilt:  # nothing of it is left: once more, from savepoint to savepoint
                left_job = self._transaction(group, in_hurry=False)
        except Exception as error:
            if more and isinstance(
                error, OperationalError | OSError
            ):  # whoever queued up meanwhile would only wait as long for the same answer
                group += self._queued()
            for work in group:
                work.resolve(error)
            return
        for work in group:
            work.resolve()
        if left_job and (hook := self.app.extensions.get("hearback.after_commit")):
            hook()

    def _queued(self) -> list[_Work[Any]]:
        waiting = []
        while work := self._next():
            waiting.append(work)
        return waiting

    def _next(self) -> _Work[Any] | None:
        """The work that waits next, if any does."""
        try:
            work = self.queue.get_nowait()
        except queue.Empty:
            return None
        if work is None:
            self.queue.put(None)  # that is for the loop to see
        return work

    def _transaction(self, group: Iterable[_Work[Any]], *, in_hurry: bool = True) -> bool:
        """Run a group in one transaction; return whether it left a job. In a hurry as long as all may be run once more."""
        with self._file_lock(), db.engines["write"].connect() as connection:
            connection.info.pop("left a job", None)
            is_alone = connection.dialect.name == "postgresql"
            with connection.begin():
                rows = Rows()
                for work in group:
                    in_hurry = in_hurry and work.together
                    if not work.together:
                        _store(rows, connection)  # it may look for them
                    if in_hurry and not is_alone:
                        work.hurry(self.app, connection)
                    else:
                        work.run(self.app, connection, is_alone=is_alone)
                    if is_alone and work.error is not None:
                        raise work.error
                    _check_alive(connection)
                    for statement, own in (work.rows or {}).items():
                        rows.setdefault(statement, []).extend(own)
                _store(rows, connection)
            return bool(connection.info.pop("left a job", False))

    def _members(self, group: list[_Work[Any]], *, more: bool) -> Iterator[_Work[Any]]:
        """Yield the works of the group, and those that arrive while it runs, within its bounds of size and time."""
        until = time.monotonic() + GROUP_SECONDS
        yield group[0]
        while more and len(group) < GROUP_SIZE and time.monotonic() < until and (work := self._next()):
            group.append(work)
            yield work

    @contextmanager
    def _file_lock(self) -> Iterator[None]:
        if db.engines["write"].dialect.name != "sqlite":
            yield
            return
        with self.lock_path.open("a") as handle:  # closing the file gives the lock back
            until = time.monotonic() + LOCK_SECONDS
            while not _locked(handle):
                if time.monotonic() > until:
                    raise TimeoutError("another process has been writing for too long")
                time.sleep(0.005)
            yield


def _store(rows: Rows, connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    with (
        driver.pipeline() if connection.dialect.name == "postgresql" and rows else nullcontext()
    ):  # one way there and back
        for statement, some in rows.items():
            statement.store_all(some, connection)
    rows.clear()


def _locked(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _check_alive(connection: Connection) -> None:
    """Refuse to go on where SQLite undid the whole transaction by itself, as it does on a full disk or a broken one.

    What came before would be gone, what comes after would be committed piece by piece, and the commit would say well done.
    """
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection) and not raw.in_transaction:
        raise OperationalError("COMMIT", None, sqlite3.OperationalError("the transaction was undone by SQLite"))


def _as_busy(error: BaseException) -> BaseException:
    """Turn "the database did not take it" into a refusal that says so; leave every other error as it is."""
    if not isinstance(error, OperationalError | OSError):
        return error
    busy = Busy(_("We could not store this just now. Please try again."))
    busy.__cause__ = error
    return busy
