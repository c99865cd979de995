"""How far somebody came, in the terms of AAPOR (Standard Definitions, 10th ed., 2023, "Internet surveys of specifically named persons").

*Complete*: the way through the questionnaire was walked to its end and sent, with an answer to every question that needs
one; skipped voluntary questions do not make it less. *Partial*: not sent, with an answer to half or more of the questions
on that person's way. *Break-off*: not sent, with fewer. Only complete ones are responses; the others are counted apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from survey.questionnaires.kinds.base import Answer, Given, Invalid, Question
from survey.questionnaires.kinds.table import KINDS


class Outcome(StrEnum):
    """What became of a questionnaire that was begun and not sent."""

    PARTIAL = "partial"
    BREAK_OFF = "break-off"


@dataclass(frozen=True)
class Unfinished:
    """How many began and did not send."""

    partial: int
    broken_off: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.partial + self.broken_off


def outcome(asked: int, answered: int) -> Outcome:
    """Return what a questionnaire that was not sent counts as; `queries.unfinished` counts the same in SQL."""
    return Outcome.PARTIAL if answered > 0 and 2 * answered >= asked else Outcome.BREAK_OFF


def without_personal(typed: Mapping[str, list[str]], questions: Iterable[Question]) -> dict[str, list[str]]:
    """Return what was typed without the inputs that tell who somebody is."""
    personal = {question.key for question in questions if KINDS[question.kind].is_personal}
    return {name: values for name, values in typed.items() if name.partition(".")[0] not in personal}


def answers_typed(typed: Mapping[str, list[str]], questions: Iterable[Question]) -> dict[str, Answer]:
    """Return the answers in what was typed; what is no answer, and what tells who somebody is, is left out."""
    found = {question.key: _answer(typed, question) for question in questions if _is_counted(question)}
    return {key: answer for key, answer in found.items() if answer is not None}


def _is_counted(question: Question) -> bool:
    return KINDS[question.kind].takes_answer and not KINDS[question.kind].is_personal


def _answer(typed: Mapping[str, list[str]], question: Question) -> Answer | None:
    kind = KINDS[question.kind]
    parts = {part: tuple(typed[name]) for part in kind.parts(question) if (name := f"{question.key}.{part}") in typed}
    try:
        return kind.clean(question, Given(tuple(typed.get(question.key, ())), parts))
    except Invalid:
        return None
