"""Entries of the mirror, loss reviews and their decisions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.access.models import User
from survey.foundation.clock import now
from survey.foundation.db import Model, Moment, new_id
from survey.improvements.models import Improvement
from survey.mirror.rules import ATTENDEES_LIMIT, LEARNED_FROM, PLACE_LIMIT, WHAT_LIMIT


class MirrorEntry(Model):
    """One time that a leader met customers or those who serve them. `source` names what logged it, where it was not typed."""

    __tablename__ = "mirror_entry"
    __table_args__ = (
        CheckConstraint("kind IN ('customer_conversation', 'frontline_visit', 'own_customer')", name="kind"),
        CheckConstraint("by IN ('self', 'friend')", name="by"),
        Index("ix_mirror_entry_leader", "leader_id", "day", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    leader_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(24))
    by: Mapped[str] = mapped_column(String(8), default="self")
    day: Mapped[date]
    place: Mapped[str] = mapped_column(String(PLACE_LIMIT), default="")
    learned: Mapped[str] = mapped_column(Text, default="")
    friction: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str | None] = mapped_column(String(60), unique=True)
    improvement_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    improvement: Mapped[Improvement | None] = relationship()

    @property
    def words(self) -> str:
        """What was learned and what got in the way, one after the other."""
        return "\n".join(words for words in (self.learned, self.friction) if words)

    @property
    def from_words(self) -> str:
        """From what it was learned."""
        return str(LEARNED_FROM[self.kind])


class LossReview(Model):
    """That the people lost in a month (its first day) were looked at, by whom and when."""

    __tablename__ = "loss_review"

    month: Mapped[date] = mapped_column(primary_key=True)
    attendees: Mapped[str] = mapped_column(String(ATTENDEES_LIMIT))
    held_on: Mapped[date]
    noted_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    noted_at: Mapped[datetime] = mapped_column(Moment, default=now)


class LossDecision(Model):
    """What was decided in the review of a month: who does what until when, and when it was done."""

    __tablename__ = "loss_decision"
    __table_args__ = (Index("ix_loss_decision_month", "month", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    month: Mapped[date]
    what: Mapped[str] = mapped_column(String(WHAT_LIMIT))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
