"""Notices to staff, and when each of them wants to hear of what."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id
from survey.notices.rules.kinds import How
from survey.notices.rules.words import words_of

UNREAD = text("read_at IS NULL")
TO_MAIL = text("read_at IS NULL AND mailed_at IS NULL AND how <> 'never'")


class Notice(Model):
    """Something that one member of staff is told of; what counts up within a day is one row.

    `said` are the facts that its words are made of, never words of customers: `comment` is where those stand, and they are
    looked up as long as they may be read. `how` is when it is mailed, as chosen when it was made; `since` when it began to wait
    for that, `bundle_id` which letter it went with.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("user_id", "once", name="uq_notice_once"),
        CheckConstraint(f"how IN {tuple(how.value for how in How)}", name="how"),
        Index("ix_notice_newest", "user_id", "at", "id"),
        Index("ix_notice_unread", "user_id", sqlite_where=UNREAD, postgresql_where=UNREAD),
        Index("ix_notice_to_mail", "how", "user_id", "since", sqlite_where=TO_MAIL, postgresql_where=TO_MAIL),
        Index("ix_notice_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    once: Mapped[str] = mapped_column(String(120))
    path: Mapped[str] = mapped_column(String(300))
    said: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    many: Mapped[int] = mapped_column(default=1)
    how: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    since: Mapped[datetime] = mapped_column(Moment, default=now)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    mailed_at: Mapped[datetime | None] = mapped_column(Moment)
    bundle_id: Mapped[UUID | None]

    @property
    def is_unread(self) -> bool:
        """Whether whoever it is for has not seen it yet."""
        return self.read_at is None

    def words(self, today: date) -> str:
        """What it says, as people say it on a day."""
        return words_of(self.kind, self.said, self.many, today=today)


class NoticeChoice(Model):
    """When somebody wants to hear of a kind of thing; where there is no row it is as usual."""

    __tablename__ = "notice_choice"
    __table_args__ = (CheckConstraint(f"how IN {tuple(how.value for how in How)}", name="how"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    how: Mapped[str] = mapped_column(String(10))
