"""Surveys and their frozen versions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id


class Survey(Model):
    """A survey: its address, its promises, and the draft that its owner edits."""

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("privacy IN ('identified', 'confidential', 'anonymous')", name="privacy"),
        CheckConstraint("purpose IN ('satisfaction', 'exit', 'other')", name="purpose"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    purpose: Mapped[str] = mapped_column(String(20), default="other")
    privacy: Mapped[str] = mapped_column(String(20), default="identified")
    is_listed: Mapped[bool] = mapped_column(default=False)  # on the public front page
    has_public_results: Mapped[bool] = mapped_column(default=False)
    draft: Mapped[dict[str, Any]] = mapped_column(Document)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    versions: Mapped[list["SurveyVersion"]] = relationship(back_populates="survey", order_by="SurveyVersion.number")


class SurveyVersion(Model):
    """What was published: one frozen document. Never changed, never deleted while answers point to it."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(Document)
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)
    survey: Mapped[Survey] = relationship(back_populates="versions")
