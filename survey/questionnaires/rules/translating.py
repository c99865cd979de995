"""The words of a questionnaire beside their translation: what stands where, what is missing, what may be outdated."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.settings import Sent
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.documents import INTRO_LIMIT, LANGUAGE, LANGUAGES_LIMIT, read_text
from survey.questionnaires.rules.languages import OWN, all_texts
from survey.questionnaires.rules.values import ENDING, Questionnaire
from survey.questionnaires.rules.wording import number_of

Texts = Mapping[str, str]  # words by their name: "<place>/<name>"

LINE = 42  # so many characters fit on a line


@dataclass(frozen=True)
class Entry:
    """One text: its name among all, what it is, its words, and its translation."""

    name: str
    label: str
    words: str
    translation: str
    is_outdated: bool

    @property
    def is_missing(self) -> bool:
        """Whether it has no translation yet."""
        return not self.translation

    @property
    def lines(self) -> int:
        """How many lines its translation takes, roughly."""
        longest = max(self.words, self.translation, key=len)
        return sum(max(1, ceil(len(line) / LINE)) for line in longest.split("\n"))


@dataclass(frozen=True)
class Group:
    """The texts of one place: the survey's own, a question's, an ending's."""

    place: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Progress:
    """How many of all texts have a translation, and how many of these may be outdated."""

    done: int
    all: int
    outdated: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.done == self.all


def groups(questionnaire: Questionnaire, language: str, published: Questionnaire | None = None) -> list[Group]:
    """Return every text in the order of the questionnaire, by its place, with its translation into a language."""
    old = outdated(questionnaire, published, language)
    known = texts_in(questionnaire, language)
    return [
        Group(place, _heading(place, questionnaire), tuple(_entries(place, texts, questionnaire, known, old)))
        for place, texts in all_texts(questionnaire).items()
    ]


def _entries(
    place: str, texts: Texts, questionnaire: Questionnaire, known: Texts, old: Collection[str]
) -> Iterator[Entry]:
    for name, words in texts.items():
        full = f"{place}/{name}"
        yield Entry(full, _label(place, name, questionnaire), words, known.get(full, ""), full in old)


def _heading(place: str, questionnaire: Questionnaire) -> str:
    number = number_of(questionnaire, place)
    if number:
        return _("Question %(n)s", n=number)
    return _("Ending") if place.startswith(ENDING) else _("The survey")


def _label(place: str, name: str, questionnaire: Questionnaire) -> str:
    question = questionnaire.question(place)
    known = {
        "title": _("Title"), "intro": _("Before the questions"), "thanks": _("Thank-you words"),
        "words": _("What it asks") if question else _("Words"), "hint": _("Hint"),
    }  # fmt: skip
    return known.get(name) or (_setting_label(question, name) if question else name)


def _setting_label(question: Question, name: str) -> str:
    setting = name.partition(".")[0]
    labels = {one.name: str(getattr(one, "label", "")) for one in KINDS[question.kind].settings}
    return labels.get(setting) or name


def texts_in(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """Return every translated text of a language by its name."""
    known = questionnaire.translations.get(language, {})
    return {f"{place}/{name}": words for place, texts in known.items() for name, words in texts.items()}


def progress(questionnaire: Questionnaire, language: str, published: Questionnaire | None = None) -> Progress:
    """Return how far the translation into a language is."""
    asked = [f"{place}/{name}" for place, texts in all_texts(questionnaire).items() for name in texts]
    known = texts_in(questionnaire, language)
    return Progress(sum(name in known for name in asked), len(asked), len(outdated(questionnaire, published, language)))


def outdated(questionnaire: Questionnaire, published: Questionnaire | None, language: str) -> set[str]:
    """Return the texts that were reworded since they were published while their translation is still the published one."""
    if published is None:
        return set()
    now, then = all_texts(questionnaire), all_texts(published)
    known, before = texts_in(questionnaire, language), texts_in(published, language)
    return {
        f"{place}/{name}"
        for place, texts in now.items()
        for name, words in texts.items()
        if then.get(place, {}).get(name, words) != words
        and known.get(f"{place}/{name}", "") == before.get(f"{place}/{name}")
    }


# ---- changing them --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Translated:
    """Texts as a form left them, by name, and what was wrong: input name -> sentence."""

    texts: Texts
    errors: Mapping[str, str]


def translated(seen: Texts, sent: Sent, names: Collection[str]) -> Translated:
    """Return the texts that a page was made from with everything that its form sent; what it did not show stays."""
    found, errors = dict(seen), {}
    for name in names:
        if "/" not in name:
            continue
        try:
            found[name] = read_text(sent(name), INTRO_LIMIT)
        except Refused as refused:
            errors[name] = str(refused)
    return Translated({name: words for name, words in found.items() if words}, errors)


def with_texts(questionnaire: Questionnaire, language: str, texts: Texts) -> Questionnaire:
    """Return the questionnaire with these as its translation into a language."""
    places: dict[str, dict[str, str]] = {}
    for full, words in texts.items():
        place, _slash, name = full.partition("/")
        if words:
            places.setdefault(place or OWN, {})[name] = words
    return replace(questionnaire, translations={**questionnaire.translations, language: places})


def with_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return the questionnaire with a language more, nothing translated yet; raise Refused where it cannot be."""
    if not LANGUAGE.fullmatch(language):
        raise Refused(_("Choose a language."))
    if language == questionnaire.language:
        raise Refused(_("The survey is written in this language."))
    if len(questionnaire.translations) >= LANGUAGES_LIMIT:
        raise Refused(_("A survey can be translated into %(n)s languages; this one is.", n=LANGUAGES_LIMIT))
    return replace(questionnaire, translations={language: {}, **questionnaire.translations})


def without_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return the questionnaire without its translation into a language."""
    left = {known: places for known, places in questionnaire.translations.items() if known != language}
    return replace(questionnaire, translations=left)
