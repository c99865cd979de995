"""A draft as its editor reads it: every question with its number, its page, when it is shown, what is wrong, what could be better."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Kind, Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.advice import advice
from survey.questionnaires.rules.editing import Row, rows
from survey.questionnaires.rules.logic import can_be_looked_at
from survey.questionnaires.rules.paths import pages
from survey.questionnaires.rules.piping import is_repeatable, repeated
from survey.questionnaires.rules.publishing import ANONYMOUS, all_shortcomings
from survey.questionnaires.rules.values import ENDING, Ending, Questionnaire, Remark
from survey.questionnaires.rules.wording import number_of, short_words, when_words

Choices = Sequence[tuple[str, str]]  # what a select offers: value and words


@dataclass(frozen=True)
class Said:
    """What is said about one place: what keeps it from being published, and what could be better."""

    problems: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One question of the list."""

    question: Question
    kind: Kind
    number: int
    page: int  # of the page that begins with it; 0 where none does, or there is only one
    only_if: str  # its condition in words
    repeats: str  # the numbers of the questions whose answers stand in its words
    said: Said
    rows: tuple[Row, ...]  # of its condition
    earlier: Choices  # questions that the condition can be about
    pipes: Choices  # what can be put into its words


@dataclass(frozen=True)
class End:
    """One ending of the list."""

    ending: Ending
    after: int  # the number of the question behind which it comes; 0: the last one
    only_if: str
    said: Said
    rows: tuple[Row, ...]
    earlier: Choices


@dataclass(frozen=True)
class Outline:
    """The whole draft."""

    items: tuple[Item, ...]
    ends: tuple[End, ...]
    said: Said  # about the survey itself
    places: Choices  # where an ending can come: the questions


def outline(questionnaire: Questionnaire, *, privacy: str) -> Outline:
    """Return a draft as its editor reads it."""
    found = all_shortcomings(questionnaire, privacy=privacy), advice(questionnaire, privacy=privacy)
    begins = _first_of_pages(questionnaire)
    return Outline(
        tuple(_item(number, questionnaire, privacy, begins, found) for number in range(len(questionnaire.questions))),
        tuple(_end(ending, questionnaire, found) for ending in questionnaire.endings),
        _said("", found),
        _numbered(questionnaire, range(len(questionnaire.questions))),
    )


def _first_of_pages(questionnaire: Questionnaire) -> dict[str, int]:
    cut = pages(questionnaire)
    return {page[0].key: number for number, page in enumerate(cut, start=1)} if len(cut) > 1 else {}


def _said(place: str, found: tuple[Iterable[Remark], Iterable[Remark]]) -> Said:
    problems, hints = (tuple(one.words for one in remarks if one.place == place) for remarks in found)
    return Said(problems, hints)


def _item(
    number: int,
    questionnaire: Questionnaire,
    privacy: str,
    begins: dict[str, int],
    found: tuple[Iterable[Remark], Iterable[Remark]],
) -> Item:
    question = questionnaire.questions[number]
    return Item(
        question,
        KINDS[question.kind],
        number + 1,
        begins.get(question.key, 0),
        when_words(question.show_if, questionnaire) if question.show_if else "",
        ", ".join(str(number_of(questionnaire, one.key)) for one in repeated(question, questionnaire)),
        _said(question.key, found),
        rows(question.show_if, questionnaire),
        _to_look_at(questionnaire, number),
        _pipes(questionnaire, number, privacy),
    )


def _end(ending: Ending, questionnaire: Questionnaire, found: tuple[Iterable[Remark], Iterable[Remark]]) -> End:
    after = number_of(questionnaire, ending.after)
    return End(
        ending,
        after,
        when_words(ending.when, questionnaire) if ending.when else "",
        _said(f"{ENDING}{ending.key}", found),
        rows(ending.when, questionnaire),
        _to_look_at(questionnaire, after or len(questionnaire.questions)),
    )


def _to_look_at(questionnaire: Questionnaire, until: int) -> Choices:
    places = [number for number in range(until) if can_be_looked_at(questionnaire.questions[number])]
    return _numbered(questionnaire, places)


def _numbered(questionnaire: Questionnaire, places: Iterable[int]) -> Choices:
    asked = [(number + 1, questionnaire.questions[number]) for number in places]
    return [(question.key, f"{number}. {short_words(question)}") for number, question in asked]


def _pipes(questionnaire: Questionnaire, until: int, privacy: str) -> Choices:
    places = [number for number in range(until) if is_repeatable(questionnaire.questions[number])]
    return [*_numbered(questionnaire, places), *(() if privacy == ANONYMOUS else _about_person())]


def _about_person() -> Choices:
    return [
        (_("person.first_name|dear customer"), _("Their first name, or “dear customer”")),
        ("person.name", _("Their name")),
        ("person.plan", _("Their plan")),
        ("person.tier", _("Their tier")),
    ]
