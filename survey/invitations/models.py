"""Personal links and the fact that one was used."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import Model, Moment, new_id
from survey.questionnaires.models import Survey


class Invitation(Model):
    """A person's own link to a survey."""

    __tablename__ = "invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    survey: Mapped[Survey] = relationship()
    person: Mapped[Person] = relationship()


class Participation(Model):
    """An invitation was used; the row says no more than that and on which day."""

    __tablename__ = "participation"
    __table_args__ = (CheckConstraint("(form_id IS NULL) = (used_on IS NULL)", name="both_or_none"),)

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[UUID | None] = mapped_column(unique=True)  # which receipt to show; None where nobody may know
    used_on: Mapped[date | None]  # None where nobody may know: the day would tell which answer it was
