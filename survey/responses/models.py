"""Responses, one row each, and drafts: what was typed before it was sent."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id
from survey.questionnaires.models import Survey, SurveyVersion

UNMIXED = text("is_anonymous AND NOT is_mixed")


class Response(Model):
    """One person's complete answers to one version. Of an anonymous one the row knows the day, and nothing of the person.

    Nor does it know what is known of persons too: their language, by which link they came, whose voice it is.

    `sentiment` is what all its comments say together, once the worker has read them. `doubts` are the machine's reasons
    to think that no person answered (rules.doubts); the answer is counted and can be left out. Once the team has vouched for
    it no machine doubts it again. `set_aside` says why it
    is not counted at all: test or spam (by a member of the team, with undo), withdrawn (taken back: its answers are gone,
    the row stays so that a late copy of the form brings nothing back).
    """

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_survey_newest", "survey_id", "submitted_on", "id"),
        Index(
            "ix_response_set_aside",
            "survey_id",
            "id",
            sqlite_where=text("set_aside IS NOT NULL"),
            postgresql_where=text("set_aside IS NOT NULL"),
        ),  # fmt: skip
        Index(
            "ix_response_doubted",
            "survey_id",
            "id",
            sqlite_where=text("doubts <> '[]'"),
            postgresql_where=text("doubts <> '[]'"),
        ),  # fmt: skip
        Index(
            "ix_response_person_id",
            "person_id",
            sqlite_where=text("person_id IS NOT NULL"),
            postgresql_where=text("person_id IS NOT NULL"),
        ),  # fmt: skip
        CheckConstraint("NOT is_anonymous OR (person_id IS NULL AND submitted_at IS NULL)", name="anonymous"),
        CheckConstraint(
            "NOT is_anonymous OR (CAST(segments AS TEXT) = '{}' AND language = 'und' AND channel IN ('link', 'import', 'test')"
            " AND (voice = 'unverified' OR channel = 'import') AND (set_aside IS NULL OR set_aside = 'test'))",
            name="anonymous_alike",
        ),
        CheckConstraint("set_aside IN ('test', 'spam', 'withdrawn')", name="set_aside"),
        CheckConstraint("channel <> 'test' OR set_aside IS NOT NULL", name="test_never_counts"),
        CheckConstraint(
            "set_aside IS NULL OR set_aside <> 'withdrawn' OR (CAST(answers AS TEXT) = '{}' AND CAST(segments AS TEXT) = '{}'"
            " AND person_id IS NULL AND submitted_at IS NULL AND score IS NULL AND sentiment IS NULL)",
            name="withdrawn",
        ),
        Index("ix_response_unmixed", "survey_id", "submitted_on", sqlite_where=UNMIXED, postgresql_where=UNMIXED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("survey_version.id"))
    form_id: Mapped[UUID] = mapped_column(unique=True)
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    submitted_on: Mapped[date]
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(String(40), default="link")  # link, personal, import
    voice: Mapped[str] = mapped_column(String(20), default="unverified")
    language: Mapped[str] = mapped_column(String(10), default="en")
    score: Mapped[int | None] = mapped_column(SmallInteger)  # of the survey's first scale question
    sentiment: Mapped[str | None] = mapped_column(String(12))
    doubts: Mapped[list[str]] = mapped_column(Document, default=list)
    is_vouched: Mapped[bool] = mapped_column(server_default=false())  # a person answered, the team says
    set_aside: Mapped[str | None] = mapped_column(String(12))
    is_mixed: Mapped[bool] = mapped_column(
        server_default=false()
    )  # an anonymous row was laid among others: `actions.mix`
    promise: Mapped[str] = mapped_column(String(40), default="")  # which words about what is kept stood on the page
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    segments: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    answers: Mapped[dict[str, Any]] = mapped_column(Document)
    survey: Mapped[Survey] = relationship()
    version: Mapped[SurveyVersion] = relationship()
    person: Mapped[Person | None] = relationship()


class ResponseDraft(Model):
    """What somebody has typed so far, page by page; gone as soon as it is sent. Never counted among the responses.

    `typed` holds the inputs as they were typed, name -> values; `asked` and `answered` say how far it came (rules.outcome).
    `device` is the digest of a secret that only the device has on which a personal link was opened.
    """

    __tablename__ = "response_draft"
    __table_args__ = (
        Index("ix_response_draft_survey", "survey_id"),
        Index("ix_response_draft_unmixed", "survey_id", "changed_on", sqlite_where=UNMIXED, postgresql_where=UNMIXED),
        CheckConstraint("NOT is_anonymous OR (invitation_id IS NULL AND changed_at IS NULL)", name="anonymous"),
        CheckConstraint(
            "NOT is_anonymous OR (language = 'und' AND channel IN ('link', 'test'))", name="anonymous_alike"
        ),
    )

    form_id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("survey_version.id"))
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), unique=True)
    device: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(10), default="en")
    channel: Mapped[str] = mapped_column(String(40), default="link")
    typed: Mapped[dict[str, list[str]]] = mapped_column(Document, default=dict)
    asked: Mapped[int] = mapped_column(SmallInteger, default=0)
    answered: Mapped[int] = mapped_column(SmallInteger, default=0)
    is_mixed: Mapped[bool] = mapped_column(server_default=false())  # as of a response
    began_on: Mapped[date]
    changed_on: Mapped[date] = mapped_column(index=True)
    changed_at: Mapped[datetime | None] = mapped_column(Moment, default=now)
