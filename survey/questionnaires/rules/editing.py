"""Editing a draft: what the form of the edit page sent becomes a questionnaire.

A form that holds a mistake loses nothing: what could be read is in `Edited.questionnaire`, what could not stands beside it
in words, by the id of its input, and the page shows what was typed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Condition, Question, When
from survey.questionnaires.kinds.settings import Sent
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.documents import (
    CONDITIONS_LIMIT,
    INTRO_LIMIT,
    LANGUAGE,
    TITLE_LIMIT,
    VALUE_LIMIT,
    WORDS_LIMIT,
    read_text,
)
from survey.questionnaires.rules.logic import ALL, ANSWERED, ANY, COMPARING, VALUED, tests_of
from survey.questionnaires.rules.values import ENDING, LAYOUTS, Ending, Questionnaire

TOP = {"title": TITLE_LIMIT, "intro": INTRO_LIMIT, "thanks": INTRO_LIMIT}
ENDING_INPUT = "ending-"  # what the inputs of an ending begin with; no question's key holds a hyphen
NEW_CONDITIONS = 2  # so many empty rows for more


@dataclass(frozen=True)
class Edited:
    """A questionnaire as a form left it, and what was wrong: input name -> sentence."""

    questionnaire: Questionnaire
    errors: Mapping[str, str]


def edited(questionnaire: Questionnaire, sent: Sent, names: Collection[str] | None = None) -> Edited:
    """Return the questionnaire that the form's inputs were made from, with everything that the form sent.

    `names` are those of all inputs that came in: what the form did not show stays as it is.
    """
    errors: dict[str, str] = {}
    top: dict[str, Any] = {
        name: _text(sent, name, limit, getattr(questionnaire, name), errors)
        for name, limit in TOP.items()
        if names is None or name in names
    }
    questions = (
        _question(one, questionnaire, sent, errors) if _is_there(one.key, names) else one
        for one in questionnaire.questions
    )
    endings = (
        _ending(one, questionnaire, sent, errors) if _is_there(f"{ENDING_INPUT}{one.key}", names) else one
        for one in questionnaire.endings
    )
    found = replace(
        questionnaire,
        **top,
        layout=sent("layout") if sent("layout") in LAYOUTS else questionnaire.layout,
        language=_language(questionnaire, sent("language"), errors),
        questions=tuple(questions),
        endings=tuple(endings),
    )
    return Edited(found, errors)


def _is_there(name: str, names: Collection[str] | None) -> bool:
    return names is None or f"{name}.words" in names


def place_of(name: str) -> str:
    """Return the place that an input is about: a question's key, "ending.<key>", or its own name."""
    place = name.partition(".")[0]
    return f"{ENDING}{place.removeprefix(ENDING_INPUT)}" if place.startswith(ENDING_INPUT) else place


def _language(questionnaire: Questionnaire, chosen: str, errors: dict[str, str]) -> str:
    if chosen in questionnaire.translations:
        errors["language"] = _("There is a translation into this language. Take it away first, or choose another one.")
    elif LANGUAGE.fullmatch(chosen):
        return chosen
    return questionnaire.language


def _question(question: Question, questionnaire: Questionnaire, sent: Sent, errors: dict[str, str]) -> Question:
    key = question.key
    return replace(
        question,
        words=_text(sent, f"{key}.words", WORDS_LIMIT, question.words, errors),
        hint=_text(sent, f"{key}.hint", WORDS_LIMIT, question.hint, errors),
        is_required=sent(f"{key}.required") != "",
        settings=_settings(question, sent, errors),
        show_if=read_when(f"{key}.if", question.show_if, questionnaire, sent),
    )


def _settings(question: Question, sent: Sent, errors: dict[str, str]) -> dict[str, Any]:
    read = dict(question.settings)
    for setting in KINDS[question.kind].settings:
        name = f"{question.key}.{setting.name}"
        try:
            read[setting.name] = setting.read(sent, name, read.get(setting.name))
        except ValueError as refused:
            errors[name] = str(refused)
    return read


