"""How a single answer reads, on a page and in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.foundation.language import lazy_gettext
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules.values import Voice

VOICE_WORDS: Mapping[str, str] = {
    Voice.CUSTOMER: lazy_gettext("Customer"),
    Voice.FORMER_CUSTOMER: lazy_gettext("Former customer"),
    Voice.EMPLOYEE: lazy_gettext("Employee"),
    Voice.UNVERIFIED: lazy_gettext("By the open link"),
}
VERIFIED_VOICES: tuple[str, ...] = (Voice.CUSTOMER, Voice.FORMER_CUSTOMER, Voice.EMPLOYEE)
# What a list or a page can be asked for: a voice, everybody whom we know, or everybody.
VERIFIED, ALL_VOICES = "verified", "all"
VOICES: Mapping[str, str] = {
    VERIFIED: lazy_gettext("People we know"),
    Voice.CUSTOMER: lazy_gettext("Customers"),
    Voice.FORMER_CUSTOMER: lazy_gettext("Former customers"),
    Voice.EMPLOYEE: lazy_gettext("Employees"),
    Voice.UNVERIFIED: lazy_gettext("Open link, not verified"),
    ALL_VOICES: lazy_gettext("Everybody"),
}


def voices_of(name: str) -> tuple[str, ...] | None:
    """The voices that a name asks for; None for everybody's."""
    return {ALL_VOICES: None, VERIFIED: VERIFIED_VOICES}.get(name, (name,))


@dataclass(frozen=True)
class Told:
    """One question with its answer in words: what was chosen, what was written; neither where it was not answered."""

    question: Question
    lines: tuple[str, ...] = ()
    written: str = ""

    @property
    def chosen(self) -> str:
        """What was chosen, on one line."""
        return "; ".join(self.lines)

    @property
    def is_answered(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.chosen or self.written)


def is_shown(question: Question) -> bool:
    """Whether the answers to a question stand among the answers: who somebody is does not."""
    return KINDS[question.kind].takes_answer and not KINDS[question.kind].is_personal


def told(question: Question, answer: Any) -> Told:
    """Return a question with an answer (None: not answered) in words."""
    kind = KINDS[question.kind]
    if kind.is_empty(answer):
        return Told(question)
    return Told(question, kind.said(question, answer), kind.written(question, answer) or "")


def spoken(question: Question, answer: Any) -> str:
    """Return an answer (None: not answered) as it is put into other words; "" where there is none."""
    kind = KINDS[question.kind]
    return "" if kind.is_empty(answer) else kind.spoken(question, answer)


def labels(question: Question, answer: Any) -> tuple[str, ...]:
    """Return the words of what was chosen, all of it: of several reasons every one."""
    words = dict(KINDS[question.kind].values(question))
    return tuple(words.get(value, value) for value in codes(question, answer))


def codes(question: Question, answer: Any) -> tuple[str, ...]:
    """Return the values of what was chosen, all of it."""
    return KINDS[question.kind].chosen(question, answer)
