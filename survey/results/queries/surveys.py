"""What stands at the head of a survey's results."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from survey.foundation.db import db
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import merged_questions
from survey.responses.models import Response
from survey.results.queries.kept import counts_in, voices
from survey.results.rules.measures import leading, metrics_of
from survey.results.rules.metrics import Metric
from survey.results.rules.periods import ALL, Period
from survey.results.rules.views import View, usual_voice


def headline(survey_id: UUID, *, since: date | None = None, until: date | None = None) -> Metric | None:
    """The survey's leading number in the months of these days; None where it asks nothing that gives one.

    Where people we know and people we cannot place have both answered, it is that of the people we know, as on the
    survey's own page.
    """
    question = leading(merged_questions(survey_id))
    if question is None:
        return None
    view = View(Period(ALL, since, until, ""), voice=usual_voice(voices(survey_id)))
    found = counts_in(survey_id, view.segments, since=since, until=until)
    return metrics_of(question, found.get(question.key, {}))[0]


def last_answers() -> Mapping[UUID, date]:
    """The day of each survey's last answer; surveys without any are not there."""
    newest = select(func.max(Response.submitted_on)).where(Response.survey_id == Survey.id).correlate(Survey)
    days = db.session.execute(select(Survey.id, newest.scalar_subquery()))
    return {survey_id: day for survey_id, day in days if day is not None}
