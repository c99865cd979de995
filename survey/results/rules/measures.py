"""Which numbers a question gives, by the names that its kind declares."""

from collections.abc import Callable, Iterable, Mapping

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.results.rules.metrics import Distribution, Metric, csat, mean, nps

Measure = Callable[[Question, Distribution], Metric]


def _ends(question: Question) -> tuple[int | None, int | None]:
    return KINDS[question.kind].scale(question) or (None, None)


def _csat(question: Question, distribution: Distribution) -> Metric:
    return csat(distribution, points=_ends(question)[1] or 5)


def _mean(question: Question, distribution: Distribution) -> Metric:
    lowest, highest = _ends(question)
    return mean(distribution, lowest=lowest, highest=highest)


MEASURES: Mapping[str, Measure] = {
    "nps": lambda _question, distribution: nps(distribution),
    "csat": _csat,
    "mean": _mean,
}


def metrics_of(question: Question, distribution: Distribution) -> tuple[Metric, ...]:
    """The numbers of a question, the one to lead with first; none for kinds that are only counted."""
    return tuple(MEASURES[name](question, distribution) for name in KINDS[question.kind].metrics)


def leading(questions: Iterable[Question]) -> Question | None:
    """The question whose number stands at the head of a survey's results: the first that has one."""
    return next((question for question in questions if KINDS[question.kind].metrics), None)
