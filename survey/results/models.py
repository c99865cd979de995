"""Counts that are kept with every answer, so that results cost the same at any number of responses."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Date, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from survey.foundation.db import Document, Model, new_id

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
