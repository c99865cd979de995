"""Every survey with its headline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from survey.foundation.clock import now
from survey.organisation.queries import organisation, today
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys, newest_versions, questionnaire_of
from survey.questionnaires.rules import SurveyState, state_of
from survey.results.pages.addresses import address_of, groups_only
from survey.results.pages.seeing import results_in
from survey.results.queries import last_answers, months_of, voices_in
from survey.results.queries.kept import Months
from survey.results.rules.measures import measured
from survey.results.rules.metrics import Metric
from survey.results.rules.periods import ALL, period
from survey.results.rules.tally import EVERYBODY, VOICE
from survey.results.rules.views import View, in_view, usual_voice


@dataclass(frozen=True)
class Line:
    """One survey: how many answered, its leading number where it has one, the last answer."""

    survey: Survey
    title: str
    state: SurveyState
    n: int
    metric: Metric | None
    last: date | None
    opens: str

    @property
    def slug(self) -> str:
        """Its address."""
        return self.survey.slug


def listing(role: str) -> list[Line]:
    """Every survey that was ever published; the last answered first."""
    newest = newest_versions()
    surveys = [survey for survey in all_surveys() if survey.id in newest]
    questions = {survey.id: questionnaire_of(newest[survey.id]).questions for survey in surveys}
    asked = {"", *(question.key for own in questions.values() for question in measured(own))}
    months = months_of(tuple(questions), (EVERYBODY, (VOICE, None)), questions=asked)
    last = last_answers()
    lines = [
        _line(survey, str(newest[survey.id].document["title"]), questions[survey.id], months, last, role)
        for survey in surveys
    ]
    return sorted(lines, key=lambda line: (line.last or date.min, line.title), reverse=True)


def _line(
    survey: Survey,
    title: str,
    questions: tuple[Question, ...],
    all_months: Mapping[UUID, Months],
    last: Mapping[UUID, date],
    role: str,
) -> Line:
    months, closed, day = all_months.get(survey.id, {}), groups_only(survey, role), today()
    view = View(period(ALL, day), voice=usual_voice(voices_in(months)))
    results = results_in(
        view.period, in_view(view, months), questions, minimum=organisation().minimum_scores, groups=closed, today=day
    )
    voice = None if view.voice == "all" else view.voice
    opens = "" if closed or not results.n else address_of("responses.responses", slug=survey.slug, voice=voice)
    # The day of the last answer would tell of one person where only groups are shown.
    return Line(
        survey,
        title,
        state_of(survey, is_published=True, now=now()),
        results.n,
        results.metric,
        None if closed else last.get(survey.id),
        opens,
    )
