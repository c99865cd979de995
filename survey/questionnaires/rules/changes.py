"""What a version of a survey changed of the one before it, in words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from survey.foundation.language import gettext as _
from survey.organisation.rules import LANGUAGES
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.languages import OWN, TOP, all_texts
from survey.questionnaires.rules.logic import section_of
from survey.questionnaires.rules.publishing import measure
from survey.questionnaires.rules.values import LAYOUTS, Ending, Questionnaire


class What(StrEnum):
    """What sort of change it is."""

    MEASURE = "measure"  # another kind or scale: publishing refuses it
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    OPTIONS = "options"
    SETTINGS = "settings"
    LOGIC = "logic"
    NEEDED = "needed"
    TRANSLATED = "translated"
    ORDER = "order"
    ENDINGS = "endings"


@dataclass(frozen=True)
class Change:
    """One thing that a version changed: of which question (none: of the survey itself), and what it was before, in words."""

    what: What
    about: str = ""
    details: tuple[str, ...] = ()
    key: str = ""

    @property
    def label(self) -> str:
        """What sort of change it is, in a word or two."""
        return LABELS[self.what]()


LABELS: Mapping[What, Callable[[], str]] = {
    What.MEASURE: lambda: _("Another scale"),
    What.ADDED: lambda: _("New"),
    What.REMOVED: lambda: _("Taken away"),
    What.REWORDED: lambda: _("Reworded"),
    What.OPTIONS: lambda: _("Other answers"),
    What.SETTINGS: lambda: _("Set otherwise"),
    What.LOGIC: lambda: _("Asked of others"),
    What.NEEDED: lambda: _("Answer needed"),
    What.TRANSLATED: lambda: _("Translated"),
    What.ORDER: lambda: _("Another order"),
    What.ENDINGS: lambda: _("Endings"),
}


def changes(new: Questionnaire, old: Questionnaire) -> tuple[Change, ...]:
    """Return what a version changed of the one before it: of the survey itself first, then question by question."""
    return (*_of_survey(new, old), *_of_questions(new, old))


# ---- the survey itself ----------------------------------------------------------------------------------------------


def _of_survey(new: Questionnaire, old: Questionnaire) -> Iterator[Change]:
    reworded = [_was(label, getattr(old, name)) for name, label in _top_labels() if _differ(new, old, name)]
    reworded += _rewordings_elsewhere(new, old, OWN)
    if reworded:
        yield Change(What.REWORDED, details=tuple(reworded))
    if _differ(new, old, "layout") or _differ(new, old, "language"):
        yield Change(What.SETTINGS, details=tuple(_layout_and_language(new, old)))
    if _common(new, old) != _common(old, new):
        yield Change(What.ORDER, details=(_("The questions stand in another order."),))
    if new.endings != old.endings:
        yield Change(What.ENDINGS, details=tuple(_of_endings(new.endings, old.endings)))
    if details := [*_languages(new, old), *_translations(new, old, OWN)]:
        yield Change(What.TRANSLATED, details=tuple(details))


def _top_labels() -> tuple[tuple[str, str], ...]:
    return tuple(zip(TOP, (_("Title"), _("Introduction"), _("Thanks")), strict=True))


def _differ(new: Any, old: Any, name: str) -> bool:
    return bool(getattr(new, name) != getattr(old, name))


def _was(label: str, before: str) -> str:
    if not before:
        return _("%(what)s: there was none.", what=label)
    return _("%(what)s: it was “%(before)s”.", what=label, before=before)


def _layout_and_language(new: Questionnaire, old: Questionnaire) -> Iterator[str]:
    if new.layout != old.layout:
        words = dict(
            zip(LAYOUTS, (_("all on one page"), _("a page for each section"), _("one question a page")), strict=True)
        )
        yield _("It was shown in another way: %(before)s.", before=words[old.layout])
    if new.language != old.language:
        yield _("It was written in another language: %(before)s.", before=language_name(old.language))


def _common(one: Questionnaire, other: Questionnaire) -> list[str]:
    """The keys of the questions that both have, in the order of one."""
    return [question.key for question in one.questions if other.question(question.key)]


def _of_endings(new: Sequence[Ending], old: Sequence[Ending]) -> Iterator[str]:
    before, after = ({ending.key: ending for ending in endings} for endings in (old, new))
    for key, ending in after.items():
        if key not in before:
            yield _("New: “%(words)s”", words=ending.words)
        elif before[key].words != ending.words:
            yield _("It was “%(before)s”.", before=before[key].words)
        elif before[key] != ending:
            yield _("For other people: “%(words)s”", words=ending.words)
    for key, ending in before.items():
        if key not in after:
            yield _("Taken away: “%(words)s”", words=ending.words)


# ---- question by question -------------------------------------------------------------------------------------------


def _of_questions(new: Questionnaire, old: Questionnaire) -> Iterator[Change]:
    for question in new.questions:
        before = old.question(question.key)
        if before is None:
            yield Change(What.ADDED, question.words, key=question.key)
        else:
            yield from of_question(question, before, new, old)
    for question in old.questions:
        if new.question(question.key) is None:
            yield Change(What.REMOVED, question.words, key=question.key)


def of_question(question: Question, before: Question, new: Questionnaire, old: Questionnaire) -> Iterator[Change]:
    """Return what differs about one question that both versions ask."""
    for what, details in _found(question, before, new, old).items():
        if details:
            yield Change(what, question.words, tuple(details), question.key)


def _found(question: Question, before: Question, new: Questionnaire, old: Questionnaire) -> dict[What, list[str]]:
    """Everything that differs about a question, sorted by what it is."""
    if measure(question) != measure(before):
        return {What.MEASURE: [_("It is measured in another way now: its numbers are other numbers.")]}
    reworded, options, settings = _texts(question, before)
    reworded += _rewordings_elsewhere(new, old, question.key)
    return {
        What.REWORDED: reworded,
        What.OPTIONS: options,
        What.SETTINGS: settings,
        What.LOGIC: _asked_of(question, new, old),
        What.NEEDED: _need(question, before),
        What.TRANSLATED: _translations(new, old, question.key),
    }


def _texts(question: Question, before: Question) -> tuple[list[str], list[str], list[str]]:
    """What differs in words, in what is offered, and in other settings."""
    reworded = [_("It was “%(before)s”.", before=before.words)] if question.words != before.words else []
    if question.hint != before.hint:
        reworded.append(_was(_("Hint"), before.hint))
    options: list[str] = []
    settings: list[str] = []
    for setting in KINDS[question.kind].settings:
        mine, theirs = (one.settings.get(setting.name, setting.default) for one in (question, before))
        if _is_list(mine) and _is_list(theirs):
            options += _offered(setting.texts(mine), setting.texts(theirs))
        elif setting.texts(mine) != setting.texts(theirs):
            reworded.append(_was(_label(setting), "; ".join(setting.texts(theirs).values())))
        elif mine != theirs:
            settings.append(_("%(what)s: it was %(before)s.", what=_label(setting), before=_plain(setting, theirs)))
    return reworded, options, settings


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(entry, Mapping) for entry in value)


def _offered(new: Mapping[str, str], old: Mapping[str, str]) -> list[str]:
    """What differs between two lists of options, each given as name -> words."""
    found = []
    if added := [words for name, words in new.items() if name not in old]:
        found.append(_("New: %(options)s.", options=_quoted(added)))
    if gone := [words for name, words in old.items() if name not in new]:
        found.append(_("Gone: %(options)s.", options=_quoted(gone)))
    for name, words in new.items():
        if name in old and old[name] != words:
            found.append(_("“%(after)s” was “%(before)s”.", after=words, before=old[name]))
    if [name for name in new if name in old] != [name for name in old if name in new]:
        found.append(_("They stand in another order."))
    return found


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{one}”" for one in words)


def _label(setting: Any) -> str:
    return str(setting.label)


def _plain(setting: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("on") if value else _("off")
    choices = dict(getattr(setting, "choices", ()))
    return f"“{choices[value]}”" if value in choices else _("not set") if value in (None, "") else str(value)


def _need(question: Question, before: Question) -> list[str]:
    if question.is_required == before.is_required:
        return []
    return [_("It may be left out no more.") if question.is_required else _("It may be left out now.")]


def _asked_of(question: Question, new: Questionnaire, old: Questionnaire) -> list[str]:
    now, before = _gates(question, new), _gates(question, old)
    if now == before:
        return []
    if not any(now):
        return [_("Everybody is asked now.")]
    return [
        _("Not everybody is asked any more.") if not any(before) else _("The condition for asking it is another one.")
    ]


def _gates(question: Question, questionnaire: Questionnaire) -> tuple[Any, ...]:
    """Everything that decides who is asked a question: its condition, its section's, and the endings that come before it."""
    asked = questionnaire.question(question.key)
    if asked is None:
        return ()
    section, keys = section_of(questionnaire, asked), [one.key for one in questionnaire.questions]
    earlier = keys[: keys.index(asked.key)]
    ends = tuple((one.after, one.when) for one in questionnaire.endings if one.after in earlier)
    return asked.show_if, section.show_if if section else None, ends


