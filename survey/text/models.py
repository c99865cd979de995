"""Comments, what was read in them, what people corrected, and the versions of the reader."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Float, ForeignKey, Index, SmallInteger, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.access.models import User
from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id
from survey.responses.models import Response

SENTIMENTS = "('positive', 'negative', 'neutral', 'mixed', 'unsure', 'none', 'not_scored')"


def where(condition: str) -> dict[str, Any]:
    """What limits an index to some rows, on both databases."""
    return {f"{database}_where": text(condition) for database in ("sqlite", "postgresql")}


class Comment(Model):
    """One free-text answer. `sentiment` is None until the worker has read it.

    `sentiment` and `reasons` are what counts: a person's word where one has spoken, else the machine's. What the machine said
    is kept beside it: `read_as` and `suggested` (code, confidence, source, whether sure enough to count; surest first).
    `taxonomy`, `reader` and `model` are the versions that said so, of the text with this `text_hash`; `trouble` is why it
    could not be read.
    """

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_survey_newest", "survey_id", "written_on", "id"),
        Index("ix_comment_newest", "written_on", "id"),
        Index("ix_comment_text_hash", "text_hash"),
        Index("ix_comment_sentiment", "survey_id", "sentiment", "written_on", "id"),
        Index(
            "ix_comment_fingerprint",
            "survey_id",
            "fingerprint",
            "response_id",
            **where("fingerprint IS NOT NULL"),
        ),
        Index("ix_comment_sameness", "survey_id", "sameness", **where("sameness IS NOT NULL")),
        Index(
            "ix_comment_search_row",
            "search_row",
            unique=True,
            **where("search_row IS NOT NULL"),
        ),
        CheckConstraint(f"sentiment IN {SENTIMENTS}", name="sentiment"),
        CheckConstraint(f"read_as IN {SENTIMENTS}", name="read_as"),
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
    read_as: Mapped[str | None] = mapped_column(String(12))
    suggested: Mapped[list[list[Any]]] = mapped_column(Document, server_default="[]")
    has_own_sentiment: Mapped[bool] = mapped_column(server_default=false())  # a person has said it
    has_own_reasons: Mapped[bool] = mapped_column(server_default=false())
    taxonomy: Mapped[int | None]
    model: Mapped[int | None]
    text_hash: Mapped[str | None] = mapped_column(String(16))
    trouble: Mapped[str | None] = mapped_column(String(200))
    search_row: Mapped[int | None] = mapped_column(
        BigInteger
    )  # in the index of words, newest last; None where not in it
    sameness: Mapped[int | None] = mapped_column(BigInteger)  # what comments share that say the same; as search_row
    response: Mapped[Response] = relationship()
    reasons: Mapped[list["CommentReason"]] = relationship(
        order_by="(CommentReason.confidence.desc(), CommentReason.code)"
    )

    @property
    def machine_tags(self) -> list[tuple[str, float, str]]:
        """The reasons that the machine counts it for, whatever a person said since: (code, confidence, source)."""
        return [(code, confidence, source) for code, confidence, source, counts in self.suggested if counts]


class CommentReason(Model):
    """A reason that a comment counts for: by rule, by a model that learned from corrections, or by a person."""

    __tablename__ = "comment_reason"
    __table_args__ = (
        Index("ix_comment_reason_code", "code"),
        CheckConstraint("source IN ('rule', 'model', 'human')", name="source"),
    )

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(3), primary_key=True)
    confidence: Mapped[float] = mapped_column(Float)
    source: Mapped[str] = mapped_column(String(5), server_default="rule")

    @property
    def is_machine(self) -> bool:
        """Whether no person has said so."""
        return self.source != "human"


class Correction(Model):
    """What a person said of a comment; rows are only ever added, and undone.

    `value` is a reason's code, a sentiment, or "none": no reason. `suggested` is what the machine said before, `was_right`
    whether that was the same: each correction is a test that the machine had not seen.
    """

    __tablename__ = "correction"
    __table_args__ = (
        Index("ix_correction_comment", "comment_id", "about"),
        Index("ix_correction_about", "about", "value"),
        Index("ix_correction_batch", "batch_id"),
        CheckConstraint("about IN ('reason', 'sentiment')", name="about"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(12))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    batch_id: Mapped[UUID | None]
    suggested: Mapped[list[str]] = mapped_column(Document, default=list)
    was_right: Mapped[bool]
    by_chance: Mapped[bool] = mapped_column(
        server_default=false()
    )  # the comment was picked by chance, to check the reader
    confidence: Mapped[float | None] = mapped_column(Float)
    taxonomy: Mapped[int | None]
    reader: Mapped[str | None] = mapped_column(String(30))
    model: Mapped[int | None]
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    person: Mapped[User | None] = relationship(foreign_keys=[made_by])


class Handling(Model):
    """What the team does about a comment: keeps it in view, gives it to somebody, has answered it."""

    __tablename__ = "comment_handling"
    __table_args__ = (
        Index("ix_comment_handling_assigned_to", "assigned_to", **where("assigned_to IS NOT NULL")),
        Index("ix_comment_handling_pinned_at", "pinned_at", **where("pinned_at IS NOT NULL")),
    )

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    pinned_at: Mapped[datetime | None] = mapped_column(Moment)
    pinned_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    assignee: Mapped[User | None] = relationship(foreign_keys=[assigned_to])
    answerer: Mapped[User | None] = relationship(foreign_keys=[answered_by])


class Note(Model):
    """What somebody of the team wrote beside a comment, for the team; it can be taken back, and stays as taken back."""

    __tablename__ = "comment_note"
    __table_args__ = (Index("ix_comment_note_comment_id", "comment_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime] = mapped_column(Moment, default=now)
    taken_back_at: Mapped[datetime | None] = mapped_column(Moment)
    person: Mapped[User | None] = relationship()


class ReadMark(Model):
    """That somebody of the team has read a comment, and when."""

    __tablename__ = "comment_read"
    __table_args__ = (Index("ix_comment_read_user_id", "user_id", "at"),)

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class ReasonModel(Model):
    """What was learned from corrections, as a value that the reader applies."""

    __tablename__ = "reason_model"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[dict[str, Any]] = mapped_column(Document)
    corrections: Mapped[int]
    taxonomy: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)


class ReaderVersion(Model):
    """A version of the reader: tried on everything first, then used or left; the one in use was applied last.

    `done` of `total` responses were gone through up to `last_response`, by whatever the state says is going on; `found` is
    what the trial found.
    """

    __tablename__ = "reader_version"
    __table_args__ = (
        CheckConstraint("state IN ('trying', 'tried', 'applying', 'applied', 'replaced', 'left')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(unique=True)
    taxonomy: Mapped[int]
    reader: Mapped[str] = mapped_column(String(30))
    model: Mapped[int | None] = mapped_column(ForeignKey("reason_model.number"))
    why: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    applied_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    last_response: Mapped[UUID | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    found: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    person: Mapped[User | None] = relationship()
