"""The outbox, mailings, and who is not to be written to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.access.models import User
from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id
from survey.letters.rules.kinds import KINDS, To
from survey.letters.rules.pace import Hours
from survey.letters.rules.states import State


class Mailing(Model):
    """Many letters that are sent at the same hours, no more than so many in an hour, and stopped together.

    `is_quiet`: who is reminded tells who has answered, and nobody may know: its reminders are counted and never listed.
    """

    __tablename__ = "mailing"
    __table_args__ = (
        CheckConstraint("since_hour >= 0 AND since_hour < until_hour AND until_hour <= 24", name="hours"),
        CheckConstraint("per_hour IS NULL OR per_hour > 0", name="per_hour"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    since_hour: Mapped[int] = mapped_column(default=0)
    until_hour: Mapped[int] = mapped_column(default=24)
    per_hour: Mapped[int | None]
    is_quiet: Mapped[bool] = mapped_column(default=False)
    full_until: Mapped[datetime | None] = mapped_column(Moment)  # the hour has had its letters
    stopped_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def hours(self) -> Hours:
        """When its letters may go."""
        return Hours(self.since_hour, self.until_hour)


class Letter(Model):
    """One message to one recipient, from the decision to its end; what it says is asked for when it is sent.

    `about` is the row it is about, in the room that posted it; `said` what else its words need, never a secret. `once` keeps the
    same letter from being posted twice. `address` is forgotten a month after the end; its hash stays.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("kind <> ''", name="kind"),
        CheckConstraint(f"state IN {tuple(state.value for state in State)}", name="state"),
        CheckConstraint("person_id IS NULL OR user_id IS NULL", name="one_recipient"),
        Index("ix_letter_due", "state", "due_at"),
        Index("ix_letter_recipient", "address_hash", "tried_at"),
        Index("ix_letter_mailing", "mailing_id", "state"),
        Index("ix_letter_pace", "mailing_id", "tried_at"),
        Index("ix_letter_domain", "domain", "tried_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default=State.QUEUED)
    why: Mapped[str | None] = mapped_column(String(20))
    server_words: Mapped[str] = mapped_column(Text, default="")  # what a mail server said last
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    address: Mapped[str | None] = mapped_column(String(320))
    address_hash: Mapped[str | None] = mapped_column(String(64))
    domain: Mapped[str] = mapped_column(String(255), default="")
    language: Mapped[str | None] = mapped_column(String(10))
    about: Mapped[UUID | None] = mapped_column(index=True)
    said: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    once: Mapped[str | None] = mapped_column(String(200), unique=True)
    mailing_id: Mapped[UUID | None] = mapped_column(ForeignKey("mailing.id"))
    posted_at: Mapped[datetime] = mapped_column(Moment, default=now)
    due_at: Mapped[datetime] = mapped_column(Moment, default=now)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(Moment)  # when it last went to a mail server
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    mailing: Mapped[Mailing | None] = relationship()
    person: Mapped[Person | None] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def is_to(self) -> To:
        """Whom it is for."""
        return KINDS[self.kind].to


class Suppression(Model):
    """An address that is not written to, for one topic or at all: a salted hash, which outlives whoever had it.

    `scope` is a topic, “bulk” for all that was not asked for, or one of the reasons that leave nothing out.
    """

    __tablename__ = "suppression"
    __table_args__ = (UniqueConstraint("address_hash", "scope", name="uq_suppression_once"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    address_hash: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))  # letter, choices, staff, bounce, import
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Preference(Model):
    """How somebody wants to be written to: in which language, and at most once in so many days."""

    __tablename__ = "preference"
    __table_args__ = (CheckConstraint("least_days IS NULL OR least_days > 0", name="least_days"),)

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str | None] = mapped_column(String(10))
    least_days: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(Moment, default=now)