# ---- other languages ------------------------------------------------------------------------------------------------


def language_name(language: str) -> str:
    """Return what a language calls itself."""
    return LANGUAGES.get(language, language)


def _languages(new: Questionnaire, old: Questionnaire) -> list[str]:
    added = [language_name(one) for one in new.translations if one not in old.languages]
    gone = [language_name(one) for one in old.translations if one not in new.languages]
    return [
        *([_("It can now be read in %(languages)s too.", languages=", ".join(added))] if added else []),
        *([_("It can no more be read in %(languages)s.", languages=", ".join(gone))] if gone else []),
    ]


def _both(
    new: Questionnaire, old: Questionnaire, place: str
) -> Iterator[tuple[str, Mapping[str, str], Mapping[str, str]]]:
    """The translations of one place in each language that both versions have, and that say something else."""
    for language in new.translations:
        if language in old.translations:
            mine, theirs = (one.translations[language].get(place, {}) for one in (new, old))
            if mine != theirs:
                yield language, mine, theirs


def _rewordings_elsewhere(new: Questionnaire, old: Questionnaire, place: str) -> list[str]:
    return [
        _("%(language)s: it was “%(before)s”.", language=language_name(language), before=before)
        for language, mine, theirs in _both(new, old, place)
        for name, before in theirs.items()
        if name in mine and mine[name] != before
    ]


def _translations(new: Questionnaire, old: Questionnaire, place: str) -> list[str]:
    """In which languages texts of a place became readable or unreadable that both versions have."""
    texts, before = all_texts(new).get(place, {}), all_texts(old).get(place, {})
    found = []
    for language, mine, theirs in _both(new, old, place):
        there = [name for name in texts if name in before]
        if any(name in mine and name not in theirs for name in there):
            found.append(_("%(language)s: translated now.", language=language_name(language)))
        elif any(name in theirs and name not in mine for name in there):
            found.append(_("%(language)s: its translation is gone.", language=language_name(language)))
    return found
