"""Questionnaires as JSON documents: drafts, frozen versions and exported files.

`parse` takes nothing on trust: it refuses a document with the place and the reason.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from survey.foundation import text
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Condition, Kind, Question, When
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.languages import pruned
from survey.questionnaires.rules.logic import ALL, ANY, TESTS
from survey.questionnaires.rules.values import LAYOUTS, ONE_PAGE, Ending, Questionnaire, Translations

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
QUESTIONS_LIMIT = 50
TITLE_LIMIT, WORDS_LIMIT, INTRO_LIMIT = 120, 300, 2000
TEXTS = {"title": TITLE_LIMIT, "intro": INTRO_LIMIT, "thanks": INTRO_LIMIT}
KNOWN = {*TEXTS, "language", "questions", "layout", "endings", "translations"}
CONDITIONS_LIMIT, VALUES_LIMIT, VALUE_LIMIT, ENDINGS_LIMIT, LANGUAGES_LIMIT = 10, 30, 100, 20, 24


def parse(document: Any) -> Questionnaire:
    """Return the questionnaire of a document; raise Refused with place and reason where it is not one."""
    _expect(document, KNOWN, _("the questionnaire"))
    language = _language(document.get("language", "en"), "language")
    texts = {name: _text(document.get(name, ""), name, limit) for name, limit in TEXTS.items()}
    return pruned(
        Questionnaire(
            language=language,
            questions=_questions(document.get("questions", [])),
            layout=_one_of(document.get("layout", ONE_PAGE), LAYOUTS, "layout"),
            endings=_endings(document.get("endings", [])),
            translations=_translations(document.get("translations", {})),
            **texts,
        )
    )


def _language(value: Any, place: str) -> str:
    if not isinstance(value, str) or not LANGUAGE.fullmatch(value):
        raise Refused(_("%(place)s: a code such as “en” is needed.", place=place))
    return value


def _one_of(value: Any, known: Collection[str], place: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise Refused(_("%(place)s: one of %(known)s is needed.", place=place, known=", ".join(known)))
    return value


def _list(value: Any, limit: int, place: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple) or len(value) > limit:
        raise Refused(_("%(place)s: a list of at most %(limit)s is needed.", place=place, limit=limit))
    return value


def _questions(entries: Any) -> tuple[Question, ...]:
    entries = _list(entries, QUESTIONS_LIMIT, "questions")
    questions = tuple(_question(entry, f"questions[{number}]") for number, entry in enumerate(entries))
    _expect_once([question.key for question in questions], "questions")
    return questions


def _expect_once(keys: Sequence[str], place: str) -> None:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise Refused(_("%(place)s: “%(name)s” is there twice.", place=f"{place}[{number}].key", name=key))


def _question(entry: Any, place: str) -> Question:
    _expect(entry, {"key", "kind", "words", "hint", "is_required", "settings", "show_if"}, place)
    key, is_required = entry.get("key"), entry.get("is_required", False)
    key = _key(key, place)
    if not isinstance(is_required, bool):
        raise Refused(_("%(place)s: true or false is needed.", place=f"{place}.is_required"))
    kind = _kind(entry.get("kind"), place)
    words, hint = (_text(entry.get(name, ""), f"{place}.{name}", WORDS_LIMIT) for name in ("words", "hint"))
    settings = _settings(kind, entry.get("settings", {}), place)
    return Question(key, kind.name, words, hint, is_required, settings, _when(entry.get("show_if"), f"{place}.show_if"))


def _key(value: Any, place: str) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise Refused(_("%(place)s: small letters, digits and _ are needed, a letter first.", place=f"{place}.key"))
    return value


def _when(value: Any, place: str) -> When | None:
    if value is None:
        return None
    _expect(value, {"match", "conditions"}, place)
    entries = _list(value.get("conditions"), CONDITIONS_LIMIT, f"{place}.conditions")
    if not entries:
        raise Refused(_("%(place)s: at least one is needed.", place=f"{place}.conditions"))
    conditions = [_condition(entry, f"{place}.conditions[{number}]") for number, entry in enumerate(entries)]
    return When(_one_of(value.get("match", ALL), (ALL, ANY), f"{place}.match"), tuple(conditions))


def _condition(entry: Any, place: str) -> Condition:
    _expect(entry, {"question", "test", "values"}, place)
    question, values = entry.get("question"), _list(entry.get("values", []), VALUES_LIMIT, f"{place}.values")
    if not isinstance(question, str) or not KEY.fullmatch(question):
        raise Refused(_("%(place)s: the key of a question is needed.", place=f"{place}.question"))
    read = tuple(_text(one, f"{place}.values[{number}]", VALUE_LIMIT) for number, one in enumerate(values))
    return Condition(question, _one_of(entry.get("test"), tuple(TESTS), f"{place}.test"), read)


def _endings(entries: Any) -> tuple[Ending, ...]:
    endings = tuple(
        _ending(entry, f"endings[{number}]") for number, entry in enumerate(_list(entries, ENDINGS_LIMIT, "endings"))
    )
    _expect_once([ending.key for ending in endings], "endings")
    return endings


def _ending(entry: Any, place: str) -> Ending:
    _expect(entry, {"key", "words", "after", "when"}, place)
    after = entry.get("after", "")
    if after != "" and (not isinstance(after, str) or not KEY.fullmatch(after)):
        raise Refused(_("%(place)s: the key of a question is needed, or nothing.", place=f"{place}.after"))
    words = _text(entry.get("words", ""), f"{place}.words", INTRO_LIMIT)
    return Ending(_key(entry.get("key"), place), words, after, _when(entry.get("when"), f"{place}.when"))


def _translations(value: Any) -> Translations:
    if not isinstance(value, Mapping) or len(value) > LANGUAGES_LIMIT:
        raise Refused(_("translations: an object with at most %(limit)s languages is needed.", limit=LANGUAGES_LIMIT))
    return {
        _language(language, "translations"): _places(places, f"translations.{language}")
        for language, places in value.items()
    }


def _places(value: Any, place: str) -> dict[str, dict[str, str]]:
    if not isinstance(value, Mapping) or not all(isinstance(texts, Mapping) for texts in value.values()):
        raise Refused(_("%(place)s: an object of objects is needed.", place=place))
    return {
        str(name): {str(text): _text(words, f"{place}.{name}.{text}", INTRO_LIMIT) for text, words in texts.items()}
        for name, texts in value.items()
    }


def _kind(name: Any, place: str) -> Kind:
    if not isinstance(name, str) or name not in KINDS:
        raise Refused(
            _(
                "%(place)s: there is no kind “%(name)s”. The kinds are: %(known)s.",
                place=f"{place}.kind",
                name=name,
                known=", ".join(KINDS),
            )
        )
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
        raise Refused(_("%(place)s: an object is needed.", place=place))
    unknown = sorted(str(name) for name in set(value) - known)
    if unknown:
        raise Refused(_("%(place)s: “%(name)s” is not known here.", place=place, name=unknown[0]))


def _text(value: Any, place: str, limit: int) -> str:
    if not isinstance(value, str):
        raise Refused(_("%(place)s: a text is needed.", place=place))
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
        "layout": questionnaire.layout,
        "questions": [question_document(question) for question in questionnaire.questions],
        "endings": [ending_document(ending) for ending in questionnaire.endings],
        "translations": {
            language: {place: dict(texts) for place, texts in places.items()}
            for language, places in questionnaire.translations.items()
        },
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
        "show_if": when_document(question.show_if),
    }


def ending_document(ending: Ending) -> dict[str, Any]:
    """Return one ending as it stands in a document."""
    return {"key": ending.key, "words": ending.words, "after": ending.after, "when": when_document(ending.when)}


def when_document(when: When | None) -> dict[str, Any] | None:
    """Return a condition as it stands in a document; None where there is none."""
    if when is None:
        return None
    return {
        "match": when.match,
        "conditions": [
            {"question": condition.question, "test": condition.test, "values": list(condition.values)}
            for condition in when.conditions
        ],
    }
