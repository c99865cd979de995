"""Questionnaires as JSON documents: drafts, frozen versions and exported files.

`parse` takes nothing on trust: it refuses a document with the place and the reason.
"""

import re
from collections.abc import Mapping
from typing import Any

from survey.foundation import text
from survey.foundation.errors import Refused
from survey.questionnaires.kinds.base import Kind, Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.values import Questionnaire

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
QUESTIONS_LIMIT = 50
TITLE_LIMIT, WORDS_LIMIT, INTRO_LIMIT = 120, 300, 2000
TEXTS = {"title": TITLE_LIMIT, "intro": INTRO_LIMIT, "thanks": INTRO_LIMIT}


def parse(document: Any) -> Questionnaire:
    """Return the questionnaire of a document; raise Refused with place and reason where it is not one."""
    _expect(document, {"title", "intro", "thanks", "language", "questions"}, "the questionnaire")
    language = document.get("language", "en")
    if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
        raise Refused("language: a code such as “en” is needed.")
    texts = {name: _text(document.get(name, ""), name, limit) for name, limit in TEXTS.items()}
    return Questionnaire(language=language, questions=_questions(document.get("questions", [])), **texts)


def _questions(entries: Any) -> tuple[Question, ...]:
    if not isinstance(entries, list | tuple) or len(entries) > QUESTIONS_LIMIT:
        raise Refused(f"questions: a list of at most {QUESTIONS_LIMIT} is needed.")
    questions = tuple(_question(entry, f"questions[{number}]") for number, entry in enumerate(entries))
    keys = [question.key for question in questions]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise Refused(f"questions[{number}].key: “{key}” is there twice.")
    return questions


def _question(entry: Any, place: str) -> Question:
    _expect(entry, {"key", "kind", "words", "hint", "is_required", "settings"}, place)
    key, is_required = entry.get("key"), entry.get("is_required", False)
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise Refused(f"{place}.key: small letters, digits and _ are needed, a letter first.")
    if not isinstance(is_required, bool):
        raise Refused(f"{place}.is_required: true or false is needed.")
    kind = _kind(entry.get("kind"), place)
    words, hint = (_text(entry.get(name, ""), f"{place}.{name}", WORDS_LIMIT) for name in ("words", "hint"))
    return Question(key, kind.name, words, hint, is_required, _settings(kind, entry.get("settings", {}), place))


def _kind(name: Any, place: str) -> Kind:
    if not isinstance(name, str) or name not in KINDS:
        raise Refused(f"{place}.kind: there is no kind “{name}”. The kinds are: {', '.join(KINDS)}.")
    return KINDS[name]


def _settings(kind: Kind, settings: Any, place: str) -> dict[str, Any]:
    """Return every setting of the kind, checked; what the document does not say gets its default."""
    known = {setting.name: setting for setting in kind.settings}
    _expect(settings, set(known), f"{place}.settings")
    return {name: _checked(setting, settings, f"{place}.settings.{name}") for name, setting in known.items()}


def _checked(setting: Any, settings: Mapping[str, Any], place: str) -> Any:
    try:
        return setting.check(settings.get(setting.name, setting.default))
    except ValueError as refused:
        raise Refused(f"{place}: {refused}") from None


def _expect(value: Any, known: set[str], place: str) -> None:
    if not isinstance(value, Mapping):
        raise Refused(f"{place}: an object is needed.")
    unknown = sorted(str(name) for name in set(value) - known)
    if unknown:
        raise Refused(f"{place}: “{unknown[0]}” is not known here.")


def _text(value: Any, place: str, limit: int) -> str:
    if not isinstance(value, str):
        raise Refused(f"{place}: a text is needed.")
    try:
        return read_text(value, limit)
    except Refused as refused:
        raise Refused(f"{place}: {refused}") from None


def read_text(value: str, limit: int) -> str:
    """Return a text as a document keeps it: without outer blanks, its lines parted as everywhere else; raise Refused."""
    return text.clean(value.replace("\r\n", "\n").strip(), limit=limit)


def as_document(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the document of a questionnaire: what `parse` reads, JSON values only."""
    return {
        "title": questionnaire.title,
        "intro": questionnaire.intro,
        "thanks": questionnaire.thanks,
        "language": questionnaire.language,
        "questions": [question_document(question) for question in questionnaire.questions],
    }


def question_document(question: Question) -> dict[str, Any]:
    """Return one question as it stands in a document."""
    return {
        "key": question.key,
        "kind": question.kind,
        "words": question.words,
        "hint": question.hint,
        "is_required": question.is_required,
        "settings": dict(question.settings),
    }
