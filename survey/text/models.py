"""Comments: what people wrote, and what was read in it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Float, ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.foundation.db import Document, Model, Moment
from survey.responses.models import Response


class Comment(Model):
    """One free-text answer. `sentiment` is None until the worker has read it."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_survey_newest", "survey_id", "written_on", "id"),
        Index("ix_comment_newest", "written_on", "id"),
        Index("ix_comment_sentiment", "survey_id", "sentiment", "written_on", "id"),
        Index(
            "ix_comment_fingerprint",
            "survey_id",
            "fingerprint",
            "response_id",
            sqlite_where=text("fingerprint IS NOT NULL"),
            postgresql_where=text("fingerprint IS NOT NULL"),
        ),  # fmt: skip
        CheckConstraint("sentiment IN ('positive', 'negative', 'mixed', 'none', 'not_scored')", name="sentiment"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    question_key: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    written_on: Mapped[date]
    voice: Mapped[str] = mapped_column(String(20))
    score: Mapped[int | None] = mapped_column(SmallInteger)
    asks_for: Mapped[str] = mapped_column(String(10), default="open")
    rating: Mapped[float | None] = mapped_column(Float)
    language: Mapped[str] = mapped_column(String(10), default="en")
    sentiment: Mapped[str | None] = mapped_column(String(12))
    text_sentiment: Mapped[str | None] = mapped_column(String(12))
    confidence: Mapped[float | None] = mapped_column(Float)
    signal_words: Mapped[list[str]] = mapped_column(Document, default=list)
    keywords: Mapped[list[str]] = mapped_column(Document, default=list)
    reader: Mapped[str | None] = mapped_column(String(30))
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    fingerprint: Mapped[int | None] = mapped_column(BigInteger)  # what equal words share; None where too short to tell
    response: Mapped[Response] = relationship()
    reasons: Mapped[list["CommentReason"]] = relationship(order_by="CommentReason.confidence.desc()")


class CommentReason(Model):
    """A reason that was found in a comment; by the machine so far, so it is shown as a machine's."""

    __tablename__ = "comment_reason"
    __table_args__ = (Index("ix_comment_reason_code", "code"),)

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(3), primary_key=True)
    confidence: Mapped[float] = mapped_column(Float)
