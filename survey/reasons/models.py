"""What an organisation has made of the taxonomy."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
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
