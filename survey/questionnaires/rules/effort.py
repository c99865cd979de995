"""How long it takes to answer, as a survey says of itself."""

from collections.abc import Iterable, Sequence

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS


def seconds_of(questions: Iterable[Question]) -> int:
    """Return how many seconds people take to answer these questions, roughly; words alone take no time."""
    return sum(KINDS[question.kind].seconds(question) for question in questions if KINDS[question.kind].takes_answer)


def effort_words(questions: Sequence[Question]) -> str:
    """Return how much is asked: “Three questions, under a minute.”"""
    seconds = seconds_of(questions)
    many = len(questions)
    asked = _("No questions")
    if many:
        asked = ngettext("%(number)s question", "%(number)s questions", many, number=_number(many))
    minutes = max(2, round(seconds / 60))
    if seconds <= 60:
        return _("%(questions)s, under a minute.", questions=asked)
    return _("%(questions)s, about %(minutes)s minutes.", questions=asked, minutes=minutes)


def _number(number: int) -> str:
    """A number at the beginning of a sentence, up to ten in words."""
    words = (
        _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine"), _("Ten"),
    )  # fmt: skip
    return words[number - 1] if number <= len(words) else str(number)
