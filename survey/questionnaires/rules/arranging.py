"""Questions and endings of a draft are added, copied, moved, taken away and put back."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.organisation.rules import LANGUAGES
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.documents import (
    ENDINGS_LIMIT,
    QUESTIONS_LIMIT,
    WORDS_LIMIT,
    ending_document,
    parse,
    question_document,
)
from survey.questionnaires.rules.languages import begun_in
from survey.questionnaires.rules.values import ENDING, Ending, Questionnaire

Undo = dict[str, Any]  # what was taken away and where it stood: JSON, as the database keeps it


# ---- questions ------------------------------------------------------------------------------------------------------


def with_new(
    questionnaire: Questionnaire, kind: str, *, after: str = "", taken: Collection[str] = ()
) -> tuple[Questionnaire, str]:
    """Return the questionnaire with a question of this kind behind another (at its end, unless one is named), and its key.

    The key is unlike all that were ever used: those of the questionnaire and `taken`.
    """
    if kind not in KINDS:
        raise Refused(_("Choose what kind of question to add."))
    _check_room(questionnaire)
    key = _free_key(kind, questionnaire, taken)
    alone = parse({"questions": [{"key": key, "kind": kind, "words": KINDS[kind].words}]})
    return _placed(questionnaire, begun_in(alone, questionnaire.language).questions[0], after), key


def with_copy(questionnaire: Questionnaire, key: str, *, taken: Collection[str] = ()) -> tuple[Questionnaire, str]:
    """Return the questionnaire with a copy of a question right behind it, its condition and translations too, and its key."""
    question = questionnaire.question(key)
    if question is None:
        return questionnaire, key
    _check_room(questionnaire)
    new = _free_key(re.sub(r"_\d+$", "", key), questionnaire, taken)
    translations = {
        language: {**places, new: places[key]} if key in places else places
        for language, places in questionnaire.translations.items()
    }
    copied = _placed(questionnaire, replace(question, key=new), key)
    return replace(copied, translations=translations), new


def with_other(questionnaire: Questionnaire, other: Question, *, taken: Collection[str] = ()) -> Questionnaire:
    """Return the questionnaire with another side of one of its questions right behind it, as a question of its own."""
    _check_room(questionnaire)
    return _placed(questionnaire, replace(other, key=_free_key(other.kind, questionnaire, taken)), other.key)


def _check_room(questionnaire: Questionnaire) -> None:
    if len(questionnaire.questions) >= QUESTIONS_LIMIT:
        raise Refused(_("A survey can have %(n)s questions; this one has them all.", n=QUESTIONS_LIMIT))


def _free_key(stem: str, questionnaire: Questionnaire, taken: Collection[str]) -> str:
    used = {question.key for question in questionnaire.questions} | set(taken)
    return next(key for key in _names(stem[:36]) if key not in used)


def _names(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}_{number}" for number in range(2, 1000))


def _placed(questionnaire: Questionnaire, new: Question, after: str) -> Questionnaire:
    questions = list(questionnaire.questions)
    place = next((number for number, one in enumerate(questions, start=1) if one.key == after), len(questions))
    return questionnaire.with_questions((*questions[:place], new, *questions[place:]))


def moved(questionnaire: Questionnaire, key: str, by: int) -> Questionnaire:
    """Return the questionnaire with one question moved up (-1) or down (+1); at the end it stays."""
    questions = list(questionnaire.questions)
    places = [number for number, question in enumerate(questions) if question.key == key]
    if places and 0 <= places[0] + by < len(questions):
        questions.insert(places[0] + by, questions.pop(places[0]))
    return questionnaire.with_questions(tuple(questions))


def with_pipe(questionnaire: Questionnaire, key: str, pipe: str) -> Questionnaire:
    """Return the questionnaire with something put in at the end of a question's words, as `{pipe}`."""
    question = questionnaire.question(key)
    if question is None or not pipe:
        return questionnaire
    words = f"{question.words} {{{pipe}}}".strip()
    if len(words) > WORDS_LIMIT:
        raise Refused(_("The question is too long for that. Shorten it first."))
    return questionnaire.with_questions(
        tuple(replace(one, words=words) if one.key == key else one for one in questionnaire.questions)
    )


# ---- taking away and putting back -----------------------------------------------------------------------------------


