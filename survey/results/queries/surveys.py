"""What stands at the head of a survey's results."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from survey.foundation.db import db
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import merged_questions
from survey.responses.models import Response
from survey.results.queries.kept import months_of, voices_in
from survey.results.rules.groups import seen
from survey.results.rules.measures import leading, measured, metrics_of
from survey.results.rules.metrics import Metric
from survey.results.rules.periods import EVER, Period
from survey.results.rules.tally import EVERYBODY, VOICE, added, joined
from survey.results.rules.views import View, usual_voice


def headline(survey_id: UUID, *, since: date | None = None, until: date | None = None) -> Metric | None:
    """The survey's leading number in the months of these days; None where it asks nothing that gives one.

    Where people we know and people we cannot place have both answered, it is that of the people we know, as on the
    survey's own page.
    """
    questions = merged_questions(survey_id)
    wanted = {"", *(question.key for question in measured(questions))}
    months = months_of((survey_id,), (EVERYBODY, (VOICE, None)), questions=wanted).get(survey_id, {})
    mine = joined(months, View(EVER, voice=usual_voice(voices_in(months))).segments)
    question = leading(questions, added(mine.values()))
    if question is None:
        return None
    shown = seen(mine, Period("", since, until, "")).counts
    return metrics_of(question, shown.get(question.key, {}))[0]


def last_answers() -> Mapping[UUID, date]:
    """The day of each survey's last answer; surveys without any are not there."""
    newest = (
        select(func.max(Response.submitted_on))
        .where(Response.survey_id == Survey.id, Response.set_aside.is_(None))
        .correlate(Survey)
    )
    days = db.session.execute(select(Survey.id, newest.scalar_subquery()))
    return {survey_id: day for survey_id, day in days if day is not None}
