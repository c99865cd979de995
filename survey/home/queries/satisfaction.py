"""The number at the head of the survey that asks whether people are content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.home.rules import Figure, figure
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys, merged_questions
from survey.results.queries import last_answers, monthly_in, voices
from survey.results.rules.comparisons import nps_change
from survey.results.rules.measures import leading, metrics_of
from survey.results.rules.metrics import Metric, enough
from survey.results.rules.periods import Period, earlier, period
from survey.results.rules.tally import Counts, added
from survey.results.rules.views import View, usual_voice
from survey.results.rules.words import change_words

PERIODS_TRIED = ("3-months", "12-months")
CONTENT = "satisfaction"


@dataclass(frozen=True)
class Satisfaction:
    """A survey's leading number within a period, whose answers it is made of, and how it moved."""

    survey: Survey
    question: Question
    metric: Metric
    figure: Figure
    period: Period
    voice: str
    change: str


@dataclass(frozen=True)
class _Counted:
    """What a question was answered with, month by month."""

    question: Question
    months: Mapping[date, Counts]

    def within(self, when: Period) -> Mapping[str, int]:
        first, last = when.since or date.min, when.until or date.max
        chosen = (counts for month, counts in self.months.items() if first <= month <= last)
        return added(chosen).get(self.question.key, {})

    def metric(self, when: Period) -> Metric:
        return metrics_of(self.question, self.within(when))[0]


def satisfaction(today: date, *, minimum: int) -> Satisfaction | None:
    """The satisfaction survey that was answered last: its number over 3 months, or 12 where 3 hold too few answers."""
    survey = _most_recent()
    question = leading(merged_questions(survey.id)) if survey else None
    if survey is None or question is None:
        return None
    voice = usual_voice(voices(survey.id))
    counted = _count(survey, question, voice, today)
    tried = [period(name, today) for name in PERIODS_TRIED]
    when = next((one for one in tried if enough(counted.metric(one).n, minimum)), tried[-1])
    metric = counted.metric(when)
    shown = figure(metric, KINDS[question.kind].scale(question), minimum=minimum)
    return Satisfaction(survey, question, metric, shown, when, voice, _change(counted, when, today, minimum))


def _most_recent() -> Survey | None:
    days = last_answers()
    asked = [survey for survey in all_surveys() if survey.purpose == CONTENT and survey.id in days]
    return max(asked, key=lambda survey: days[survey.id], default=None)


def _count(survey: Survey, question: Question, voice: str, today: date) -> _Counted:
    """All months that are shown or compared, in one read."""
    longest = period(PERIODS_TRIED[-1], today)
    before = earlier(longest, today) or longest
    segments = View(longest, voice=voice).segments
    return _Counted(question, monthly_in(survey.id, segments, since=before.since, until=longest.until))


def _change(counted: _Counted, now: Period, today: date, minimum: int) -> str:
    """How a net promoter score moved against as many months before; empty where there are too few to compare."""
    before = earlier(now, today)
    if before is None or KINDS[counted.question.kind].metrics[0] != "nps":
        return ""
    if not all(enough(counted.metric(when).n, minimum) for when in (now, before)):
        return ""
    words = change_words(nps_change(counted.within(now), counted.within(before)), f"the {before.months} months before")
    return f"{words[:1].upper()}{words[1:]}." if words else ""
