"""Reads about what people said of comments."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.text.models import Comment, Correction
from survey.text.rules.corrections import Judgement, Said, own_reasons, own_sentiment

STANDS = Correction.undone_at.is_(None)
SAID = select(Correction.comment_id, Correction.made_by, Correction.about, Correction.value).where(STANDS)


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
    query = select(func.count()).select_from(Correction).where(Correction.about == kind, STANDS)
    return db.session.scalar(query) or 0


def judgements(kind: str) -> list[Judgement]:
    """What each person says of each comment, beside what the machine had said when they began; earlier ones first."""
    query = select(Correction).where(Correction.about == kind, STANDS).order_by(Correction.id)
    by_each: dict[tuple[UUID, UUID | None], list[Correction]] = defaultdict(list)
    for row in db.session.scalars(query):
        by_each[row.comment_id, row.made_by].append(row)
    return [_judgement(kind, rows) for rows in by_each.values()]


def _judgement(kind: str, rows: Sequence[Correction]) -> Judgement:
    said = [Said(row.made_by, row.about, row.value) for row in rows]
    values = own_reasons(said) if kind == "reason" else (own_sentiment(said) or "",)
    return Judgement(values or (), tuple(rows[0].suggested), rows[0].by_chance)


def said_by_several(kind: str) -> dict[UUID, list[Said]]:
    """What was said of comments that two people or more have judged."""
    several = (
        select(Correction.comment_id)
        .where(Correction.about == kind, STANDS)
        .group_by(Correction.comment_id)
        .having(func.count(Correction.made_by.distinct()) > 1)
    )
    return _said(SAID.where(Correction.comment_id.in_(several)))


def learnt_from() -> list[tuple[str, tuple[str, ...]]]:
    """Comments of which people said what they are about: text and codes, the main one first, () for no reason."""
    texts = dict(
        db.session.execute(select(Comment.id, Comment.text).where(Comment.has_own_reasons).order_by(Comment.id)).all()
    )
    said = _said(SAID.where(Correction.about == "reason"))
    return [(text, own_reasons(said.get(id, ())) or ()) for id, text in texts.items()]
