"""Counts that are kept with every answer, so that results cost the same at any number of responses; marks on the time line,
and saved views."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id
from survey.questionnaires.models import Survey
from survey.results.rules.marks import KINDS

TOTALS = text("question = '' AND value = ''")


class Rollup(Model):
    """How many responses of a month gave a value, within one segment.

    question "" counts responses themselves (value ""); segment "" is everybody; other segments are the response's
    voice, its sentiment once read, and what it can be narrowed to (results.rules.tally). No foreign keys: `rollups rebuild`
    makes it anew.
    """

    __tablename__ = "rollup"
    __table_args__ = (
        Index(
            "ix_rollup_totals", "survey_id", "segment", "segment_value", sqlite_where=TOTALS, postgresql_where=TOTALS
        ),
    )

    survey_id: Mapped[UUID] = mapped_column(primary_key=True)
    segment: Mapped[str] = mapped_column(String(60), primary_key=True)
    segment_value: Mapped[str] = mapped_column(String(120), primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)  # its first day
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(120), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)


class RollupDelta(Model):
    """What one response adds to (or, sign -1, takes from) the rollup; the worker folds it in.

    segments: {segment: value}, the total included as {"": ""}; cells: {question: [values]}, {"": [""]} for the response.
    """

    __tablename__ = "rollup_delta"
    __table_args__ = (Index("ix_rollup_delta_survey", "survey_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    survey_id: Mapped[UUID]
    month: Mapped[date]
    sign: Mapped[int] = mapped_column(SmallInteger)
    segments: Mapped[dict[str, str]] = mapped_column(Document)
    cells: Mapped[dict[str, list[str]]] = mapped_column(Document)


class Mark(Model):
    """Something that happened and may have moved the numbers: drawn on every chart over time, of one survey or of all.

    One that was removed stays, so that it can be put back.
    """

    __tablename__ = "mark"
    __table_args__ = (
        Index("ix_mark_day", "day"),
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in KINDS)})", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(120))
    survey_id: Mapped[UUID | None] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    removed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    survey: Mapped[Survey | None] = relationship()

    @property
    def kind_words(self) -> str:
        """What kind of thing it is, in words."""
        return str(KINDS[self.kind])


class SavedView(Model):
    """A view of a survey’s results that somebody wants to open again: its name, and the filters of its address."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("survey_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[dict[str, str]] = mapped_column(Document)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    survey: Mapped[Survey] = relationship()


class Sharing(Model):
    """What of a survey everybody may see, as its owner composed it, and what was released of its counts (rules.releases).

    The page and every link show the same release. `step` is what smallest groups are multiples of; it never changes.
    """

    __tablename__ = "sharing"
    __table_args__ = (CheckConstraint("step > 1 AND minimum >= 0", name="groups"),)

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int]
    minimum: Mapped[int] = mapped_column(default=0)  # 0: as the organisation has it
    has_headline: Mapped[bool] = mapped_column(default=True)
    questions: Mapped[list[str] | None] = mapped_column(Document)  # None: all that are counted
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(Document, default=dict)
    released: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    released_on: Mapped[date | None]


class ShareLink(Model):
    """A link to what everybody may see of a survey, for those who have it. Nothing tells whether it was used."""

    __tablename__ = "share_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    survey: Mapped[Survey] = relationship()
