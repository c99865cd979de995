"""Reads about what people like: positive comments with who wrote them, of identified surveys alone."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from survey.foundation.db import db
from survey.questionnaires.models import Survey
from survey.responses.models import Response
from survey.responses.rules import Privacy
from survey.text.models import Comment, CommentReason
from survey.text.queries.places import NEWEST_FIRST
from survey.text.rules.values import Verdict


class Praise(NamedTuple):
    """A positive comment: by whom (the person, else the response), and the reasons that a person said it is about."""

    id: UUID
    by: UUID
    text: str
    language: str
    codes: tuple[str, ...]


def positive_comments(
    limit: int, *, voices: Collection[str], since: date | None = None, until: date | None = None
) -> list[Praise]:
    """The newest positive comments of these voices; what people who leave like is not among them."""
    by = func.coalesce(Response.person_id, Response.id)
    query = (
        select(Comment.id, by, Comment.text, Comment.language, Comment.has_own_reasons)
        .join(Response, Response.id == Comment.response_id)
        .join(Survey, Survey.id == Comment.survey_id)
        .where(*_wanted(voices, since, until))
    )
    rows = db.session.execute(query.order_by(*NEWEST_FIRST).limit(limit)).all()
    codes = _own_codes([row[0] for row in rows if row[4]])
    return [Praise(id, by, text, language, tuple(codes[id])) for id, by, text, language, _is_own in rows]


def _wanted(voices: Collection[str], since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    is_open = Survey.privacy == Privacy.IDENTIFIED.value, Survey.purpose != "exit", Response.set_aside.is_(None)
    within = [
        *([Comment.written_on >= since] if since else []), *([Comment.written_on <= until] if until else []),
    ]  # fmt: skip
    return [*is_open, Comment.sentiment == Verdict.POSITIVE.value, Comment.voice.in_(list(voices)), *within]


def _own_codes(ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """What people said these comments are about."""
    found: dict[UUID, list[str]] = defaultdict(list)
    query = select(CommentReason.comment_id, CommentReason.code).where(CommentReason.comment_id.in_(ids))
    for id, code in db.session.execute(query.order_by(CommentReason.code)):
        found[id].append(code)
    return found
