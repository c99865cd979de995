"""Persons, their lifetimes as customers, what they consented to, the accounts they belong to."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id
from survey.foundation.language import gettext as _


class Standing(StrEnum):
    """What somebody is to us now; see `Person.standing`, and `queries.stands` for the same in SQL."""

    CUSTOMER = "customer"
    LEFT = "left"
    CONTACT = "contact"  # left an address, was never a customer


class Person(Model):
    """Somebody who is, was or may become a customer."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    external_id: Mapped[str | None] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(320), index=True)  # in lower case
    phone: Mapped[str | None] = mapped_column(String(60))
    language: Mapped[str | None] = mapped_column(String(10))
    time_zone: Mapped[str | None] = mapped_column(String(60))  # where it is not the organisation's
    segments: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    do_not_contact_at: Mapped[datetime | None] = mapped_column(Moment)  # since when nobody may write or call
    deceased_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(20), default="import")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    lifetimes: Mapped[list["Lifetime"]] = relationship(back_populates="person", order_by="Lifetime.ordinal")
    consents: Mapped[list["Consent"]] = relationship(back_populates="person", order_by="Consent.given_at")

    @property
    def shown_name(self) -> str:
        """What to call this person on a page: the name, else the number that the organisation knows them by."""
        return self.name or self.external_id or self.email or _("Somebody without a name")

    @property
    def is_left_alone(self) -> bool:
        """Whether nobody may write to or call this person any more."""
        return self.do_not_contact_at is not None or self.deceased_on is not None

    @property
    def latest(self) -> "Lifetime | None":
        """The stay that goes on, else the one that ended last."""
        return max(self.lifetimes, key=lambda stay: stay.ended_on or date.max, default=None)

    @property
    def standing(self) -> Standing:
        """Whether this person is a customer now, was one, or never was."""
        if self.latest is None:
            return Standing.CONTACT
        return Standing.LEFT if self.latest.ended_on else Standing.CUSTOMER


class Lifetime(Model):
    """One stay of a person as a customer; ended_on is None while it lasts."""

    __tablename__ = "lifetime"
    __table_args__ = (
        UniqueConstraint("person_id", "ordinal"),
        CheckConstraint("ended_on IS NULL OR started_on IS NULL OR ended_on >= started_on", name="order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = mapped_column(default=1)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None] = mapped_column(index=True)
    plan: Mapped[str | None] = mapped_column(String(120))
    tier: Mapped[str | None] = mapped_column(String(60))
    value_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    person: Mapped[Person] = relationship(back_populates="lifetimes")


class Consent(Model):
    """A person's "yes" to one purpose, with the words they agreed to; withdrawing is written down beside it."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("purpose IN ('reply', 'updates', 'quote', 'win_back')", name="purpose"),
        Index("ix_consent_person_purpose", "person_id", "purpose"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(
        String(20), default="", server_default=""
    )  # "" on a page of ours, else a key of HOW
    given_at: Mapped[datetime] = mapped_column(Moment, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    person: Mapped[Person] = relationship(back_populates="consents")


class Account(Model):
    """A household, a company: several people who are one customer. Its level was fixed on a day, before anybody left."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    tier: Mapped[str | None] = mapped_column(String(60))
    tier_fixed_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Membership(Model):
    """A person belongs to an account."""

    __tablename__ = "membership"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(60), default="")
    account: Mapped[Account] = relationship()
    person: Mapped[Person] = relationship()


class MergedPerson(Model):
    """A record that turned out to be somebody whom we knew already: by its number and address they are still found."""

    __tablename__ = "merged_person"

    id: Mapped[UUID] = mapped_column(primary_key=True)  # what the record that went was called in links
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    external_id: Mapped[str | None] = mapped_column(String(200), unique=True)
    email: Mapped[str | None] = mapped_column(String(320), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    merged_at: Mapped[datetime] = mapped_column(Moment, default=now)
    person: Mapped[Person] = relationship()
