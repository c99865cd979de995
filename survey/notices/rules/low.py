"""Which answers are worth a notice. Only those whose single answers may be seen: of others nothing is told of one."""

from collections.abc import Sequence
from uuid import UUID

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.events import ResponseSubmitted
from survey.responses.rules import Voice, mood
from survey.results.rules.scores import score_groups

LOW = 0.25  # between 6 and 7, where 0 to 10 are told as -1 to 1


def worth_a_notice(event: ResponseSubmitted) -> UUID | None:
    """Return the response to look at later, None where there is nothing to tell: cheap, as it is asked with every answer."""
    is_quiet = event.is_history or event.is_doubted or not event.is_open
    may_be_low = event.score is not None and event.mood is not None and event.mood <= LOW
    return None if is_quiet or not (may_be_low or tells_why(event.purpose, event.voice)) else event.response_id


def tells_why(purpose: str, voice: str) -> bool:
    """Whether an answer says why a customer left."""
    return purpose == "exit" and voice != Voice.EMPLOYEE


def leading(questions: Sequence[Question]) -> Question | None:
    """Return the question that the score of a response answers: the first one on a scale."""
    return next((question for question in questions if KINDS[question.kind].scale(question) is not None), None)


def is_low(question: Question | None, score: int | None) -> bool:
    """Whether a grade is low: among the low ones of its scale, and no better than 6 of 10."""
    scale = KINDS[question.kind].scale(question) if question else None
    if question is None or scale is None or score is None:
        return False
    return score_groups(question).get(str(score)) == "low" and (mood((score, scale)) or 0.0) <= LOW
