"""Backup and restore: the database as of one moment and the secret, in one tar file.

SQLite is copied by VACUUM INTO (a copied file of a live database is corrupt more often than not), PostgreSQL by its own
pg_dump and pg_restore.
"""

import io
import itertools
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from survey.foundation.errors import Refused

ENDINGS = ("", "-wal", "-shm", "-generation")  # the last one: see memory
SQLITE, POSTGRESQL, SECRET = "hearback.sqlite3", "hearback.pgdump", "secret_key"


def backup(file: Path, *, database_url: str, secret: str) -> int:
    """Write the archive and return its size in bytes; raises Refused when it cannot, leaving no half archive."""
    if file.exists():
        raise Refused(f"{file} exists already; choose another name.")
    with tempfile.TemporaryDirectory(dir=file.resolve().parent) as folder:
        copy = _copy(Path(folder), database_url)
        unfinished = Path(folder) / "archive"
        with tarfile.open(unfinished, "w:gz") as tar:
            tar.add(copy, arcname=copy.name)
            _add_text(tar, SECRET, secret)
        unfinished.chmod(0o600)
        with unfinished.open("rb") as handle:
            os.fsync(handle.fileno())
        os.link(unfinished, file)
    return file.stat().st_size


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(text.encode()), 0o600
    tar.addfile(info, io.BytesIO(text.encode()))


def _copy(folder: Path, database_url: str) -> Path:
    if database_url.startswith("sqlite:///"):
        return _copy_sqlite(folder / SQLITE, Path(database_url.removeprefix("sqlite:///")))
    queue = "--exclude-table=huey_*"  # the worker's wake-ups; every start makes those tables anew
    _postgresql_tool("pg_dump", "--format=custom", queue, f"--file={folder / POSTGRESQL}", _plain(database_url))
    return folder / POSTGRESQL


def _copy_sqlite(copy: Path, source: Path) -> Path:
    if not source.exists():
        raise Refused(f"There is no database at {source} yet.")
    connection = sqlite3.connect(source, timeout=30)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    finally:
        connection.close()
    _check(copy)
    return copy


def _check(path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    finally:
        connection.close()
    if answer != "ok":
        raise Refused(f"The database copy is damaged: {answer}.")


def restore(file: Path, *, database_url: str, secret_path: Path, replace: bool) -> str | None:
    """Put the archive's database and secret in place; returns where the former database was put aside, if there was one."""
    with tempfile.TemporaryDirectory(dir=secret_path.parent) as folder:
        members = _unpack(file, Path(folder))
        if database_url.startswith("sqlite:///"):
            kept = _place_sqlite(members, Path(database_url.removeprefix("sqlite:///")), replace=replace)
        else:
            kept = None
            _place_postgresql(members, database_url, replace=replace)
        secret_path.unlink(missing_ok=True)
        shutil.move(members[SECRET], secret_path)
        secret_path.chmod(0o600)
    return kept


def _unpack(file: Path, folder: Path) -> dict[str, Path]:
    try:
        with tarfile.open(file, "r:gz") as tar:
            for name in set(tar.getnames()) & {SQLITE, POSTGRESQL, SECRET}:
                tar.extract(name, folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise Refused(f"{file} is not a backup of Hearback, or it is damaged ({error}).") from None
    members = {path.name: path for path in folder.iterdir()}
    if SECRET not in members or len(members) != 2:
        raise Refused(f"{file} is not a backup of Hearback.")
    return members


def _place_sqlite(members: dict[str, Path], target: Path, *, replace: bool) -> str | None:
    if SQLITE not in members:
        raise Refused("This backup was made on PostgreSQL; set DATABASE_URL to a PostgreSQL database.")
    _check(members[SQLITE])
    kept = None
    if target.exists() and _has_data(target):
        if not replace:
            raise Refused(f"There is a database at {target}. Use --replace to put it aside and take the backup’s.")
        kept = _free_name(target)
        for ending in ENDINGS:  # moved as it is: a damaged database is what restoring is for
            if Path(f"{target}{ending}").exists():
                shutil.move(f"{target}{ending}", f"{kept}{ending}")
    for ending in ENDINGS:
        Path(f"{target}{ending}").unlink(missing_ok=True)
    shutil.move(members[SQLITE], target)
    target.chmod(0o600)
    return kept


def _free_name(target: Path) -> str:
    """A name beside the database that nothing has yet, so that what was put aside once is never written over."""
    names = (f"{target}.before-restore{number or ''}" for number in itertools.count())
    return next(name for name in names if not Path(name).exists())


def _has_data(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        watched = tables & {"survey", "person", "response", "users"}
        return any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in watched)  # noqa: S608
    except sqlite3.DatabaseError:
        return True  # damaged is not empty: only --replace may put it aside
    finally:
        connection.close()


def _place_postgresql(members: dict[str, Path], database_url: str, *, replace: bool) -> None:
    if POSTGRESQL not in members:
        raise Refused("This backup was made on SQLite; unset DATABASE_URL or set it to a SQLite file.")
    clean = ("--clean", "--if-exists") if replace else ()
    _postgresql_tool(
        "pg_restore",
        "--single-transaction",
        "--no-owner",
        *clean,
        f"--dbname={_plain(database_url)}",
        str(members[POSTGRESQL]),
    )


def _plain(database_url: str) -> str:
    return database_url.replace("postgresql+psycopg://", "postgresql://")


def _postgresql_tool(name: str, *arguments: str) -> None:
    if shutil.which(name) is None:
        raise Refused(f"{name} is not installed; it comes with PostgreSQL’s client programs.")
    done = subprocess.run([name, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused(
            f"{name} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no reason given'}"
        )
