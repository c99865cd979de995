"""Reads about files that were handed in."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, select

from survey.foundation.db import db
from survey.foundation.imports.models import READING, ImportContent, ImportFile, ImportReject
from survey.foundation.tables import Content

LISTED = 30


def import_file(id: UUID, room: str) -> ImportFile | None:
    """The file with this id, where it is of this room."""
    found = db.session.get(ImportFile, id)
    return found if found and found.room == room else None


def file_at_work(id: UUID, state: str) -> ImportFile | None:
    """The file with this id as it is now, where it is in this state."""
    found = db.session.get(ImportFile, id, populate_existing=True)
    return found if found and found.state == state else None


def content_of(file: ImportFile) -> Content | None:
    """What is in a file; None where it was deleted."""
    body = db.session.scalar(select(ImportContent.body).where(ImportContent.import_id == file.id))
    return None if body is None else Content(file.form, body)


def newest_files(room: str, subject: UUID | None) -> Sequence[ImportFile]:
    """The files that were handed in last."""
    return db.session.scalars(_of(room, subject).limit(LISTED)).all()


def same_shape(room: str, subject: UUID | None, shape: str) -> ImportFile | None:
    """The last file with the same columns for which somebody said what they mean."""
    chosen = (file for file in db.session.scalars(_of(room, subject).where(ImportFile.shape == shape).limit(LISTED)))
    return next((file for file in chosen if file.choices), None)


def _of(room: str, subject: UUID | None) -> Select[ImportFile]:
    here = ImportFile.subject.is_(None) if subject is None else ImportFile.subject == subject
    return select(ImportFile).where(ImportFile.room == room, here).order_by(ImportFile.id.desc())


def rejects(id: UUID) -> Iterator[ImportReject]:
    """The rows that were not taken, in the order of the file."""
    query = select(ImportReject).where(ImportReject.import_id == id).order_by(ImportReject.line)
    yield from db.session.scalars(query.execution_options(yield_per=500))


def count_rejects(id: UUID) -> int:
    """How many rows were not taken and are kept."""
    return db.session.scalar(select(func.count()).select_from(ImportReject).where(ImportReject.import_id == id)) or 0


def forgotten(before: datetime, limit: int) -> Sequence[UUID]:
    """Files with content or rejected rows that were left before a moment."""
    has_rest = (
        select(ImportContent.import_id)
        .where(ImportContent.import_id == ImportFile.id)
        .union_all(select(ImportReject.import_id).where(ImportReject.import_id == ImportFile.id))
        .exists()
    )
    old = and_(ImportFile.made_at < before, ImportFile.state != READING)
    return db.session.scalars(select(ImportFile.id).where(old, has_rest).limit(limit)).all()
