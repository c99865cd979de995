"""Recovery cases: what is done about one departure, with an append-only history."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.access.models import User
from survey.customers.models import Person
from survey.departures.models.losses import Departure
from survey.departures.rules.cases import RUNNING, Channel, Scope, State
from survey.departures.rules.offers import Kind, OfferState
from survey.departures.rules.waiting import Wait
from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id

IS_RUNNING = f"state IN {tuple(state.value for state in RUNNING)}"


def _one_of(column: str, values: Any) -> str:
    return f"{column} IN {tuple(value.value for value in values)}"


class RecoveryCase(Model):
    """One attempt to understand and win back somebody who left; a stay has one open case at most.

    `opened_at` is when we learned of the departure: the promised wait runs from there. `value_minor` is the departure's, copied so
    that the queue can be ordered. `version` counts the events, so that two people do not overwrite each other.
    """

    __tablename__ = "recovery_case"
    __table_args__ = (
        CheckConstraint(_one_of("state", State), name="state"),
        CheckConstraint("scope IS NULL OR " + _one_of("scope", Scope), name="scope"),
        CheckConstraint(f"(closed_at IS NULL) = ({IS_RUNNING})", name="closed"),
        Index("uq_recovery_case_open_stay", "lifetime_id", unique=True,
              sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
        Index("uq_recovery_case_open_departure", "departure_id", unique=True,
              sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
        Index("ix_recovery_case_waiting", "promised_until", "id",
              sqlite_where=text("closed_at IS NULL AND reached_at IS NULL"),
              postgresql_where=text("closed_at IS NULL AND reached_at IS NULL")),
        Index("ix_recovery_case_worth", "worth_order", "id",
              sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
        Index("ix_recovery_case_closed", "closed_at", "id"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    departure_id: Mapped[UUID] = mapped_column(ForeignKey("departure.id", ondelete="CASCADE"), index=True)
    lifetime_id: Mapped[UUID | None] = mapped_column(ForeignKey("lifetime.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=State.OPEN)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    code: Mapped[str | None] = mapped_column(String(3))  # what seems to be the reason, before anybody listened
    scope: Mapped[str | None] = mapped_column(String(10))
    went_to: Mapped[str] = mapped_column(String(120), default="")
    value_minor: Mapped[int | None] = mapped_column(BigInteger)
    worth_order: Mapped[int] = mapped_column(BigInteger, default=0)  # the most valuable first: minus the value
    currency: Mapped[str | None] = mapped_column(String(3))
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    promised_until: Mapped[datetime] = mapped_column(Moment)
    reached_at: Mapped[datetime | None] = mapped_column(Moment)  # when somebody first spoke with them
    proposed_code: Mapped[str | None] = mapped_column(String(3))  # not ours to change: why, how we know, who said so
    evidence: Mapped[str] = mapped_column(Text, default="")
    proposed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_reason: Mapped[str] = mapped_column(Text, default="")
    departure: Mapped[Departure] = relationship()
    person: Mapped[Person] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.closed_at is None

    @property
    def is_at(self) -> State:
        """Where it stands."""
        return State(self.state)

    def wait(self, at: datetime) -> Wait:
        """How it stands with the promised wait at a moment; a closed case waits no more."""
        return Wait(self.opened_at, self.promised_until, at, self.reached_at or self.closed_at)


class CaseEvent(Model):
    """Something that happened to a case. Rows are only added: triggers refuse to change or delete one."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "version", name="uq_case_event_version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recovery_case.id", ondelete="CASCADE"))
    version: Mapped[int]
    event: Mapped[str] = mapped_column(String(20))  # an Event of the rules, or "opened"
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    note: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)


class ContactAttempt(Model):
    """One try to speak with somebody, reached or not."""

    __tablename__ = "contact_attempt"
    __table_args__ = (
        CheckConstraint(_one_of("channel", Channel), name="channel"),
        CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recovery_case.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    was_reached: Mapped[bool]
    minutes: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class ListeningNote(Model):
    """What somebody told us, in their words, how we said it back, and whether they say that we understood."""

    __tablename__ = "listening_note"
    __table_args__ = (CheckConstraint("understood IN ('unknown', 'yes', 'no')", name="understood"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recovery_case.id", ondelete="CASCADE"), index=True)
    their_words: Mapped[str] = mapped_column(Text)
    playback: Mapped[str] = mapped_column(Text)
    understood: Mapped[str] = mapped_column(String(7), default="unknown")
    understood_at: Mapped[datetime | None] = mapped_column(Moment)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # of the link by which they tell us
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    case: Mapped[RecoveryCase] = relationship()


class Promise(Model):
    """Something that we said we would put right: what, who sees to it, until when."""

    __tablename__ = "promise"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recovery_case.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    kept_on: Mapped[date | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class OfferTemplate(Model):
    """An offer that the organisation makes, with its terms. `codes`: the reasons it answers, none for any."""

    __tablename__ = "offer_template"
    __table_args__ = (
        CheckConstraint(_one_of("kind", Kind), name="kind"),
        CheckConstraint("cooldown_days >= 0", name="cooldown_days"),
        CheckConstraint("cap_minor IS NULL OR cap_minor > 0", name="cap_minor"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    codes: Mapped[list[str]] = mapped_column(Document, default=list)
    cap_minor: Mapped[int | None] = mapped_column(BigInteger)  # the most it may be worth to one customer, ever
    cooldown_days: Mapped[int] = mapped_column(default=0)  # since their last offer
    lasts_days: Mapped[int] = mapped_column(default=30)
    open_to_loyal: Mapped[bool] = mapped_column(default=False)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)


class Offer(Model):
    """An offer to one person; its code is redeemed once. Only the hash of the code is kept."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint(_one_of("state", OfferState), name="state"),
        CheckConstraint(_one_of("kind", Kind), name="kind"),
        CheckConstraint("value_minor >= 0", name="value_minor"),
        CheckConstraint("redeemed_at IS NULL OR state = 'accepted'", name="redeemed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recovery_case.id", ondelete="CASCADE"), index=True)
    template_id: Mapped[UUID | None] = mapped_column(ForeignKey("offer_template.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    value_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str] = mapped_column(String(3))
    expires_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    why_approval: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    redeemed_at: Mapped[datetime | None] = mapped_column(Moment)
    redeemed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    case: Mapped[RecoveryCase] = relationship()
    template: Mapped[OfferTemplate | None] = relationship()


class HoldOut(Model):
    """A case that was drawn to be left alone, so that we see how many come back by themselves."""

    __tablename__ = "hold_out"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("recovery_case.id", ondelete="CASCADE"), primary_key=True)
    assigned_at: Mapped[datetime] = mapped_column(Moment, default=now)
