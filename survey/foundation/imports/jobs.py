"""What the worker does with a file: it tries it, and reads it piece by piece. Each piece is stored with how far it is read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from operator import itemgetter
from uuid import UUID

import structlog

from survey.foundation import jobs
from survey.foundation.clock import now
from survey.foundation.csv import Rejected
from survey.foundation.db import write
from survey.foundation.errors import Busy, Refused
from survey.foundation.imports import actions, queries
from survey.foundation.imports.models import CHECKING, READING, ImportFile
from survey.foundation.imports.reader import RowReader, Taken, Trial, take
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.tables import ROW_LIMIT, Line

AT_ONCE = 200
BATCHES = 25  # then others may come in between
KEPT = timedelta(days=30)
SOME = 20
log = structlog.get_logger()

Readers = Mapping[str, Callable[[ImportFile], RowReader]]


def check_imports(readers: Readers, ids: Sequence[UUID]) -> None:
    """Try files: read them whole, and store nothing of them."""
    for id in ids:
        file = queries.file_at_work(id, CHECKING)
        if file is not None:
            with speaking(file.language):
                _try(file, readers)


def _try(file: ImportFile, readers: Readers) -> None:
    """Try a file; where it cannot be read into what it was meant for any more, say so."""
    id = file.id
    try:
        _check(id, readers[file.room](file), _rows(file))
    except Refused as refused:
        trouble = str(refused)
        write(lambda: actions.keep_check(id, rows=0, found={"trouble": trouble}))


def _check(id: UUID, reader: RowReader, rows: Iterator[Line]) -> None:
    trial, left = Trial(reader), islice(rows, ROW_LIMIT)
    while (taken := take(reader, left, 10 * AT_ONCE)).many:
        trial.add(taken)
        write(partial(actions.note_position, id, trial.rows))
    found = {**trial.found(), "is_too_long": next(rows, None) is not None}
    write(lambda: actions.keep_check(id, rows=trial.rows, found=found))


def _rows(file: ImportFile) -> Iterator[Line]:
    content = queries.content_of(file)
    return iter(content.table().rows if content else ())


def read_imports(readers: Readers, ids: Sequence[UUID]) -> None:
    """Read files, each from where it stands; after some pieces leave the rest to a job of its own."""
    for id in ids:
        file = queries.file_at_work(id, READING)
        if file is not None:
            with speaking(file.language):
                _go_on(file, readers)


def _go_on(file: ImportFile, readers: Readers) -> None:
    """Read a file from where it stands; stop it where what it is read into is not there any more."""
    id, at = file.id, file.position
    try:
        reader = readers[file.room](file)
    except Refused:
        write(lambda: actions.give_up(id, now=now()))
        return
    _read(id, reader, islice(_rows(file), at, None), at)


def _read(id: UUID, reader: RowReader, rows: Iterator[Line], at: int) -> None:
    for _number in range(BATCHES):
        taken = take(reader, rows, AT_ONCE)
        if not taken.many:
            write(partial(actions.finish, id, at=at, now=now()))
            return
        if not _keep(id, reader, taken, at):
            return  # stopped, or another worker reads it
        at += taken.many
    write(lambda: jobs.add(actions.READ, id))


def _keep(id: UUID, reader: RowReader, taken: Taken, at: int) -> bool:
    """Store some rows; where that fails, one by one, so that one of them does not keep the others out."""
    try:
        return _write(id, reader, taken, at)
    except Busy:
        raise
    except Exception as error:
        log.error("rows not stored", file=str(id), at=at, error=repr(error))
        return all(_keep_one(id, reader, one, at + number) for number, one in enumerate(_apart(taken)))


def _apart(taken: Taken) -> Iterator[Taken]:
    """Each of some rows alone, in the order of the file: how far it is read counts them in that."""
    rejected = ((one.line, Taken(1, rejected=[one])) for one in taken.rejected)
    kept = ((line, Taken(1, items=[(line, item)])) for line, item in taken.items)
    yield from (one for _line, one in sorted([*rejected, *kept], key=itemgetter(0)))


def _keep_one(id: UUID, reader: RowReader, one: Taken, at: int) -> bool:
    try:
        return _write(id, reader, one, at)
    except Busy:
        raise
    except Exception:
        lost = [Rejected(line, _("this row could not be stored")) for line, _item in one.items]
        return _write(id, reader, Taken(1, rejected=lost), at)


def _write(id: UUID, reader: RowReader, taken: Taken, at: int) -> bool:
    def work() -> bool:
        store = partial(reader.store, taken.values)
        return actions.keep_rows(id, store, taken.rejected, at=at, many=taken.many)

    return write(work)


def forget_imports() -> None:
    """Delete files, and rows that were not taken, which nobody has fetched for a month."""
    before = now() - KEPT
    while ids := queries.forgotten(before, SOME):
        write(partial(actions.forget, ids))
