"""The one row about the organisation."""

from sqlalchemy import CheckConstraint, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from survey.foundation.db import Document, Model


class Organisation(Model):
    """The organisation that this installation serves; made by the first migration, changed in the settings."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("minimum_scores >= 3", name="minimum"),
        CheckConstraint("letter_limit > 0 AND letter_days > 0", name="letters"),
        CheckConstraint("hold_out_percent BETWEEN 0 AND 50", name="hold_out"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    name: Mapped[str] = mapped_column(String(120), default="Your organisation")
    accent: Mapped[str] = mapped_column(String(7), default="#0B6B5D")
    mark: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    mark_type: Mapped[str | None] = mapped_column(String(40))
    mark_version: Mapped[str | None] = mapped_column(String(16))
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    language: Mapped[str] = mapped_column(String(10), default="en")
    languages: Mapped[list[str]] = mapped_column(Document, default=lambda: ["en"])
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    postal_address: Mapped[str] = mapped_column(Text, default="")
    minimum_scores: Mapped[int] = mapped_column(default=5)
    minimum_comments: Mapped[int] = mapped_column(default=8)
    promised_hours: Mapped[int] = mapped_column(default=48)
    hold_out_percent: Mapped[int] = mapped_column(default=0)  # of new cases, left alone to see who comes back unasked
    letter_limit: Mapped[int] = mapped_column(default=3)  # the most letters to anybody ...
    letter_days: Mapped[int] = mapped_column(default=30)  # ... within so many days
    letter_salt: Mapped[bytes | None] = deferred(
        mapped_column(LargeBinary)
    )  # of the hashes of addresses; drawn when needed
    is_example: Mapped[bool] = mapped_column(default=False)

    @property
    def has_mark(self) -> bool:
        """Whether a picture was uploaded; else Hearback's own mark stands in."""
        return self.mark_type is not None
