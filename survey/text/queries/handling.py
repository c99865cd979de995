"""Reads about what the team does with comments: who has read them, whose they are, what was noted."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Literal, TypedDict
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.text.models import Comment, Handling, Note, ReadMark

Assigned = UUID | Literal["somebody", "nobody"]


class Handled(TypedDict, total=False):
    """What narrows comments by what the team did with them."""

    is_pinned: bool
    is_answered: bool | None
    assigned: Assigned | None
    read_by: UUID | None
    unread_by: UUID | None


def handled(
    *,
    is_pinned: bool = False,
    is_answered: bool | None = None,
    assigned: Assigned | None = None,
    read_by: UUID | None = None,
    unread_by: UUID | None = None,
) -> Iterator[ColumnElement[bool]]:
    """The same as conditions."""
    if is_pinned:
        yield _is_among(Handling.pinned_at.is_not(None))
    if is_answered is not None:
        answered = _is_among(Handling.answered_at.is_not(None))
        yield answered if is_answered else ~answered
    if assigned is not None:
        yield _of(assigned)
    if read_by is not None:
        yield Comment.id.in_(_read(read_by))
    if unread_by is not None:
        yield Comment.id.not_in(_read(unread_by))


def _is_among(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Comment.id.in_(select(Handling.comment_id).where(condition))


def _of(assigned: Assigned) -> ColumnElement[bool]:
    if isinstance(assigned, UUID):
        return _is_among(Handling.assigned_to == assigned)
    somebodys = _is_among(Handling.assigned_to.is_not(None))
    return somebodys if assigned == "somebody" else ~somebodys


def _read(user_id: UUID) -> Select[UUID]:
    return select(ReadMark.comment_id).where(ReadMark.user_id == user_id)


def handling_of(comment_ids: Collection[UUID]) -> dict[UUID, Handling]:
    """What is done about these comments, with who does it."""
    query = select(Handling).where(Handling.comment_id.in_(list(comment_ids)))
    people = joinedload(Handling.assignee), joinedload(Handling.answerer)
    return {row.comment_id: row for row in db.session.scalars(query.options(*people))}


def notes_of(comment_ids: Collection[UUID]) -> dict[UUID, list[Note]]:
    """The notes beside these comments, earlier ones first, those that were taken back included."""
    query = select(Note).where(Note.comment_id.in_(list(comment_ids))).options(joinedload(Note.person))
    found: dict[UUID, list[Note]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(Note.id)):
        found[row.comment_id].append(row)
    return found


def read_among(comment_ids: Collection[UUID], user_id: UUID) -> set[UUID]:
    """Which of these comments somebody has read."""
    query = select(ReadMark.comment_id).where(ReadMark.comment_id.in_(list(comment_ids)), ReadMark.user_id == user_id)
    return set(db.session.scalars(query))


def count_pinned() -> int:
    """How many comments are pinned."""
    query = select(func.count()).select_from(Handling).where(Handling.pinned_at.is_not(None))
    return db.session.scalar(query) or 0
