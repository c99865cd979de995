"""What the team does with comments: pin them, give them to somebody, answer them, note something, read them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from survey.access.models import User
from survey.foundation.db import connection, db
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.foundation.text import clean
from survey.text.events import CommentAssigned
from survey.text.models import Handling, Note, ReadMark

NOTE_LIMIT = 2000


def pin(comment_id: UUID, *, by: UUID, now: datetime | None) -> None:
    """Keep a comment in view; without a moment no longer."""
    row = _handling(comment_id)
    row.pinned_at, row.pinned_by = now, by if now else None


def answer(comment_id: UUID, *, by: UUID, now: datetime | None) -> None:
    """Say that whoever wrote it has been answered; without a moment that they have not."""
    row = _handling(comment_id)
    row.answered_at, row.answered_by = now, by if now else None


def assign(comment_id: UUID, to: UUID | None, *, by: UUID | None, now: datetime) -> None:
    """Give a comment to somebody who works here, or to nobody; emits CommentAssigned where it was not theirs before."""
    user = db.session.get(User, to) if to else None
    if to and (user is None or not user.active):
        raise Refused(_("Choose somebody from the list."))
    row = _handling(comment_id)
    is_new, row.assigned_to = row.assigned_to != to, to
    if to and is_new:
        emit(CommentAssigned(comment_id, to, by, now))


def note(comment_id: UUID, words: str, *, by: UUID, now: datetime) -> None:
    """Write something beside a comment, for the team."""
    words = clean(words.replace("\r\n", "\n"), limit=NOTE_LIMIT).strip()
    if not words:
        raise Refused(_("Write something into the note first."))
    db.session.add(Note(comment_id=comment_id, text=words, written_by=by, written_at=now))


def take_back_note(note_id: UUID, *, comment_id: UUID, by: UUID, now: datetime) -> None:
    """Take back a note of one’s own; it stays, as taken back."""
    found = db.session.get(Note, note_id)
    if found is None or found.comment_id != comment_id:
        raise NotFound(_("There is no such note."))
    if found.written_by != by:
        raise Refused(_("Only whoever wrote a note can take it back."))
    found.taken_back_at = found.taken_back_at or now


def mark_read_by(comment_ids: Collection[UUID], user_id: UUID, *, now: datetime) -> None:
    """Say that somebody has read these comments; what they had read before stays as it was."""
    rows = [{"comment_id": id, "user_id": user_id, "at": now} for id in comment_ids]
    if rows:
        db.session.execute(_dialect().insert(ReadMark).on_conflict_do_nothing(), rows)


def mark_unread_by(comment_id: UUID, user_id: UUID) -> None:
    """Say that somebody has still to read a comment."""
    mine = ReadMark.comment_id == comment_id, ReadMark.user_id == user_id
    db.session.execute(delete(ReadMark).where(*mine))


def _dialect() -> Any:
    return sqlite if connection().dialect.name == "sqlite" else postgresql


def _handling(comment_id: UUID) -> Handling:
    """What is done about a comment, held until commit."""
    db.session.execute(_dialect().insert(Handling).values(comment_id=comment_id).on_conflict_do_nothing())
    return db.session.get_one(Handling, comment_id, with_for_update=True)
