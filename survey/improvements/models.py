"""Improvements, the reasons they answer, and the updates posted about them."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.foundation.clock import now
from survey.foundation.db import Model, Moment, new_id
from survey.foundation.language import day_words
from survey.improvements.rules.markdown import plain, trusted_html
from survey.improvements.rules.stages import TOLD_AS, since_words, stage_words
from survey.reasons.rules import REASONS


class Improvement(Model):
    """Something that we change because people told us. Hidden while it has no stage."""

    __tablename__ = "improvement"
    __table_args__ = (CheckConstraint("stage IN ('planned', 'in_progress', 'shipped', 'declined')", name="stage"),)

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
        back_populates="improvement",
        order_by="[ImprovementUpdate.published_at.desc(), ImprovementUpdate.id.desc()]",
    )

    @property
    def is_published(self) -> bool:
        """Whether customers can read about it: from its first update on."""
        return self.stage is not None

    @property
    def stage_words(self) -> str:
        """Its stage in words."""
        return stage_words(self.stage)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons that it answers."""
        return tuple(reason.code for reason in self.reasons)

    @property
    def newest_update(self) -> "ImprovementUpdate | None":
        """What was said last."""
        return self.updates[0] if self.updates else None

    def since_words(self, today: date) -> str:
        """When it reached its stage, as people say it."""
        return since_words(self.stage, self.stage_since, today)


class ImprovementReason(Model):
    """A reason (a code of the taxonomy) that an improvement answers."""

    __tablename__ = "improvement_reason"

    improvement_id: Mapped[UUID] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(3), primary_key=True)

    @property
    def label(self) -> str:
        """The reason as leaders read it."""
        return REASONS[self.code].label if self.code in REASONS else self.code


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

    @property
    def stage_words(self) -> str:
        """The stage that it announced, in words."""
        return stage_words(self.stage)

    @property
    def told_as(self) -> str:
        """What stands before its words: “We did”, “Why not”."""
        return str(TOLD_AS[self.stage])

    @property
    def html(self) -> Markup:
        """Its words as sanitised HTML."""
        return trusted_html(self.words)

    @property
    def plain_words(self) -> str:
        """Its words without any markup, on one line."""
        return plain(self.words)

    def published_on(self, time_zone: str) -> date:
        """The organisation's day on which it was posted."""
        return self.published_at.astimezone(ZoneInfo(time_zone)).date()

    def date_words(self, today: date, time_zone: str) -> str:
        """That day, as people say it."""
        return day_words(self.published_on(time_zone), today)
