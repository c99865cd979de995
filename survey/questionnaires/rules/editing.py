"""Editing a draft: what a form sent becomes a questionnaire, and questions are added, moved and taken away.

A form that holds a mistake loses nothing: what could be read is in `Edited.questionnaire`, what could not stands beside it
in words, by the id of its input, and the page shows what was typed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from survey.foundation.errors import Refused
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.settings import Sent
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.documents import (
    INTRO_LIMIT,
    QUESTIONS_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
    parse,
    read_text,
)
from survey.questionnaires.rules.values import Questionnaire

TOP = {"title": TITLE_LIMIT, "intro": INTRO_LIMIT, "thanks": INTRO_LIMIT}


@dataclass(frozen=True)
class Edited:
    """A questionnaire as a form left it, and what was wrong: input name -> sentence."""

    questionnaire: Questionnaire
    errors: Mapping[str, str]


def edited(questionnaire: Questionnaire, sent: Sent) -> Edited:
    """Return the questionnaire with everything that the form sent."""
    errors: dict[str, str] = {}
    top = {name: _text(sent, name, limit, getattr(questionnaire, name), errors) for name, limit in TOP.items()}
    questions = tuple(_question(question, sent, errors) for question in questionnaire.questions)
    return Edited(
        replace(questionnaire, questions=questions, title=top["title"], intro=top["intro"], thanks=top["thanks"]),
        errors,
    )


def _question(question: Question, sent: Sent, errors: dict[str, str]) -> Question:
    words = _text(sent, f"{question.key}.words", WORDS_LIMIT, question.words, errors)
    hint = _text(sent, f"{question.key}.hint", WORDS_LIMIT, question.hint, errors)
    settings = _settings(question, sent, errors)
    return replace(
        question, words=words, hint=hint, is_required=sent(f"{question.key}.required") != "", settings=settings
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


def _text(sent: Sent, name: str, limit: int, before: str, errors: dict[str, str]) -> str:
    try:
        return read_text(sent(name), limit)
    except Refused as refused:
        errors[name] = str(refused)
        return before


def with_new(questionnaire: Questionnaire, kind: str, *, taken: Collection[str] = ()) -> tuple[Questionnaire, str]:
    """Return the questionnaire with a question of this kind at its end, and its key, unlike all that were ever used."""
    if kind not in KINDS:
        raise Refused("Choose what kind of question to add.")
    if len(questionnaire.questions) >= QUESTIONS_LIMIT:
        raise Refused(f"A survey can have {QUESTIONS_LIMIT} questions; this one has them all.")
    used = {question.key for question in questionnaire.questions} | set(taken)
    key = next(key for key in _names(kind) if key not in used)
    new = parse({"questions": [{"key": key, "kind": kind, "words": KINDS[kind].words}]}).questions[0]
    return questionnaire.with_questions((*questionnaire.questions, new)), key


def _names(kind: str) -> list[str]:
    return [kind, *(f"{kind}_{number}" for number in range(2, 1000))]


def moved(questionnaire: Questionnaire, key: str, by: int) -> Questionnaire:
    """Return the questionnaire with one question moved up (-1) or down (+1); at the end it stays."""
    questions = list(questionnaire.questions)
    places = [number for number, question in enumerate(questions) if question.key == key]
    if places and 0 <= places[0] + by < len(questions):
        questions.insert(places[0] + by, questions.pop(places[0]))
    return questionnaire.with_questions(tuple(questions))


def without(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """Return the questionnaire without one question."""
    return questionnaire.with_questions(tuple(question for question in questionnaire.questions if question.key != key))
