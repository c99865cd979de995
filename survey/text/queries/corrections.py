"""Reads about what people said of comments."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.text.models import Comment, Correction
from survey.text.rules.corrections import Said, Score, own_reasons

STANDS = Correction.undone_at.is_(None)
SAID = select(Correction.comment_id, Correction.made_by, Correction.kind, Correction.value).where(STANDS)


def said_of(comment_ids: Collection[UUID]) -> dict[UUID, list[Said]]:
    """What people said of these comments, earlier words first; nothing that was undone."""
    return _said(SAID.where(Correction.comment_id.in_(list(comment_ids))))


def _said(query: Select[Any, Any, Any, Any]) -> dict[UUID, list[Said]]:
    found: dict[UUID, list[Said]] = defaultdict(list)
    for comment_id, by, kind, value in db.session.execute(query.order_by(Correction.id)):
        found[comment_id].append(Said(by, kind, value))
    return found


def corrections_of(comment_ids: Collection[UUID]) -> dict[UUID, list[Correction]]:
    """The corrections that stand for these comments, with who made them, earlier ones first."""
    query = select(Correction).where(Correction.comment_id.in_(list(comment_ids)), STANDS)
    found: dict[UUID, list[Correction]] = defaultdict(list)
    for row in db.session.scalars(query.options(joinedload(Correction.person)).order_by(Correction.id)):
        found[row.comment_id].append(row)
    return found


def history_of(comment_id: UUID) -> Sequence[Correction]:
    """Everything that was ever said of a comment, undone words included."""
    query = select(Correction).where(Correction.comment_id == comment_id).options(joinedload(Correction.person))
    return db.session.scalars(query.order_by(Correction.id)).all()


def count_corrections(kind: str) -> int:
    """How many corrections of a kind stand."""
    query = select(func.count()).select_from(Correction).where(Correction.kind == kind, STANDS)
    return db.session.scalar(query) or 0


def scored(kind: str) -> Iterator[Score]:
    """Every correction that stands as a test of the machine, earlier ones first."""
    query = select(Correction.value, Correction.suggested, Correction.was_right, Correction.model)
    for row in db.session.execute(query.where(Correction.kind == kind, STANDS).order_by(Correction.id)):
        yield Score(row.value, tuple(row.suggested), row.was_right, row.model)


def said_by_several(kind: str) -> dict[UUID, list[Said]]:
    """What was said of comments that two people or more have judged."""
    several = (
        select(Correction.comment_id)
        .where(Correction.kind == kind, STANDS)
        .group_by(Correction.comment_id)
        .having(func.count(Correction.made_by.distinct()) > 1)
    )
    return _said(SAID.where(Correction.comment_id.in_(several)))


def learnt_from() -> list[tuple[str, tuple[str, ...]]]:
    """Comments of which people said what they are about: text and codes, the main one first, () for no reason."""
    texts = dict(
        db.session.execute(select(Comment.id, Comment.text).where(Comment.has_own_reasons).order_by(Comment.id)).all()
    )
    said = _said(SAID.where(Correction.kind == "reason"))
    return [(text, own_reasons(said.get(id, ())) or ()) for id, text in texts.items()]
