"""What an organisation has made of the taxonomy."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment


class TaxonomyVersion(Model):
    """A version of the taxonomy, frozen: how it differs from the one that comes with the product (rules.edits.Changes).

    Version 1 is that one itself and has no row. The highest number is in force.
    """

    __tablename__ = "taxonomy_version"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changes: Mapped[dict[str, Any]] = mapped_column(Document)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class ReasonWords(Model):
    """What words that a system or a person gives as a reason mean here: chosen by a leader, used by every later import."""

    __tablename__ = "reason_words"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)  # the words as they are compared
    words: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(3))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
