"""Reads of saved views."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.results.models import SavedView


def saved_views(survey_id: UUID) -> Sequence[SavedView]:
    """The views of a survey that were saved, by name."""
    return db.session.scalars(
        select(SavedView).where(SavedView.survey_id == survey_id).order_by(SavedView.name, SavedView.id)
    ).all()


def saved_view(id: UUID) -> SavedView | None:
    """One saved view with its survey."""
    return db.session.get(SavedView, id, options=[joinedload(SavedView.survey)])
