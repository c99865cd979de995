"""What happens to a file: it is handed in, given a meaning, tried, read piece by piece, stopped, thrown away."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update

from survey.foundation import jobs
from survey.foundation.csv import Rejected
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.events import emit
from survey.foundation.imports.events import ImportFinished
from survey.foundation.imports.models import (
    CHECKED,
    CHECKING,
    DONE,
    READING,
    STOPPED,
    WAITING,
    ImportContent,
    ImportFile,
    ImportReject,
)
from survey.foundation.language import gettext as _
from survey.foundation.tables import LINES, Content
from survey.foundation.text import clean, fold

CHECK, READ = "check_import", "read_import"  # the jobs
SAMPLED, SHOWN, SAMPLE = 30, 3, 80


def receive(
    room: str, subject: UUID | None, *, name: str, file: bytes, content: Content, by: UUID, language: str, at: datetime
) -> ImportFile:
    """Keep a file that was handed in; raises Refused where it is no table."""
    table = content.table()
    columns = [column for column in table.columns if column]
    if not columns and content.form != LINES:
        raise Refused(_("The first line names no column."))
    rows = [row.cells for row in islice(table.rows, SAMPLED) if not isinstance(row, Rejected) and hasattr(row, "cells")]
    made = ImportFile(
        room=room,
        subject=subject,
        name=_file_name(name),
        digest=hashlib.sha256(file).hexdigest(),
        form=content.form,
        encoding=table.encoding,
        sheets=list(table.sheets),
        columns=columns,
        samples=[_samples(row[column] for row in rows) for column in columns],
        shape=hashlib.sha256("\n".join([content.form, *map(fold, columns)]).encode("utf-8", "replace")).hexdigest(),
        language=language,
        made_by=by,
        made_at=at,
    )
    db.session.add(made)
    db.session.flush()
    db.session.execute(insert(ImportContent).values(import_id=made.id, body=content.body))
    return made


def _file_name(name: str) -> str:
    """What a file is called, without the folders that some browsers tell; its end stays where it is long."""
    return clean(name.replace("\\", "/").rsplit("/", 1)[-1].strip(), limit=100_000)[-200:] or "?"


def _samples(cells: Any) -> list[str]:
    """The first different values of a column."""
    said = (" ".join(str(cell).replace("\x00", "").split()) for cell in cells)
    shown = (cell if len(cell) <= SAMPLE else f"{cell[:SAMPLE]}…" for cell in said if cell)
    return list(islice(dict.fromkeys(shown), SHOWN))


def choose(id: UUID, choices: Mapping[str, Any]) -> None:
    """Say what the columns of a file mean, and have that tried."""
    tried: dict[str, Any] = {"choices": dict(choices), "found": {}, "counts": {}, "position": 0, "rows": 0}
    if not _move(id, (WAITING, CHECKED), CHECKING, **tried):
        raise Refused(_("This file is being worked on. Wait until that is done."))
    jobs.add(CHECK, id)


def note_position(id: UUID, position: int) -> None:
    """Say how far trying a file has come."""
    _move(id, (CHECKING,), CHECKING, position=position)


def keep_check(id: UUID, *, rows: int, found: Mapping[str, Any]) -> None:
    """Keep what trying a file showed."""
    _move(id, (CHECKING,), CHECKED, rows=rows, position=rows, found=dict(found))


def start(id: UUID) -> bool:
    """Have a file read that was tried; return False where it is read already: what is pressed twice is done once."""
    file = db.session.get(ImportFile, id, populate_existing=True)
    if file is not None and not may_be_read(file.found):
        raise Refused(_("This file cannot be read in as it is."))
    started = _move(id, (CHECKED,), READING, position=0, counts={})
    if started:
        jobs.add(READ, id)
    return started


def may_be_read(found: Mapping[str, Any]) -> bool:
    """Whether what trying a file showed lets it be read in: something of it would be stored."""
    return not found.get("is_too_long") and not found.get("trouble") and bool(found.get("shown"))


def keep_rows(
    id: UUID, store: Callable[[], Mapping[str, int]], rejected: Sequence[Rejected], *, at: int, many: int
) -> bool:
    """Store the next rows of a file and how far it is read, in one go; return False where somebody else has, or stopped it."""
    if not _move(id, (READING,), READING, at=at, position=at + many):
        return False
    file = db.session.get_one(ImportFile, id, populate_existing=True)
    counts = {**store(), "rows": many, "rejected": len(rejected)}
    file.counts = {name: file.counts.get(name, 0) + counts.get(name, 0) for name in {**file.counts, **counts}}
    if rejected:
        db.session.execute(insert(ImportReject), [_reject_row(id, one) for one in rejected])
    return True


def _reject_row(id: UUID, one: Rejected) -> dict[str, Any]:
    cells = [cell.replace("\x00", "").encode("utf-8", "replace").decode() for cell in one.cells]
    return {"import_id": id, "line": one.line, "reason": one.reason.replace("\x00", ""), "cells": cells}


def finish(id: UUID, *, at: int, now: datetime) -> None:
    """Say that a file is read to its end; its content goes."""
    if _move(id, (READING,), DONE, at=at, ended_at=now):
        _forget_content(id)
        _tell(id, is_whole=True, now=now)


def stop(id: UUID, *, now: datetime) -> bool:
    """Stop reading a file: what was read stays, its content goes. False where it had come to its end."""
    stopped = _move(id, (READING,), STOPPED, ended_at=now)
    if stopped:
        _forget_content(id)
    return stopped


def give_up(id: UUID, *, now: datetime) -> None:
    """Stop reading a file that cannot be read any further, and tell whoever handed it in."""
    if stop(id, now=now):
        _tell(id, is_whole=False, now=now)


def _tell(id: UUID, *, is_whole: bool, now: datetime) -> None:
    file = db.session.get_one(ImportFile, id)
    rows, rejected = file.counts.get("rows", 0), file.counts.get("rejected", 0)
    emit(ImportFinished(id, file.room, file.subject, file.name, file.made_by, rows, rejected, is_whole, now))


def throw_away(id: UUID) -> None:
    """Delete a file of which nothing was read."""
    unread = ImportFile.state.in_((WAITING, CHECKING, CHECKED))
    db.session.execute(delete(ImportFile).where(ImportFile.id == id, unread))


def forget(ids: Sequence[UUID]) -> None:
    """Delete what was left for too long: rejected rows, and files that nobody had read."""
    db.session.execute(delete(ImportReject).where(ImportReject.import_id.in_(ids)))
    for id in ids:
        _forget_content(id)
    unread = ImportFile.state.in_((WAITING, CHECKING, CHECKED))
    db.session.execute(delete(ImportFile).where(ImportFile.id.in_(ids), unread))


def _forget_content(id: UUID) -> None:
    """Delete what is in a file, wherever it stands."""
    db.session.execute(delete(ImportContent).where(ImportContent.import_id == id))
    file = db.session.get_one(ImportFile, id, populate_existing=True)
    file.samples, file.found = [], {}


def _move(id: UUID, states: Sequence[str], state: str, *, at: int | None = None, **values: Any) -> bool:
    """Change a file that is in one of these states (and, with `at`, read so far); return whether it was."""
    here = () if at is None else (ImportFile.position == at,)
    change = update(ImportFile).where(ImportFile.id == id, ImportFile.state.in_(states), *here)
    return bool(db.session.execute(change.values(state=state, **values)).rowcount)  # type: ignore[attr-defined]
