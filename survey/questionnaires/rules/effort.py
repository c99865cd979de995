"""How long a survey takes those who answer it."""

from collections.abc import Iterable

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS


def seconds_of(questions: Iterable[Question]) -> int:
    """Return how long people take to answer questions, roughly; words alone take no time."""
    return sum(KINDS[question.kind].seconds(question) for question in questions if KINDS[question.kind].takes_answer)
