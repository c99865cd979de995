"""The way of one person through a questionnaire: which questions they are shown, on which pages, and which ending.

The way is recomputed from the answers whenever it is needed and kept nowhere. Pages are cut so that what decides about a
question stands on an earlier page than the question: that is what makes conditions work without JavaScript.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.logic import Answers, holds
from survey.questionnaires.rules.piping import all_words, names_in
from survey.questionnaires.rules.values import BY_SECTION, ONE_QUESTION, Ending, Questionnaire

Page = tuple[Question, ...]


@dataclass(frozen=True)
class Path:
    """The questions that somebody is shown, in order; the answers that count; the ending that they come to, if one is for them."""

    questions: tuple[Question, ...]
    answers: Mapping[str, Any]
    ending: Ending | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the questions on the way."""
        return frozenset(question.key for question in self.questions)


def path(questionnaire: Questionnaire, answers: Answers) -> Path:
    """Return the way that these answers lead; an answer to a question off the way does not count."""
    questions = {question.key: question for question in questionnaire.questions}
    shown: list[Question] = []
    counted: dict[str, Any] = {}
    is_section_shown = True
    for question in questionnaire.questions:
        is_met = holds(question.show_if, questions, counted)
        if KINDS[question.kind].begins_page:
            is_section_shown = is_met
        if is_met and is_section_shown:
            shown.append(question)
            counted |= {question.key: answers[question.key]} if question.key in answers else {}
        ending = _ending(questionnaire, question.key, questions, counted)
        if ending is not None:
            return Path(tuple(shown), counted, ending)
    return Path(tuple(shown), counted, _ending(questionnaire, "", questions, counted))


def _ending(
    questionnaire: Questionnaire, after: str, questions: Mapping[str, Question], counted: Answers
) -> Ending | None:
    """The first ending at this place that is for somebody with these answers."""
    if not questionnaire.endings:
        return None
    here = (ending for ending in questionnaire.endings if ending.after == after)
    return next((ending for ending in here if holds(ending.when, questions, counted)), None)


# ---- pages ----------------------------------------------------------------------------------------------------------


def pages(questionnaire: Questionnaire) -> tuple[Page, ...]:
    """Return all questions cut into pages, whoever sees them."""
    return tuple(_cut(questionnaire))


def _cut(questionnaire: Questionnaire) -> Iterator[Page]:
    page: list[Question] = []
    ends = {ending.after for ending in questionnaire.endings if ending.after}
    section: Question | None = None
    for question in questionnaire.questions:
        section = question if KINDS[question.kind].begins_page else section
        looked_at = {*_looks_at(question), *(_looks_at(section) if section else ())}
        if page and (
            _begins(questionnaire.layout, page, question)
            or page[-1].key in ends
            or any(one.key in looked_at for one in page)
        ):
            yield tuple(page)
            page = []
        page.append(question)
    if page:
        yield tuple(page)


def _begins(layout: str, page: Sequence[Question], question: Question) -> bool:
    """Whether a new page begins with a question because the owner wants it so."""
    if layout == ONE_QUESTION:
        return any(KINDS[one.kind].takes_answer for one in page)
    return layout == BY_SECTION and KINDS[question.kind].begins_page


def _looks_at(question: Question) -> Iterator[str]:
    """The keys of the questions whose answers decide about a question or stand in its words."""
    if question.show_if:
        yield from (condition.question for condition in question.show_if.conditions)
    for words in all_words(question):
        yield from names_in(words)


@dataclass(frozen=True)
class Place:
    """One page of somebody's way: its number among all pages, its questions, and how far it is.

    `done` pages lie behind; at most `left` come after this one. It is the same for all who may still see them, so that
    the way never gets longer.
    """

    number: int
    questions: Page
    done: int
    left: int

    @property
    def is_first(self) -> bool:
        """Whether nothing comes before it."""
        return self.done == 0

    @property
    def is_last(self) -> bool:
        """Whether nothing can come after it."""
        return self.left == 0


def places(questionnaire: Questionnaire, answers: Answers, cut: Sequence[Page] = ()) -> tuple[Place, ...]:
    """Return the pages that these answers lead over, each with only the questions that are shown.

    `cut` is what `pages` returns, for those who have it at hand.
    """
    cut = cut or pages(questionnaire)
    if len(cut) == 1:
        return (Place(0, cut[0], 0, 0),)
    way = path(questionnaire, answers)
    shown = [
        (number, tuple(question for question in page if question.key in way.keys)) for number, page in enumerate(cut)
    ]
    walked = [(number, page) for number, page in shown if any(KINDS[one.kind].takes_answer for one in page)]
    left = {number: _left(questionnaire, cut, number, answers) for number, _page in walked}
    return tuple(Place(number, page, done, left[number]) for done, (number, page) in enumerate(walked))


def _left(questionnaire: Questionnaire, cut: Sequence[Page], number: int, answers: Answers) -> int:
    """How many pages can come after a page at most: those that the answers up to it do not rule out yet.

    A condition on a question that is still to come is taken to be met; one on this page's questions too, as its answers
    may still change.
    """
    behind = {question.key for page in cut[:number] for question in page}
    settled = {key: answer for key, answer in answers.items() if key in behind}
    way = path(questionnaire, settled)
    if way.ending and way.ending.after in behind:
        return 0
    open_keys = {question.key for page in cut[number:] for question in page}
    questions = {question.key: question for question in questionnaire.questions}
    section_is_open, left = True, 0
    for later, page in enumerate(cut):
        is_open = False
        for question in page:
            may_show = _may_show(question, questions, way.answers, open_keys)
            if KINDS[question.kind].begins_page:
                section_is_open = may_show
            is_open |= may_show and section_is_open and KINDS[question.kind].takes_answer
        left += is_open and later > number
    return left


def _may_show(question: Question, questions: Mapping[str, Question], settled: Answers, open_keys: set[str]) -> bool:
    when = question.show_if
    if when is None or any(condition.question in open_keys for condition in when.conditions):
        return True
    return holds(when, questions, settled)


def place_of(questionnaire: Questionnaire, key: str) -> Place | None:
    """Return the whole page on which a question stands, whether or not anybody is shown it; for those who write it."""
    cut = pages(questionnaire)
    found = next((number for number, page in enumerate(cut) if any(one.key == key for one in page)), None)
    return None if found is None else Place(found, cut[found], found, len(cut) - found - 1)
