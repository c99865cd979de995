"""What can be read from answers alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules.values import Answers

Cells = dict[str, tuple[str, ...]]


def answered(questions: Sequence[Question], answers: Answers) -> Iterator[tuple[Question, Any]]:
    """Yield the questions that were answered, with their answers, in order."""
    for question in questions:
        answer = answers.get(question.key)
        if not KINDS[question.kind].is_empty(answer):
            yield question, answer


def cells(questions: Sequence[Question], answers: Answers) -> Cells:
    """Return the countable values of the answers by question key; questions without any are left out."""
    found: Cells = {}
    for question, answer in answered(questions, answers):
        if values := KINDS[question.kind].cells(question, answer):
            found[question.key] = values
    return found


def first_grade(questions: Sequence[Question], answers: Answers) -> tuple[int, tuple[int, int]] | None:
    """Return the first answer on a scale, with the ends of that scale."""
    for question, answer in answered(questions, answers):
        scale = KINDS[question.kind].scale(question)
        if scale is not None:
            return int(answer), scale
    return None


def leading_grade(questions: Sequence[Question], answers: Answers) -> tuple[str, int] | None:
    """Return the first question on a scale with its answer; None where that one was not answered, whatever others were.

    Scores of a survey are told apart and drawn by it: an answer on another scale would be another number.
    """
    first = next((question for question in questions if KINDS[question.kind].scale(question) is not None), None)
    if first is None or KINDS[first.kind].is_empty(answers.get(first.key)):
        return None
    return first.key, int(answers[first.key])


def mood(grade: tuple[int, tuple[int, int]] | None) -> float | None:
    """Return a grade as a number from -1 (the worst) to 1 (the best)."""
    if grade is None:
        return None
    value, (lowest, highest) = grade
    return round(2 * (value - lowest) / (highest - lowest) - 1, 4)


def own_words(questions: Sequence[Question], answers: Answers) -> Iterator[tuple[Question, str]]:
    """Yield the questions that were answered in own words, with those words."""
    for question, answer in answered(questions, answers):
        words = KINDS[question.kind].written(question, answer)
        if words:
            yield question, words


def stated_reasons(questions: Sequence[Question], answers: Answers) -> tuple[str, ...]:
    """Return the codes of the reasons that were stated, the primary one first; they are the answers that hold codes."""
    for _question, answer in answered(questions, answers):
        if isinstance(answer, Mapping) and answer.get("codes"):
            return tuple(answer["codes"])
    return ()
