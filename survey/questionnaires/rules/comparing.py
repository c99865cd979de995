"""Whether the numbers of several versions of a survey may be compared, question by question."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.changes import What, of_question
from survey.questionnaires.rules.publishing import merged
from survey.questionnaires.rules.values import Questionnaire


class Verdict(StrEnum):
    """Whether the numbers of a question may be compared over several versions."""

    YES = "yes"
    CARE = "care"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Comparison:
    """A question over several versions: whether its numbers may be compared, and why, in words."""

    question: Question
    verdict: Verdict
    words: str


# Changes after which a question is not quite the same, and how they are told.
CARES: Mapping[What, Callable[[int], str]] = {
    What.REWORDED: lambda number: _("reworded in version %(number)s", number=number),
    What.OPTIONS: lambda number: _("other answers to choose from in version %(number)s", number=number),
    What.SETTINGS: lambda number: _("set otherwise in version %(number)s", number=number),
    What.LOGIC: lambda number: _("asked of other people since version %(number)s", number=number),
}

Numbered = tuple[int, Questionnaire]


def comparisons(versions: Sequence[Numbered]) -> tuple[Comparison, ...]:
    """Return for every question of several versions (the oldest first) whether its numbers may be compared over all of them."""
    newest_first = [questionnaire.questions for _number, questionnaire in reversed(versions)]
    return tuple(_comparison(question, versions) for question in merged(newest_first) if _has_answers(question))


def _has_answers(question: Question) -> bool:
    kind = KINDS[question.kind]
    return kind.takes_answer and not kind.is_personal


def _comparison(question: Question, versions: Sequence[Numbered]) -> Comparison:
    asked = [(number, one) for number, one in versions if one.question(question.key)]
    steps = [
        (later[0], set(_what_changed(question.key, later[1], earlier[1])))
        for earlier, later in zip(asked, asked[1:], strict=False)
    ]
    broken = [number for number, found in steps if What.MEASURE in found]
    if broken:
        return Comparison(
            question, Verdict.NO, _("No: it is measured in another way since version %(number)s.", number=broken[-1])
        )
    cares = [told(number) for number, found in steps for what, told in CARES.items() if what in found]
    gaps = _gaps([number for number, _one in asked], [number for number, _one in versions])
    return _judged(question, cares, gaps)


def _judged(question: Question, cares: Sequence[str], gaps: Sequence[str]) -> Comparison:
    careful = [_("With care: %(changes)s.", changes=", ".join(cares))] if cares else []
    if not careful and not gaps:
        return Comparison(question, Verdict.YES, _("Yes: asked in the same way in all of them."))
    return Comparison(question, Verdict.CARE if careful else Verdict.PARTLY, " ".join([*gaps, *careful]))


def _what_changed(key: str, new: Questionnaire, old: Questionnaire) -> Iterator[What]:
    question, before = new.question(key), old.question(key)
    if question is not None and before is not None:
        yield from (change.what for change in of_question(question, before, new, old))


def _gaps(asked: Sequence[int], all_numbers: Sequence[int]) -> list[str]:
    """Since when and up to when a question was asked, where that is not always."""
    found = []
    if asked[0] != all_numbers[0]:
        found.append(_("Asked since version %(number)s only.", number=asked[0]))
    if asked[-1] != all_numbers[-1]:
        found.append(_("Asked up to version %(number)s only.", number=asked[-1]))
    missing = [number for number in all_numbers if asked[0] < number < asked[-1] and number not in asked]
    if missing:
        found.append(_("Not asked in version %(numbers)s.", numbers=", ".join(map(str, missing))))
    return found
