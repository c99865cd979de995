"""How two sides of one thing in a draft differ, in words: what both people see who changed it at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Question, When
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.languages import texts_of
from survey.questionnaires.rules.merging import Clash
from survey.questionnaires.rules.values import Ending, Questionnaire
from survey.questionnaires.rules.wording import number_of, when_words


@dataclass(frozen=True)
class Difference:
    """One text or setting that the two sides do not share; "" where a side has none."""

    label: str
    mine: str
    theirs: str


def differences(clash: Clash, questionnaire: Questionnaire) -> list[Difference]:
    """Return what the two sides of a clash do not share; nothing where one of them took the thing away."""
    if clash.mine is None or clash.theirs is None:
        return []
    mine, theirs = dict(_said(clash.mine, questionnaire)), dict(_said(clash.theirs, questionnaire))
    return [
        Difference(label, mine.get(label, ""), theirs.get(label, ""))
        for label in dict.fromkeys([*mine, *theirs])
        if mine.get(label, "") != theirs.get(label, "")
    ]


def _said(side: Any, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    if isinstance(side, Question):
        yield from _of_question(side, questionnaire)
    elif isinstance(side, Ending):
        yield _("Words"), side.words
        yield _("Comes after"), str(number_of(questionnaire, side.after) or _("the last question"))
        yield _("Only if"), _condition(side.when, questionnaire)
    else:
        yield _("Words"), str(side)


def _of_question(question: Question, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    yield _("What it asks"), question.words
    yield _("Hint"), question.hint
    yield _("An answer is needed"), _("yes") if question.is_required else _("no")
    yield _("Shown only if"), _condition(question.show_if, questionnaire)
    texts = texts_of(question)
    settings: Iterable[Any] = KINDS[question.kind].settings
    for setting in settings:
        value = question.settings.get(setting.name)
        words = [said for name, said in texts.items() if name == setting.name or name.startswith(f"{setting.name}.")]
        yield str(setting.label), "; ".join(words) if words else _plain(value)


def _condition(when: When | None, questionnaire: Questionnaire) -> str:
    return when_words(when, questionnaire) if when else ""


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None or isinstance(value, list | tuple | dict) else str(value)
