"""What happened meanwhile, as charts over time show it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask import current_app

from survey.foundation.language import gettext as _
from survey.questionnaires.models import SurveyVersion
from survey.results.queries.marks import marks


def happened(survey_id: UUID, published: Iterable[SurveyVersion]) -> list[tuple[date, str]]:
    """Publications of a survey, marks, and improvements that were shipped (which a higher room knows), oldest first."""
    versions = [(version.published_at.date(), _publication(version.number)) for version in published]
    marked = [(mark.day, mark.words) for mark in marks(survey_id)]
    shipped = [
        (day, _("Shipped: %(title)s", title=title)) for day, title in current_app.extensions["hearback.shipped"]()
    ]
    return sorted([*versions, *marked, *shipped])


def _publication(number: int) -> str:
    return _("Survey published") if number == 1 else _("Version %(number)s", number=number)
