"""A questionnaire in several languages: which of its words are to be translated, what is missing, how it reads in one.

A question is never mixed of two languages: where one of its words has no translation, the whole question stays in the
questionnaire's own language, and says so to screen readers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey.foundation.language import first_spoken, gettext, speaking
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.values import ENDING, Ending, Questionnaire

Texts = Mapping[str, str]

OWN = ""  # the place of the survey's own words: title, intro, thanks
TOP = ("title", "intro", "thanks")


@dataclass(frozen=True)
class Missing:
    """A text without a translation: where it stands, its name there, and its words."""

    place: str
    name: str
    words: str


def texts_of(question: Question) -> dict[str, str]:
    """Return the words of a question that customers read: "words", "hint", and "<setting>" or "<setting>.<name>"."""
    found = {"words": question.words, "hint": question.hint}
    for setting in KINDS[question.kind].settings:
        for name, words in setting.texts(question.settings.get(setting.name, setting.default)).items():
            found[f"{setting.name}.{name}" if name else setting.name] = words
    return {name: words for name, words in found.items() if words}


def all_texts(questionnaire: Questionnaire) -> dict[str, dict[str, str]]:
    """Return every text of a questionnaire by its place."""
    own = {name: getattr(questionnaire, name) for name in TOP if getattr(questionnaire, name)}
    asked = {question.key: texts_of(question) for question in questionnaire.questions}
    endings = {f"{ENDING}{ending.key}": {"words": ending.words} for ending in questionnaire.endings}
    return {place: texts for place, texts in {OWN: own, **asked, **endings}.items() if texts}


def missing(questionnaire: Questionnaire, language: str) -> list[Missing]:
    """Return what has no translation into a language yet, in order."""
    known = questionnaire.translations.get(language, {})
    return [
        Missing(place, name, words)
        for place, texts in all_texts(questionnaire).items()
        for name, words in texts.items()
        if not known.get(place, {}).get(name)
    ]


def pruned(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire without translations of texts that are gone."""
    known = all_texts(questionnaire)
    kept = {
        language: dict(_pruned(places, known)) for language, places in questionnaire.translations.items()
        if language != questionnaire.language
    }  # fmt: skip
    return replace(questionnaire, translations=kept)


def _pruned(places: Mapping[str, Texts], known: Mapping[str, Texts]) -> Iterator[tuple[str, dict[str, str]]]:
    for place, texts in places.items():
        kept = {name: words for name, words in texts.items() if words and name in known.get(place, {})}
        if kept:
            yield place, kept


def in_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return the questionnaire as it reads in a language; each question that has no full translation in its own."""
    if language == questionnaire.language or language not in questionnaire.translations:
        return questionnaire
    known = questionnaire.translations[language]
    own = known.get(OWN, {})
    return replace(
        questionnaire,
        title=own.get("title") or questionnaire.title,
        intro=own.get("intro") or questionnaire.intro,
        thanks=own.get("thanks") or questionnaire.thanks,
        language=language,
        questions=tuple(
            _question(one, known.get(one.key, {}), questionnaire.language) for one in questionnaire.questions
        ),
        endings=tuple(_ending(one, known.get(f"{ENDING}{one.key}", {})) for one in questionnaire.endings),
    )


def _question(question: Question, known: Texts, own: str) -> Question:
    if not all(known.get(name) for name in texts_of(question)):
        return replace(question, language=own)
    settings: dict[str, Any] = dict(question.settings)
    for setting in KINDS[question.kind].settings:
        texts = {_inner(name, setting.name): words for name, words in known.items() if _belongs(name, setting.name)}
        if texts and setting.name in settings:
            settings[setting.name] = setting.translated(settings[setting.name], texts)
    return replace(question, words=known.get("words", ""), hint=known.get("hint", ""), settings=settings)


def _belongs(name: str, setting: str) -> bool:
    return name == setting or name.startswith(f"{setting}.")


def _inner(name: str, setting: str) -> str:
    return name.removeprefix(setting).removeprefix(".")


def _ending(ending: Ending, known: Texts) -> Ending:
    return replace(ending, words=known.get("words") or ending.words)


def begun_in(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return a questionnaire of our own words as one begins that is written in a language: in it, where we have the words.

    Words that are not ours stay as they are, and so does everything in a language that the interface does not speak.
    """
    if first_spoken([language]) in (None, questionnaire.language):
        return questionnaire
    with speaking(language):
        said = {
            place: {name: gettext(words) for name, words in texts.items()}
            for place, texts in all_texts(questionnaire).items()
        }
    return replace(in_language(replace(questionnaire, translations={language: said}), language), translations={})


def best_language(offered: Sequence[str], wanted: Sequence[str]) -> str:
    """Return the first language wanted that is offered (“de-AT” is served by “de”), else the first offered."""
    for language in wanted:
        for known in (language, language.split("-")[0]):
            if known in offered:
                return known
    return offered[0]
