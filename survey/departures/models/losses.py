"""Departures and their reasons."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Float, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import Model, Moment, new_id
from survey.responses.models import Response


class Departure(Model):
    """One person leaving. Without a person it is an exit answer that nobody has matched yet."""

    __tablename__ = "departure"
    __table_args__ = (
        CheckConstraint("source IN ('import', 'staff', 'exit_survey')", name="source"),
        CheckConstraint("person_id IS NOT NULL OR response_id IS NOT NULL", name="somebody"),
        Index("ix_departure_newest", "left_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    lifetime_id: Mapped[UUID | None] = mapped_column(ForeignKey("lifetime.id", ondelete="CASCADE"), unique=True)
    response_id: Mapped[UUID | None] = mapped_column(ForeignKey("response.id", ondelete="SET NULL"), unique=True)
    source: Mapped[str] = mapped_column(String(20))
    left_on: Mapped[date]
    known_at: Mapped[datetime] = mapped_column(Moment, default=now)
    tenure_months: Mapped[int | None]
    plan: Mapped[str | None] = mapped_column(String(120))
    tier: Mapped[str | None] = mapped_column(String(60))
    value_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    person: Mapped[Person | None] = relationship()
    response: Mapped[Response | None] = relationship()
    reasons: Mapped[list["DepartureReason"]] = relationship(order_by="DepartureReason.is_primary.desc()")

    @property
    def is_matched(self) -> bool:
        """Whether we know who left."""
        return self.person_id is not None


class DepartureReason(Model):
    """A reason for a departure, in one layer. `words` keeps what was said; `code` is None where it fits no code."""

    __tablename__ = "departure_reason"
    __table_args__ = (
        UniqueConstraint("departure_id", "layer", "code", name="uq_departure_reason_once"),
        CheckConstraint("layer IN ('stated', 'suggested', 'coded', 'root_cause')", name="layer"),
        CheckConstraint("code IS NOT NULL OR words <> ''", name="something"),
        Index("ix_departure_reason_code", "layer", "code"),
        Index(
            "uq_departure_reason_primary",
            "departure_id",
            "layer",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),  # fmt: skip
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    departure_id: Mapped[UUID] = mapped_column(ForeignKey("departure.id", ondelete="CASCADE"))
    layer: Mapped[str] = mapped_column(String(12))
    code: Mapped[str | None] = mapped_column(String(3))
    words: Mapped[str] = mapped_column(Text, default="")
    is_primary: Mapped[bool] = mapped_column(default=True)
    confidence: Mapped[float | None] = mapped_column(Float)
    made_by: Mapped[str] = mapped_column(String(60))  # "customer", or the reader's version
    at: Mapped[datetime] = mapped_column(Moment, default=now)
