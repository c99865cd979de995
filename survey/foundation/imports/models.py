"""Files that were handed in to be read, their content, and the rows that were not taken."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id

# Waiting for the meaning of its columns; being tried; tried; being read; read to its end; stopped before that.
WAITING, CHECKING, CHECKED, READING, DONE, STOPPED = "waiting", "checking", "checked", "reading", "done", "stopped"
STATES = (WAITING, CHECKING, CHECKED, READING, DONE, STOPPED)


class ImportFile(Model):
    """One file: what it is called and looks like, what its columns mean, and how far it is read.

    `room` says which room reads it, `subject` what it is read into, where there are several. `digest` is that of the file as it
    came; `shape` that of its columns, by which the meaning that was chosen last is found again. `position` rows were worked on,
    `counts` says what became of them. `found` is what trying it showed.
    """

    __tablename__ = "import_file"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_import_file_room", "room", "subject", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    room: Mapped[str] = mapped_column(String(20))
    subject: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    form: Mapped[str] = mapped_column(String(10))
    encoding: Mapped[str] = mapped_column(String(20))
    sheets: Mapped[list[str]] = mapped_column(Document, default=list)
    columns: Mapped[list[str]] = mapped_column(Document, default=list)
    samples: Mapped[list[list[str]]] = mapped_column(Document, default=list)
    shape: Mapped[str] = mapped_column(String(64))
    choices: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    found: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    rows: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, int]] = mapped_column(Document, default=dict)
    language: Mapped[str] = mapped_column(String(10), default="en")
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class ImportContent(Model):
    """What is in a file, apart from what is known of it: lists need none of it, and it goes first."""

    __tablename__ = "import_content"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("import_file.id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ImportReject(Model):
    """A row that was not taken: its number, why, and its cells as they came."""

    __tablename__ = "import_reject"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("import_file.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(Text)
    cells: Mapped[list[str]] = mapped_column(Document, default=list)
