"""Improvements, the reasons they answer, and the updates posted about them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.foundation.clock import now
from survey.foundation.db import Model, Moment, new_id


class Improvement(Model):
    """Something that we change because people told us. Hidden while it has no stage."""

    __tablename__ = "improvement"
    __table_args__ = (
        CheckConstraint("stage IN ('planned', 'in_progress', 'shipped', 'declined')", name="stage"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    you_said: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[str | None] = mapped_column(String(20))
    stage_since: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    reasons: Mapped[list["ImprovementReason"]] = relationship(
        order_by="ImprovementReason.code", cascade="all, delete-orphan"
    )
    updates: Mapped[list["ImprovementUpdate"]] = relationship(
        back_populates="improvement", order_by="ImprovementUpdate.published_at.desc()"
    )


class ImprovementReason(Model):
    """A reason (a code of the taxonomy) that an improvement answers."""

    __tablename__ = "improvement_reason"

    improvement_id: Mapped[UUID] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(3), primary_key=True)


class ImprovementUpdate(Model):
    """One post about an improvement, in Markdown, with the stage that it announced."""

    __tablename__ = "improvement_update"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    improvement_id: Mapped[UUID] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    improvement: Mapped[Improvement] = relationship(back_populates="updates")