def _ending(ending: Ending, questionnaire: Questionnaire, sent: Sent, errors: dict[str, str]) -> Ending:
    name = f"{ENDING_INPUT}{ending.key}"
    after = sent(f"{name}.after")
    return replace(
        ending,
        words=_text(sent, f"{name}.words", INTRO_LIMIT, ending.words, errors),
        after=after if questionnaire.question(after) or after == ending.after else "",
        when=read_when(f"{name}.if", ending.when, questionnaire, sent),
    )


def _text(sent: Sent, name: str, limit: int, before: str, errors: dict[str, str]) -> str:
    try:
        return read_text(sent(name), limit)
    except Refused as refused:
        errors[name] = str(refused)
        return before


# ---- conditions -----------------------------------------------------------------------------------------------------


def read_when(name: str, before: When | None, questionnaire: Questionnaire, sent: Sent) -> When | None:
    """Return the condition that the inputs which begin with name hold; rows without a question are gone.

    A row sends `.question`, `.test`, `.bound` (what to compare with) and `.is.<value>` for each answer that was ticked.
    """
    rows = [
        _condition(f"{name}.{number}", _at(before, number), questionnaire, sent) for number in range(CONDITIONS_LIMIT)
    ]
    conditions = tuple(row for row in rows if row is not None)
    return When(ANY if sent(f"{name}.match") == ANY else ALL, conditions) if conditions else None


def _at(when: When | None, number: int) -> Condition | None:
    return when.conditions[number] if when and number < len(when.conditions) else None


def _condition(name: str, before: Condition | None, questionnaire: Questionnaire, sent: Sent) -> Condition | None:
    key, test = sent(f"{name}.question"), sent(f"{name}.test")
    question = questionnaire.question(key)
    if question is None:
        return before if before is not None and before.question == key else None
    test = test if test in tests_of(question) else ANSWERED
    return Condition(key, test, _values(name, test, question, before, sent))


def _values(name: str, test: str, question: Question, before: Condition | None, sent: Sent) -> tuple[str, ...]:
    if test in COMPARING:
        bound = _short(sent(f"{name}.bound"))
        return (bound,) if bound else ()
    if test not in VALUED:
        return ()
    return tuple(value for value, _words in offered(question, before) if sent(f"{name}.is.{value}"))


def _short(typed: str) -> str:
    try:
        return read_text(typed[:VALUE_LIMIT], VALUE_LIMIT)
    except Refused:
        return ""


def offered(question: Question, condition: Condition | None) -> tuple[tuple[str, str], ...]:
    """Return the answers that a condition can ask for, and those that it asks for though they are not offered any more."""
    known = KINDS[question.kind].values(question)
    is_about = condition is not None and condition.question == question.key and condition.test in VALUED
    gone = [value for value in condition.values if value not in dict(known)] if condition and is_about else []
    return (*known, *((value, _("%(value)s (not offered any more)", value=value)) for value in gone))


@dataclass(frozen=True)
class Row:
    """One row of a condition as the edit page shows it: an empty one where nothing was chosen yet."""

    number: int
    condition: Condition | None
    question: Question | None  # that it is about, if it is there
    offered: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]


def rows(when: When | None, questionnaire: Questionnaire) -> tuple[Row, ...]:
    """Return the rows of a condition, and empty ones for more."""
    kept = when.conditions if when else ()
    more = min(NEW_CONDITIONS, CONDITIONS_LIMIT - len(kept))
    return tuple(_row(number, condition, questionnaire) for number, condition in enumerate((*kept, *[None] * more)))


def _row(number: int, condition: Condition | None, questionnaire: Questionnaire) -> Row:
    question = questionnaire.question(condition.question) if condition else None
    if question is None:
        return Row(number, condition, None, (), ())
    tests = tests_of(question)
    return Row(number, condition, question, offered(question, condition) if VALUED[0] in tests else (), tests)
