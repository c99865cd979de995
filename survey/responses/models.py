"""Responses: one row each."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.customers.models import Person
from survey.foundation.db import Document, Model, Moment, new_id
from survey.questionnaires.models import Survey, SurveyVersion


class Response(Model):
    """One person's answers to one version. Of an anonymous one the row knows the day, and nothing of the person.

    `sentiment` is what all its comments say together, once the worker has read them.
    """

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_survey_newest", "survey_id", "submitted_on", "id"),
        CheckConstraint("NOT is_anonymous OR (person_id IS NULL AND submitted_at IS NULL)", name="anonymous"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("survey_version.id"))
    form_id: Mapped[UUID] = mapped_column(unique=True)
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    submitted_on: Mapped[date]
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(String(40), default="link")  # link, personal, import
    voice: Mapped[str] = mapped_column(String(20), default="unverified")
    language: Mapped[str] = mapped_column(String(10), default="en")
    score: Mapped[int | None] = mapped_column(SmallInteger)  # of the survey's first scale question
    sentiment: Mapped[str | None] = mapped_column(String(12))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    segments: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    answers: Mapped[dict[str, Any]] = mapped_column(Document)
    survey: Mapped[Survey] = relationship()
    version: Mapped[SurveyVersion] = relationship()
    person: Mapped[Person | None] = relationship()
