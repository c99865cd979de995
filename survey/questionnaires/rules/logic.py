"""Which questions are shown to whom: conditions on earlier answers, whether they hold, and whether they ever can."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Condition, Invalid, Kind, Question, When, given
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.values import ENDING, Ending, Questionnaire, Remark

Answers = Mapping[str, Any]

ALL, ANY = "all", "any"
ANSWERED, UNANSWERED, IS, IS_NOT = "answered", "unanswered", "is", "is_not"
AT_LEAST, AT_MOST = "at_least", "at_most"
# test -> how it reads; comparisons are for answers that are numbers or days
TESTS: Mapping[str, str] = {
    ANSWERED: "was answered",
    UNANSWERED: "was not answered",
    IS: "is",
    IS_NOT: "is not",
    AT_LEAST: "is at least",
    AT_MOST: "is at most",
}
VALUED, COMPARING = (IS, IS_NOT), (AT_LEAST, AT_MOST)
WAYS_LIMIT = 400  # so many ways to come to a question are looked at; with more we take it that one is open

Way = tuple[Condition, ...]  # conditions that hold together


def holds(when: When | None, questions: Mapping[str, Question], answers: Answers) -> bool:
    """Whether something is shown, after these answers; a question that was not shown counts as not answered."""
    if when is None:
        return True
    found = (_is_met(condition, questions.get(condition.question), answers) for condition in when.conditions)
    return all(found) if when.match == ALL else any(found)


def can_be_looked_at(question: Question) -> bool:
    """Whether a condition may be about this question."""
    return KINDS[question.kind].takes_answer and not KINDS[question.kind].is_personal


def tests_of(question: Question) -> tuple[str, ...]:
    """Return the tests that a condition about this question can make."""
    valued = VALUED if KINDS[question.kind].values(question) else ()
    return ANSWERED, UNANSWERED, *valued, *(COMPARING if is_comparable(question) else ())


def is_comparable(question: Question) -> bool:
    """Whether the answers to a question are numbers or days: its kind has a scale, or says itself what number an answer is."""
    kind = KINDS[question.kind]
    return kind.scale(question) is not None or type(kind).number is not Kind.number


def _is_met(condition: Condition, question: Question | None, answers: Answers) -> bool:
    answer = answers.get(condition.question)
    if question is None or KINDS[question.kind].is_empty(answer):
        return condition.test == UNANSWERED
    return MEETS[condition.test](condition, question, answer)


def _chose(condition: Condition, question: Question, answer: Any) -> bool:
    return bool(set(KINDS[question.kind].chosen(question, answer)) & set(condition.values))


def _compared(condition: Condition, question: Question, answer: Any) -> float:
    """Return by how much the answer lies above the condition's bound; below it is negative."""
    number = KINDS[question.kind].number(question, answer)
    bound = as_number(condition.values[0], question) if condition.values else None
    return float("nan") if number is None or bound is None else number - bound


MEETS: Mapping[str, Callable[[Condition, Question, Any], bool]] = {
    ANSWERED: lambda _condition, _question, _answer: True,
    UNANSWERED: lambda _condition, _question, _answer: False,
    IS: _chose,
    IS_NOT: lambda condition, question, answer: not _chose(condition, question, answer),
    AT_LEAST: lambda condition, question, answer: _compared(condition, question, answer) >= 0,
    AT_MOST: lambda condition, question, answer: _compared(condition, question, answer) <= 0,
}


def as_number(value: str, question: Question) -> float | None:
    """Return a condition's bound as the kind of its question reads numbers and days; None where it cannot."""
    kind = KINDS[question.kind]
    try:
        answer = kind.clean(question, given(value))
    except Invalid:
        return None
    return None if answer is None else kind.number(question, answer)


# ---- what is wrong with a questionnaire's logic ---------------------------------------------------------------------


def logic_remarks(questionnaire: Questionnaire) -> list[Remark]:
    """Return what is wrong with the conditions of a questionnaire, each with the place where it is to be put right."""
    found: list[Remark] = []
    for number, question in enumerate(questionnaire.questions):
        earlier = questionnaire.questions[:number]
        found += [
            Remark(question.key, _("“%(question)s”: %(problem)s", question=question.words, problem=one))
            for one in _problems_of(question.show_if, earlier, questionnaire)
        ]
    for ending in questionnaire.endings:
        found += [
            Remark(f"{ENDING}{ending.key}", _("The ending “%(ending)s”: %(problem)s", ending=ending.key, problem=one))
            for one in _problems_of_ending(ending, questionnaire)
        ]
    return found or list(_unreachable(questionnaire))


def _problems_of_ending(ending: Ending, questionnaire: Questionnaire) -> list[str]:
    if not ending.after:
        return _problems_of(ending.when, questionnaire.questions, questionnaire)
    keys = [question.key for question in questionnaire.questions]
    if ending.after not in keys:
        return [_("it comes after a question that is not there any more.")]
    return _problems_of(ending.when, questionnaire.questions[: keys.index(ending.after) + 1], questionnaire)


def _problems_of(when: When | None, earlier: Sequence[Question], questionnaire: Questionnaire) -> list[str]:
    if when is None:
        return []
    before = {question.key: question for question in earlier}
    found = [_problem_of(condition, before.get(condition.question), questionnaire) for condition in when.conditions]
    return [problem for problem in found if problem]


