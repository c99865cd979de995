"""Reads about the words of comments; of identified surveys alone."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from survey.foundation.db import db
from survey.text.models import Comment
from survey.text.queries.comments import IS_ASIDE, open_surveys
from survey.text.queries.places import NEWEST_FIRST


class Words(NamedTuple):
    """A comment that was read: its text, what it says of us, its language."""

    id: UUID
    text: str
    sentiment: str
    language: str


def newest_words_read(limit: int, *, survey_id: UUID | None = None) -> list[Words]:
    """The newest comments that were read and count. Whoever names a survey names one whose single answers may be seen."""
    of_survey = Comment.survey_id == survey_id if survey_id else Comment.survey_id.in_(open_surveys())
    query = select(Comment.id, Comment.text, Comment.sentiment, Comment.language).where(
        of_survey, Comment.sentiment.is_not(None), ~IS_ASIDE
    )
    found = db.session.execute(query.order_by(*NEWEST_FIRST).limit(limit))
    return [Words(id, text, sentiment or "", language) for id, text, sentiment, language in found]
