"""Earlier answers and what is known of a person, put into words: `{reason}`, `{person.first_name|dear customer}`.

Only names that mean something are replaced, so that braces in words stay what they are. What stands behind the bar is shown
where there is nothing to put in. The page escapes the words that come out as it does all others.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.values import Questionnaire, Remark

PIPE = re.compile(r"\{([a-z][a-z0-9_]{0,39}|person\.[a-z_]+(?:\.[^{}|]{1,60})?)(?:\|([^{}]{0,120}))?\}")
PERSON = "person."
# What can be said of a person; `person.segment.<name>` besides.
ABOUT_PERSON = ("person.name", "person.first_name", "person.plan", "person.tier")
SEGMENT = "person.segment."
LONGEST = 200

Known = Callable[[str], str]  # what a name stands for; "" where there is nothing


@dataclass(frozen=True)
class Pipe:
    """One place to put something in: the name of what, and the words for where there is nothing."""

    name: str
    otherwise: str = ""


def names_in(words: str) -> Iterator[str]:
    """Yield the names that words speak of, known or not."""
    for found in PIPE.finditer(words):
        yield found[1]


def filled(words: str, known: Known, keys: Sequence[str]) -> str:
    """Return words with everything put in; names that are neither one of the keys nor about a person stay as they are."""

    def put(found: re.Match[str]) -> str:
        if not _means_something(found[1], keys):
            return found[0]
        return " ".join(known(found[1]).split())[:LONGEST] or found[2] or ""

    return PIPE.sub(put, words) if "{" in words else words


def _means_something(name: str, keys: Sequence[str]) -> bool:
    return name in keys or name in ABOUT_PERSON or name.startswith(SEGMENT)


def filled_question(question: Question, known: Known, keys: Sequence[str]) -> Question:
    """Return a question with everything put into its words, its hint and the words of its settings."""
    words, hint = (filled(text, known, keys) for text in (question.words, question.hint))
    return replace(question, words=words, hint=hint, settings=_filled_settings(question, known, keys))


def _filled_settings(question: Question, known: Known, keys: Sequence[str]) -> dict[str, Any]:
    settings = dict(question.settings)
    for setting in KINDS[question.kind].settings:
        texts = setting.texts(settings[setting.name]) if setting.name in settings else {}
        changed = {name: filled(text, known, keys) for name, text in texts.items() if "{" in text}
        if changed:
            settings[setting.name] = setting.translated(settings[setting.name], changed)
    return settings


def all_words(question: Question) -> Iterator[str]:
    """Yield every text of a question that customers read."""
    yield from (question.words, question.hint)
    for setting in KINDS[question.kind].settings:
        if setting.name in question.settings:
            yield from setting.texts(question.settings[setting.name]).values()


def has_pipes(questionnaire: Questionnaire) -> bool:
    """Whether anything is put into the words of a questionnaire's questions."""
    keys = [question.key for question in questionnaire.questions]
    return any(
        _means_something(name, keys)
        for question in questionnaire.questions
        for words in all_words(question)
        for name in names_in(words)
    )


def piping_remarks(questionnaire: Questionnaire) -> list[Remark]:
    """Return which words speak of an answer that is not given before them, or that is nobody’s to repeat, each with its question."""
    keys = [question.key for question in questionnaire.questions]
    found = []
    for number, question in enumerate(questionnaire.questions):
        later = keys[number:]
        for name in dict.fromkeys(name for words in all_words(question) for name in names_in(words)):
            if name in later:
                words = _(
                    "“%(question)s” repeats the answer to “%(name)s”, which does not come before it.",
                    question=question.words,
                    name=name,
                )
                found.append(Remark(question.key, words))
            elif name in keys and not is_repeatable(questionnaire.question(name)):
                words = _(
                    "“%(question)s” repeats “%(name)s”, which has no answer that can be shown again.",
                    question=question.words,
                    name=name,
                )
                found.append(Remark(question.key, words))
    return found


def repeated(question: Question, questionnaire: Questionnaire) -> tuple[Question, ...]:
    """Return the questions whose answers stand in the words of a question."""
    names = dict.fromkeys(name for words in all_words(question) for name in names_in(words))
    return tuple(found for name in names if (found := questionnaire.question(name)) is not None)


def is_repeatable(question: Question | None) -> bool:
    """Whether the answer to a question may be shown again."""
    return question is not None and KINDS[question.kind].takes_answer and not KINDS[question.kind].is_personal
