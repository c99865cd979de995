"""Themes: what was a priority once."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.access.models import User
from survey.foundation.clock import now
from survey.foundation.db import Model, Moment, new_id
from survey.priorities.rules import SETTLED_LIMIT, WORDS_LIMIT
from survey.reasons.rules import REASONS

LEADING = ("admin", "leader")


class Theme(Model):
    """A reason that became a priority, or words of a leader's own. Its state follows from these facts (`rules.state_of`)."""

    __tablename__ = "theme"
    __table_args__ = (
        CheckConstraint("code IS NOT NULL OR words <> ''", name="something"),
        CheckConstraint("settled_on IS NULL OR owner_id IS NOT NULL", name="somebody_settled"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str | None] = mapped_column(String(3), unique=True)
    words: Mapped[str] = mapped_column(String(WORDS_LIMIT), default="")
    priority_since: Mapped[date]
    people_then: Mapped[int | None]
    base_then: Mapped[int | None]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    owned_since: Mapped[date | None]
    due_on: Mapped[date | None]
    settled_on: Mapped[date | None]
    settled_words: Mapped[str] = mapped_column(String(SETTLED_LIMIT), default="")
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])

    @property
    def label(self) -> str:
        """What it is called: the reason as leaders read it, or the words."""
        return REASONS[self.code].label if self.code and self.code in REASONS else self.words or self.code or ""

    @property
    def is_owned(self) -> bool:
        """Whether a leader who still works here answers for it."""
        return self.owner is not None and self.owner.active and self.owner.role in LEADING
