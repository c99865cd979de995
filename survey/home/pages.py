"""What home shows of surveys' results: the numbers are those of the results' own pages, seen by the same rules."""

from dataclasses import dataclass

from survey.foundation.language import lazy_gettext
from survey.home.rules import Figure, figure
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys
from survey.results.pages.one import SurveyPage
from survey.results.pages.published import results_to_show
from survey.results.pages.seeing import survey_page
from survey.results.queries import last_answers
from survey.results.rules.findings import change_since
from survey.results.rules.metrics import Metric, enough

PERIODS_TRIED = ("3-months", "12-months")
CONTENT = "satisfaction"
FEW_IN_PUBLIC = lazy_gettext("Too few answers so far to show a score.")


@dataclass(frozen=True)
class Satisfaction:
    """A survey's leading number, and how it moved; `opens` is the address of the responses it is made of, or empty."""

    page: SurveyPage
    metric: Metric
    figure: Figure
    change: str
    opens: str

    @property
    def responses(self) -> int:
        """How many responses there are in the period; some may have left the leading question out."""
        return self.page.results.n


def satisfaction(role: str) -> Satisfaction | None:
    """The satisfaction survey that was answered last: its number over 3 months, or 12 where 3 hold too few answers."""
    survey = _last_answered()
    page = _page(survey, role) if survey else None
    if page is None or page.results.metric is None:
        return None
    shown = _figure(page.results.leading, page.results.metric, page.results.minimum)
    return Satisfaction(page, page.results.metric, shown, _change(page), page.opens() if page.results.n else "")


def _last_answered() -> Survey | None:
    days = last_answers()
    asked = [survey for survey in all_surveys() if survey.purpose == CONTENT and survey.id in days]
    return max(asked, key=lambda survey: days[survey.id], default=None)


def _page(survey: Survey, role: str) -> SurveyPage:
    """The survey's page over the shortest period that has enough answers, else over the longest."""
    for name in PERIODS_TRIED:
        page = survey_page(survey, {"period": name}, role)
        if page.results.metric and enough(page.results.metric.n, page.results.minimum):
            break
    return page


def _change(page: SurveyPage) -> str:
    change, before = page.results.change, page.results.metric_before
    return change_since(change, before, page.before_words) if change and before else ""


def _figure(question: Question | None, metric: Metric, minimum: int) -> Figure:
    return figure(metric, KINDS[question.kind].scale(question) if question else None, minimum=minimum)


@dataclass(frozen=True)
class SoFar:
    """The public result of a survey: what was asked, and the number with its interval."""

    question: str
    figure: Figure
    metric: str


def public_result(survey: Survey) -> SoFar | None:
    """The result so far that everybody may see; None where the owner does not show it or nothing gives a number."""
    results = results_to_show(survey) if survey.has_public_results else None
    if results is None or results.leading is None or results.metric is None:
        return None
    shown = _figure(results.leading, results.metric, minimum=results.group)
    few = Figure("", shown.unit, "", FEW_IN_PUBLIC)
    return SoFar(results.leading.words, shown if shown.value else few, results.metric.name)
