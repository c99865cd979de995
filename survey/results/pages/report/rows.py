"""The results of a view as rows for a file: each metric and each answer of every question."""

from collections.abc import Iterator

from survey.results.pages.one import SurveyPage
from survey.results.pages.report.numbers import base
from survey.results.rules.metrics import Metric
from survey.results.rules.reading import Told
from survey.results.rules.words import exact

HEADER = ("question", "value", "label", "n", "share", "metric", "low", "high")
Row = tuple[object, ...]


def rows(page: SurveyPage) -> Iterator[Row]:
    """A line for all responses, then for each question: how many answered, its metrics, and its values."""
    yield "", "", page.title, page.results.n, None, None, None, None
    asked = [page.results.tell(page.reasons_question)] if page.reasons_question else []
    for told in [*page.told, *asked]:
        yield from _of_question(told)


def _of_question(told: Told) -> Iterator[Row]:
    key = told.question.key
    yield key, "", told.question.words, None if told.is_hidden else told.answered, None, None, None, None
    yield from (_of_metric(key, metric) for metric in told.metrics)
    for value, label in told.values:
        hidden = value in told.hidden
        n, of = told.distribution.get(value, 0), base(told, value)
        share = exact("share", n / of) if of and not hidden else None
        yield key, value, label, None if hidden else n, share, None, None, None


def _of_metric(key: str, metric: Metric) -> Row:
    value, low, high = (exact(metric.name, part) for part in (metric.value, metric.low, metric.high))
    return key, metric.name, "", metric.n, None, value, low, high
