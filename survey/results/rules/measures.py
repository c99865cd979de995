"""Which numbers a question gives, by the names that its kind declares."""

from collections.abc import Callable, Iterable, Mapping

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.results.rules.metrics import Distribution, Metric, average, ces, csat, mean, nps
from survey.results.rules.tally import Counts, answered_in

Measure = Callable[[Question, Distribution], Metric]


def _ends(question: Question) -> tuple[int | None, int | None]:
    return KINDS[question.kind].scale(question) or (None, None)


def _csat(question: Question, distribution: Distribution) -> Metric:
    return csat(distribution, points=_ends(question)[1] or 5)


def _ces(question: Question, distribution: Distribution) -> Metric:
    return ces(distribution, points=_ends(question)[1] or 7)


def _mean(question: Question, distribution: Distribution) -> Metric:
    """The mean of grades; where there are none, of numbers of any size."""
    lowest, highest = _ends(question)
    return mean(distribution, lowest=lowest, highest=highest) if highest else average(distribution)


MEASURES: Mapping[str, Measure] = {
    "nps": lambda _question, distribution: nps(distribution),
    "csat": _csat,
    "ces": _ces,
    "mean": _mean,
}


def metrics_of(question: Question, distribution: Distribution) -> tuple[Metric, ...]:
    """The numbers of a question, the one to lead with first; none for kinds that are only counted."""
    return tuple(MEASURES[name](question, distribution) for name in KINDS[question.kind].metrics)


def measured(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions whose number says how good something is: those that are answered with grades."""
    return tuple(question for question in questions if KINDS[question.kind].metrics and _ends(question)[1])


def offers_reasons(question: Question) -> bool:
    """Whether its answers are reasons of the taxonomy."""
    return any("code" in option for option in question.settings.get("options", ()))


def leading(questions: Iterable[Question], counts: Counts) -> Question | None:
    """The question whose number stands at the head of a survey's results: the first that gives one and was ever answered.

    `counts` are of all time; where nobody answered any, it is the first that gives a number.
    """
    found = measured(questions)
    answered = (question for question in found if answered_in(counts, question.key))
    return next(answered, found[0] if found else None)