def _problem_of(condition: Condition, question: Question | None, questionnaire: Questionnaire) -> str:
    if question is None:
        later = questionnaire.question(condition.question)
        if later is None:
            return _("its condition is about a question that is not there any more.")
        return _(
            "its condition is about “%(question)s”, which does not come before it. Move that question up.",
            question=later.words,
        )
    if not can_be_looked_at(question):
        return _(
            "its condition is about “%(question)s”, which has no answer that can be looked at.", question=question.words
        )
    if condition.test in VALUED:
        return _problem_of_values(condition, question)
    if condition.test in COMPARING and (not condition.values or as_number(condition.values[0], question) is None):
        return _(
            "its condition compares “%(question)s” with something that cannot be an answer to it.",
            question=question.words,
        )
    return ""


def _problem_of_values(condition: Condition, question: Question) -> str:
    offered = {value for value, _words in KINDS[question.kind].values(question)}
    if not condition.values:
        return _("its condition about “%(question)s” names no answer.", question=question.words)
    unknown = [value for value in condition.values if value not in offered]
    if not unknown:
        return ""
    return _("its condition asks for an answer to “%(question)s” that is not offered: %(value)s.",
             question=question.words, value=unknown[0])  # fmt: skip


def _unreachable(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Yield what nobody can ever see, whatever they answer."""
    ways, over = Ways(questionnaire), ""
    for question in questionnaire.questions:
        if over:
            yield Remark(
                question.key,
                _(
                    "“%(question)s” can never be shown: the ending “%(ending)s” comes before it, for everybody.",
                    question=question.words,
                    ending=over,
                ),
            )
        elif not ways.lead_to(question):
            yield Remark(
                question.key,
                _("“%(question)s” can never be shown: no answers fit its condition.", question=question.words),
            )
        over = over or next(
            (one.key for one in questionnaire.endings if one.after == question.key and not one.when), ""
        )
    for ending in questionnaire.endings:
        if ending.when and not ways.leave_open(ending.when):
            words = _("The ending “%(ending)s” can never be shown: no answers fit its condition.", ending=ending.key)
            yield Remark(f"{ENDING}{ending.key}", words)


def section_of(questionnaire: Questionnaire, question: Question) -> Question | None:
    """Return the section that a question stands in: the last one before it that begins a page."""
    section = None
    for one in questionnaire.questions:
        if one.key == question.key:
            return section
        section = one if KINDS[one.kind].begins_page else section
    return None


class Ways:
    """The ways through a questionnaire: the sets of conditions under which somebody comes to a question.

    A condition on an answer brings along the ways to the question that was answered.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.known: dict[str, list[Way]] = {}

    def lead_to(self, question: Question) -> bool:
        """Whether any answers lead to a question."""
        return any(self._is_possible(way) for way in self._to(question))

    def leave_open(self, when: When) -> bool:
        """Whether any answers meet a condition."""
        return any(self._is_possible(way) for way in self._meeting(when))

    def _to(self, question: Question) -> list[Way]:
        if question.key not in self.known:
            section = section_of(self.questionnaire, question)
            whens = [when for when in (question.show_if, section.show_if if section else None) if when]
            self.known[question.key] = _joined([self._meeting(when) for when in whens])
        return self.known[question.key]

    def _meeting(self, when: When) -> list[Way]:
        each = [self._with(condition) for condition in when.conditions]
        return _joined(each) if when.match == ALL else [way for ways in each for way in ways][:WAYS_LIMIT]

    def _with(self, condition: Condition) -> list[Way]:
        question = self.questionnaire.question(condition.question)
        if question is None or condition.test == UNANSWERED:
            return [(condition,)]
        return [(*way, condition) for way in self._to(question)]

    def _is_possible(self, way: Way) -> bool:
        about: dict[str, list[Condition]] = {}
        for condition in way:
            about.setdefault(condition.question, []).append(condition)
        return all(_can_hold(self.questionnaire.question(key), conditions) for key, conditions in about.items())


def _joined(each: Sequence[Sequence[Way]]) -> list[Way]:
    """Every way of meeting all of several conditions; with too many of them the one that is always open."""
    if prod(len(ways) for ways in each) > WAYS_LIMIT:
        return [()]
    return [tuple(dict.fromkeys(condition for way in ways for condition in way)) for ways in product(*each)]


@dataclass
class _Room:
    """What is left for one answer: may it be given or not, between which bounds, what must be and must not be in it."""

    lowest: float = float("-inf")
    highest: float = float("inf")


def _can_hold(question: Question | None, conditions: Sequence[Condition]) -> bool:
    """Whether one answer can meet all these conditions."""
    tests = {condition.test for condition in conditions}
    if question is None or (UNANSWERED in tests and len(tests) > 1):
        return question is None
    room = _Room()
    for condition in conditions:
        bound = as_number(condition.values[0], question) if condition.test in COMPARING and condition.values else None
        if bound is not None and condition.test == AT_LEAST:
            room.lowest = max(room.lowest, bound)
        elif bound is not None:
            room.highest = min(room.highest, bound)
    return room.lowest <= room.highest and _has_values(question, conditions, room)


def _has_values(question: Question, conditions: Sequence[Condition], room: _Room) -> bool:
    """Whether enough of the offered values are left; kinds without values offer endlessly many."""
    kind = KINDS[question.kind]
    offered = [value for value, _words in kind.values(question)]
    if not offered:
        return True
    excluded = {value for condition in conditions if condition.test == IS_NOT for value in condition.values}
    left = [value for value in offered if value not in excluded and _fits(value, question, room)]
    wanted = [set(condition.values) for condition in conditions if condition.test == IS]
    if kind.holds_several(question):
        return bool(left) and all(values & set(left) for values in wanted)
    return any(all(value in values for values in wanted) for value in left)


def _fits(value: str, question: Question, room: _Room) -> bool:
    number = as_number(value, question) if KINDS[question.kind].scale(question) else None
    return number is None or room.lowest <= number <= room.highest
