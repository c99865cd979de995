"""Conditions in words, as the editor shows them: “only if 3 is at most 6 and 4 is “Yes””. Questions go by their number."""

from collections.abc import Mapping, Sequence

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Condition, Question, When
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.logic import ALL, ANSWERED, AT_LEAST, AT_MOST, IS, IS_NOT, UNANSWERED, VALUED
from survey.questionnaires.rules.values import Questionnaire

SHORT = 60


def test_words() -> Mapping[str, str]:
    """Return every test as it reads between a question and an answer."""
    return {
        ANSWERED: _("was answered"),
        UNANSWERED: _("was not answered"),
        IS: _("is"),
        IS_NOT: _("is not"),
        AT_LEAST: _("is at least"),
        AT_MOST: _("is at most"),
    }


def when_words(when: When, questionnaire: Questionnaire) -> str:
    """Return a condition: “3 is at most 6 and 4 was answered”."""
    parts = [condition_words(condition, questionnaire) for condition in when.conditions]
    return (_(" and ") if when.match == ALL else _(" or ")).join(parts)


def condition_words(condition: Condition, questionnaire: Questionnaire) -> str:
    """Return one part of it: “3 is at most 6”."""
    question = questionnaire.question(condition.question)
    number = number_of(questionnaire, condition.question)
    who = str(number) if number else _("a question that is gone")
    return " ".join([who, test_words()[condition.test], *_values(condition, question)])


def _values(condition: Condition, question: Question | None) -> Sequence[str]:
    if not condition.values:
        return [] if condition.test in (ANSWERED, UNANSWERED) else ["…"]
    if condition.test not in VALUED or question is None:
        return [_(" or ").join(condition.values)]
    labels = dict(KINDS[question.kind].values(question))
    is_graded = KINDS[question.kind].scale(question) is not None
    named = [labels.get(value, value) for value in condition.values]
    return [_(" or ").join(one if is_graded else f"“{one}”" for one in named)]


def number_of(questionnaire: Questionnaire, key: str) -> int:
    """Return which question it is, counted from 1; 0 where it is not there."""
    return next((number for number, one in enumerate(questionnaire.questions, start=1) if one.key == key), 0)


def short_words(question: Question) -> str:
    """Return the words of a question, or its kind while it has none, cut to fit into a list to choose from."""
    words = " ".join(question.words.split()) or str(KINDS[question.kind].label)
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"
