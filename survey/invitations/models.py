"""Personal links, the fact that one was used, campaigns of many invitations, and events after which somebody is asked."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id
from survey.invitations.rules import EVENTS, Audience, Standing
from survey.letters.models import Mailing
from survey.questionnaires.models import Survey


class Campaign(Model):
    """Many people are invited to one survey; its letters are the mailing of the same id.

    `words` are the subject and the opening by language; `cursor` is the last person whose letter is in the outbox, `people` how
    many were looked at until then.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint(f"standing IN {tuple(one.value for one in Standing)}", name="standing"),
        CheckConstraint("reminders BETWEEN 0 AND 2 AND reminder_days > 0", name="reminders"),
        Index("ix_campaign_survey", "survey_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("mailing.id"), primary_key=True)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    name: Mapped[str] = mapped_column(String(120))
    standing: Mapped[str] = mapped_column(String(10), default=Standing.DRAFT)
    audience: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    words: Mapped[dict[str, dict[str, str]]] = mapped_column(Document, default=dict)
    reminders: Mapped[int] = mapped_column(default=1)
    reminder_days: Mapped[int] = mapped_column(default=5)
    link_days: Mapped[int | None]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    look_at: Mapped[datetime | None] = mapped_column(Moment, index=True)  # when it is looked at next
    cursor: Mapped[UUID | None]
    people: Mapped[int] = mapped_column(default=0)
    mailing: Mapped[Mailing] = relationship()
    survey: Mapped[Survey] = relationship()

    @property
    def whom(self) -> Audience:
        """Whom it is for."""
        return Audience(**self.audience)


class CampaignMember(Model):
    """Somebody on the list that a campaign is for, where it is for a list."""

    __tablename__ = "campaign_member"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)


class EventTrigger(Model):
    """After an event somebody is asked: after which, how many days later; its letters are the mailing of the same id."""

    __tablename__ = "event_trigger"
    __table_args__ = (
        CheckConstraint(f"event IN {tuple(EVENTS)}", name="event"),
        CheckConstraint("after_days >= 0", name="after_days"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("mailing.id"), primary_key=True)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"), index=True)
    event: Mapped[str] = mapped_column(String(20))
    after_days: Mapped[int] = mapped_column(default=0)
    is_on: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    mailing: Mapped[Mailing] = relationship()
    survey: Mapped[Survey] = relationship()


class Invitation(Model):
    """A person's own link to a survey."""

    __tablename__ = "invitation"
    __table_args__ = (Index("uq_invitation_campaign", "campaign_id", "person_id", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id"))
    trigger_id: Mapped[UUID | None] = mapped_column(ForeignKey("event_trigger.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    survey: Mapped[Survey] = relationship()
    person: Mapped[Person] = relationship()
    campaign: Mapped[Campaign | None] = relationship()


class Participation(Model):
    """An invitation was used; the row says no more than that and on which day."""

    __tablename__ = "participation"
    __table_args__ = (CheckConstraint("(form_id IS NULL) = (used_on IS NULL)", name="both_or_none"),)

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[UUID | None] = mapped_column(unique=True)  # which receipt to show; None where nobody may know
    used_on: Mapped[date | None]  # None where nobody may know: the day would tell which answer it was
