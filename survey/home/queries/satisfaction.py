"""The number at the head of the survey that asks whether people are content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.home.rules import Figure, figure
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys, merged_questions
from survey.responses.rules import sees_single_answers
from survey.results.queries import last_answers, monthly_in, voices
from survey.results.rules.findings import change_since, moved
from survey.results.rules.groups import NO_PROMISE, Seen, seen
from survey.results.rules.measures import leading, metrics_of
from survey.results.rules.metrics import Metric, enough
from survey.results.rules.periods import ALL, Period, earlier, period
from survey.results.rules.tally import Counts
from survey.results.rules.views import View, usual_voice

PERIODS_TRIED = ("3-months", "12-months")
CONTENT = "satisfaction"


@dataclass(frozen=True)
class Satisfaction:
    """A survey's leading number within a period, how it moved, and the responses behind it, by voice."""

    survey: Survey
    question: Question
    metric: Metric
    figure: Figure
    period: Period
    change: str
    responses: int
    voice: str
    opens_responses: bool


@dataclass(frozen=True)
class _Counted:
    """What a question was answered with, month by month, and how small a group may be told of."""

    question: Question
    months: Mapping[date, Counts]
    group: int

    def seen(self, when: Period) -> Seen:
        return seen(self.months, when, minimum=self.group)

    def answers(self, when: Period) -> Mapping[str, int]:
        return self.seen(when).counts.get(self.question.key, {})

    def metric(self, when: Period) -> Metric:
        return metrics_of(self.question, self.answers(when))[0]


def satisfaction(today: date, *, minimum: int, sees_rows: bool) -> Satisfaction | None:
    """The satisfaction survey that was answered last: its number over 3 months, or 12 where 3 hold too few answers."""
    survey = _most_recent()
    question = leading(merged_questions(survey.id)) if survey else None
    if survey is None or question is None:
        return None
    opens = sees_rows and sees_single_answers(survey.privacy)
    voice = usual_voice(voices(survey.id))
    counted = _count(survey, question, voice, group=NO_PROMISE if opens else minimum)
    tried = [period(name, today) for name in PERIODS_TRIED]
    when = next((one for one in tried if enough(counted.metric(one).n, minimum)), tried[-1])
    metric = counted.metric(when)
    shown = figure(metric, KINDS[question.kind].scale(question), minimum=minimum)
    change = _change(counted, when, today, minimum)
    return Satisfaction(survey, question, metric, shown, when, change, counted.seen(when).n, voice, opens)


def public_figure(survey: Survey, question: Question, *, minimum: int) -> tuple[Metric, Figure]:
    """What everybody may see of a survey's leading number, over all time: groups only."""
    counted = _count(survey, question, usual_voice(voices(survey.id)), group=minimum)
    metric = counted.metric(Period(ALL, None, None, ""))
    return metric, figure(metric, KINDS[question.kind].scale(question), minimum=minimum)


def _most_recent() -> Survey | None:
    days = last_answers()
    asked = [survey for survey in all_surveys() if survey.purpose == CONTENT and survey.id in days]
    return max(asked, key=lambda survey: days[survey.id], default=None)


def _count(survey: Survey, question: Question, voice: str, *, group: int) -> _Counted:
    """All months: which of them are told together depends on those before."""
    segments = View(Period(ALL, None, None, ""), voice=voice).segments
    return _Counted(question, monthly_in(survey.id, segments), group)


def _change(counted: _Counted, now: Period, today: date, minimum: int) -> str:
    """How the number moved against as many months before, in words; empty where there are too few to compare."""
    before = earlier(now, today)
    if before is None or not all(enough(counted.metric(when).n, minimum) for when in (now, before)):
        return ""
    old = counted.metric(before)
    change = moved(counted.answers(now), counted.answers(before), counted.metric(now), old)
    return change_since(change, old, before.words)
