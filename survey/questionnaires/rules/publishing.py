"""What publishing asks for, what it may not change, and what follows from what was published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.logic import logic_remarks
from survey.questionnaires.rules.piping import piping_remarks
from survey.questionnaires.rules.values import ENDING, Questionnaire, Remark

ANONYMOUS, IDENTIFIED = "anonymous", "identified"


def problems(questionnaire: Questionnaire, *, privacy: str) -> list[str]:
    """Return why this cannot be published, in words; publishing refuses while there is any."""
    return [remark.words for remark in shortcomings(questionnaire, privacy=privacy)]


def shortcomings(questionnaire: Questionnaire, *, privacy: str) -> list[Remark]:
    """Return why this cannot be published, each with the place where it is to be put right."""
    found = [] if questionnaire.title else [Remark("", _("Give the survey a title."))]
    if not any(KINDS[question.kind].takes_answer for question in questionnaire.questions):
        found.append(Remark("", _("Add at least one question.")))
    for question in questionnaire.questions:
        found += [Remark(question.key, problem) for problem in _problems_of(question, privacy)]
    personal = [question for question in questionnaire.questions if KINDS[question.kind].is_personal]
    found += [
        Remark(question.key, _("There are two questions for an address; keep one.")) for question in personal[1:2]
    ]
    return found or [*logic_remarks(questionnaire), *piping_remarks(questionnaire), *_wordless_endings(questionnaire)]


def all_shortcomings(questionnaire: Questionnaire, *, privacy: str) -> list[Remark]:
    """Return the same while somebody is still writing: what is wrong with conditions is told before all words are there."""
    found = shortcomings(questionnaire, privacy=privacy)
    more = [*logic_remarks(questionnaire), *piping_remarks(questionnaire), *_wordless_endings(questionnaire)]
    return list(dict.fromkeys([*found, *more]))


def _wordless_endings(questionnaire: Questionnaire) -> list[Remark]:
    return [
        Remark(f"{ENDING}{ending.key}", _("The ending “%(ending)s” has no words yet.", ending=ending.key))
        for ending in questionnaire.endings
        if not ending.words
    ]


def _problems_of(question: Question, privacy: str) -> list[str]:
    kind = KINDS[question.kind]
    if not question.words:
        return [_("A question has no words yet (%(kind)s). Write what it asks, or take it away.", kind=kind.label)]
    found = [
        _("“%(question)s”: %(problem)s", question=question.words, problem=problem)
        for problem in kind.problems(question)
    ]
    if kind.is_personal and privacy == ANONYMOUS:
        found.append(_("“%(question)s”: an anonymous survey cannot ask who somebody is. Take the question away, "
                       "or change the privacy of the survey.", question=question.words))  # fmt: skip
    elif kind.needs_identity and privacy != IDENTIFIED:
        found.append(
            _(
                "“%(question)s”: only a survey whose single answers your team may see can ask this.",
                question=question.words,
            )
        )
    return found


def broken_promises(new: Questionnaire, old: Questionnaire) -> list[str]:
    """Return what a new version would change of an old one that answers depend on: a key's kind or scale, in words."""
    return [
        _(
            "“%(question)s”: its kind or scale cannot change once it was published. Take it away and add a new question.",
            question=question.words,
        )
        for question in new.questions
        if (before := old.question(question.key)) and measure(question) != measure(before)
    ]


def measure(question: Question) -> tuple[str, tuple[int, int] | None]:
    """Return what its answers are measured with: its kind, and its scale where it has one."""
    return question.kind, KINDS[question.kind].scale(question)


def merged(newest_first: Iterable[Sequence[Question]]) -> tuple[Question, ...]:
    """Return every question ever published, in its newest wording, the newest version's order first.

    Options and rows that only older versions had come last, so that their answers keep a label.
    """
    found: dict[str, Question] = {}
    for questions in newest_first:
        for question in questions:
            newer = found.get(question.key)
            found[question.key] = _with_older_options(newer, question) if newer else question
    return tuple(found.values())


def _with_older_options(newer: Question, older: Question) -> Question:
    settings = {**newer.settings}
    for name in KINDS[newer.kind].remembered:
        settings[name] = settings.get(name) or older.settings.get(name, "")
    for name, kept in older.settings.items():
        if isinstance(kept, list | tuple) and all(isinstance(entry, Mapping) for entry in kept):
            settings[name] = _joined(settings.get(name, ()), kept)
    return newer if settings == newer.settings else replace(newer, settings=settings)


def _joined(newer: Sequence[Mapping[str, str]], older: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    known = {_identity(entry) for entry in newer}
    return [*newer, *(entry for entry in older if _identity(entry) not in known)]


def _identity(entry: Mapping[str, str]) -> str:
    return entry.get("value") or entry.get("code") or ""
