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
        CheckConstraint("response_limit IS NULL OR response_limit > 0", name="response_limit"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", name="window"),
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
    opens_at: Mapped[datetime | None] = mapped_column(Moment)  # not before; None: as soon as it is published
    closes_at: Mapped[datetime | None] = mapped_column(Moment)  # not after; None: until somebody closes it
    response_limit: Mapped[int | None]  # how many complete answers it takes
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    embed_origins: Mapped[list[str]] = mapped_column(Document, default=list)  # who may show it in a frame
    known_addresses: Mapped[list[str]] = mapped_column(Document, default=list)  # networks that share one address
    asks_proof: Mapped[bool] = mapped_column(default=False)  # of work, by the respondent's device
    undo: Mapped[dict[str, Any] | None] = mapped_column(Document)  # what was taken out of the draft last, to put back
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
