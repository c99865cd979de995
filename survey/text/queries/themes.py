"""Reads about what comments speak of over time; of identified surveys alone, whose weeks may be small."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Unpack
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from survey.foundation.db import db
from survey.text.models import Comment, CommentReason
from survey.text.queries.comments import IS_ASIDE, Filters, conditions_of, open_surveys
from survey.text.queries.places import NEWEST_FIRST

MOST_READ = 10_000
LOW, HIGH = 0.25, 0.75  # between 6 and 7, and between 8 and 9, where 0 to 10 are told as -1 to 1


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
    return _keywords(*_between(since, until, survey_id))


def keywords_of_low_scores(since: date, until: date, *, survey_id: UUID | None = None) -> tuple[Counter[str], int]:
    """The same of people who scored low: 0 to 6 of 10, who are NPS’s detractors, and their like on other scales."""
    return _keywords(Comment.rating <= LOW, *_between(since, until, survey_id))


def keywords_of_high_scores(since: date, until: date, *, survey_id: UUID | None = None) -> tuple[Counter[str], int]:
    """The same of people who scored high: 9 and 10 of 10, who are NPS’s promoters, and their like on other scales."""
    return _keywords(Comment.rating >= HIGH, *_between(since, until, survey_id))


def keywords_of_scores(scores: Collection[int], **filters: Unpack[Filters]) -> tuple[Counter[str], int]:
    """The same of the comments that a list with these filters holds, of people with one of these scores."""
    return _keywords(Comment.score.in_(list(scores)), Comment.sentiment.is_not(None), *conditions_of(**filters))


def _keywords(*wanted: ColumnElement[bool]) -> tuple[Counter[str], int]:
    rows = db.session.scalars(select(Comment.keywords).where(*wanted).order_by(*NEWEST_FIRST).limit(MOST_READ)).all()
    return Counter(keyword for keywords in rows for keyword in set(keywords)), len(rows)


def _between(since: date, until: date, survey_id: UUID | None) -> list[ColumnElement[bool]]:
    of_survey = Comment.survey_id == survey_id if survey_id else Comment.survey_id.in_(open_surveys())
    return [
        of_survey,
        Comment.written_on >= since,
        Comment.written_on <= until,
        Comment.sentiment.is_not(None),
        ~IS_ASIDE,
    ]
