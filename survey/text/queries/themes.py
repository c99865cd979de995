"""Reads about what comments speak of over time; of identified surveys alone, whose weeks may be small."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from survey.foundation.db import db
from survey.text.models import Comment, CommentReason
from survey.text.queries.comments import IS_ASIDE, NEWEST_FIRST, open_surveys

MOST_READ = 10_000


def comments_by_day(since: date, until: date, *, survey_id: UUID | None = None) -> Counter[date]:
    """How many comments that were read came on each day."""
    query = (
        select(Comment.written_on, func.count()).where(*_between(since, until, survey_id)).group_by(Comment.written_on)
    )
    return Counter({day: n for day, n in db.session.execute(query)})  # noqa: C416 - rows are no pairs to a type checker


def reasons_by_day(since: date, until: date, *, survey_id: UUID | None = None) -> Counter[tuple[str, date]]:
    """How many of them speak of each reason."""
    query = (
        select(CommentReason.code, Comment.written_on, func.count())
        .join(Comment, Comment.id == CommentReason.comment_id)
        .where(*_between(since, until, survey_id))
        .group_by(CommentReason.code, Comment.written_on)
    )
    return Counter({(code, day): n for code, day, n in db.session.execute(query)})


def keywords_between(since: date, until: date, *, survey_id: UUID | None = None) -> tuple[Counter[str], int]:
    """In how many comments each keyword is, and of how many; of the newest where there are very many."""
    query = select(Comment.keywords).where(*_between(since, until, survey_id)).order_by(*NEWEST_FIRST).limit(MOST_READ)
    found: Counter[str] = Counter()
    rows = db.session.scalars(query).all()
    for keywords in rows:
        found.update(set(keywords))
    return found, len(rows)


def _between(since: date, until: date, survey_id: UUID | None) -> list[ColumnElement[bool]]:
    of_survey = Comment.survey_id == survey_id if survey_id else Comment.survey_id.in_(open_surveys())
    return [
        of_survey,
        Comment.written_on >= since,
        Comment.written_on <= until,
        Comment.sentiment.is_not(None),
        ~IS_ASIDE,
    ]