def without(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """Return the questionnaire without one question."""
    return questionnaire.with_questions(tuple(question for question in questionnaire.questions if question.key != key))


def without_ending(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """Return the questionnaire without one ending."""
    return replace(questionnaire, endings=tuple(ending for ending in questionnaire.endings if ending.key != key))


def undo_of_question(questionnaire: Questionnaire, key: str) -> Undo | None:
    """Return what puts a question back that is about to be taken away: itself, its place, its translations."""
    for place, question in enumerate(questionnaire.questions):
        if question.key == key:
            translations = _translations(questionnaire, key)
            return {"question": question_document(question), "place": place, "translations": translations}
    return None


def undo_of_ending(questionnaire: Questionnaire, key: str) -> Undo | None:
    """Return what puts an ending back that is about to be taken away."""
    for place, ending in enumerate(questionnaire.endings):
        if ending.key == key:
            translations = _translations(questionnaire, f"{ENDING}{key}")
            return {"ending": ending_document(ending), "place": place, "translations": translations}
    return None


def undo_of_language(questionnaire: Questionnaire, language: str) -> Undo:
    """Return what puts a translation back that is about to be taken away."""
    known = questionnaire.translations.get(language, {})
    return {"language": language, "texts": {place: dict(texts) for place, texts in known.items()}}


def _translations(questionnaire: Questionnaire, place: str) -> dict[str, dict[str, str]]:
    known = questionnaire.translations.items()
    return {language: dict(places[place]) for language, places in known if place in places}


def put_back(questionnaire: Questionnaire, undo: Mapping[str, Any]) -> tuple[Questionnaire, str]:
    """Return the questionnaire with what was taken away where it stood, and the key of the question ("" if it was none)."""
    if "language" in undo:
        return replace(questionnaire, translations={**questionnaire.translations, undo["language"]: undo["texts"]}), ""
    if "question" in undo:
        _check_room(questionnaire)
        found = parse({"questions": [undo["question"]]}).questions[0]
        questions = list(questionnaire.questions)
        questions.insert(undo["place"], found)
        back, place, key = questionnaire.with_questions(tuple(questions)), found.key, found.key
    else:
        ending = parse({"endings": [undo["ending"]]}).endings[0]
        endings = list(questionnaire.endings)
        endings.insert(undo["place"], ending)
        back, place, key = replace(questionnaire, endings=tuple(endings)), f"{ENDING}{ending.key}", ""
    translations = {
        language: {**places, place: undo["translations"][language]} if language in undo["translations"] else places
        for language, places in back.translations.items()
    }
    return replace(back, translations=translations), key


def undo_words(undo: Mapping[str, Any]) -> str:
    """Return the words of what was taken away."""
    if "language" in undo:
        return _("The translation: %(language)s", language=LANGUAGES.get(undo["language"], undo["language"]))
    return str((undo.get("question") or undo.get("ending") or {}).get("words", ""))


# ---- endings --------------------------------------------------------------------------------------------------------


def with_new_ending(questionnaire: Questionnaire) -> tuple[Questionnaire, str]:
    """Return the questionnaire with an ending more, and its key."""
    if len(questionnaire.endings) >= ENDINGS_LIMIT:
        raise Refused(_("A survey can have %(n)s endings; this one has them all.", n=ENDINGS_LIMIT))
    used = {ending.key for ending in questionnaire.endings}
    key = next(key for key in _names("ending") if key not in used)
    return replace(questionnaire, endings=(*questionnaire.endings, Ending(key, ""))), key


# ---- the buttons of the edit page -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Arranged:
    """What a button made of a questionnaire: the question to show then, and what undoes it where something was taken away."""

    questionnaire: Questionnaire
    key: str = ""
    undo: Undo | None = None
    is_undone: bool = False


@dataclass(frozen=True)
class Step:
    """A button that was pressed, as its value says: `<verb>:<about>`, and what else it needs to know."""

    verb: str
    about: str = ""
    chosen: str = ""  # of the select beside it
    undo: Mapping[str, Any] | None = None  # what was taken away last
    taken: Collection[str] = ()  # keys that no new question may have


def arrange(questionnaire: Questionnaire, step: Step) -> Arranged:
    """Return what a button makes of a questionnaire; buttons that only save change nothing."""
    act = STEPS.get(step.verb)
    return act(questionnaire, step) if act else Arranged(questionnaire, step.about)


def _add(questionnaire: Questionnaire, step: Step) -> Arranged:
    kind, _colon, after = step.about.partition(":")
    return Arranged(*with_new(questionnaire, kind, after=after, taken=step.taken))


def _remove(questionnaire: Questionnaire, step: Step) -> Arranged:
    return Arranged(without(questionnaire, step.about), undo=undo_of_question(questionnaire, step.about))


def _remove_ending(questionnaire: Questionnaire, step: Step) -> Arranged:
    return Arranged(without_ending(questionnaire, step.about), undo=undo_of_ending(questionnaire, step.about))


def _undo(questionnaire: Questionnaire, step: Step) -> Arranged:
    return Arranged(*put_back(questionnaire, step.undo), is_undone=True) if step.undo else Arranged(questionnaire)


STEPS: Mapping[str, Callable[[Questionnaire, Step], Arranged]] = {
    "add": _add,
    "copy": lambda made, step: Arranged(*with_copy(made, step.about, taken=step.taken)),
    "up": lambda made, step: Arranged(moved(made, step.about, -1), step.about),
    "down": lambda made, step: Arranged(moved(made, step.about, 1), step.about),
    "pipe": lambda made, step: Arranged(with_pipe(made, step.about, step.chosen), step.about),
    "remove": _remove,
    "undo": _undo,
    "add-ending": lambda made, _step: Arranged(with_new_ending(made)[0]),
    "remove-ending": _remove_ending,
}
