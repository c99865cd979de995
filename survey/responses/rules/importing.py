"""Answers in files of other tools: which column answers which question, and what its cells mean."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from survey.customers.rules import DayOrder
from survey.customers.rules import cells as reading
from survey.customers.rules.cells import day, is_blank, language
from survey.customers.rules.entries import SEGMENT_LIMIT
from survey.foundation import csv
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import fold
from survey.questionnaires.kinds.base import Given, Invalid, Option, Question, option_in_words
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules.exporting import CODE, has_code
from survey.responses.rules.telling import VOICE_WORDS, is_shown

SCALE = re.compile(r"(-?[0-9]{1,4})\.\.(-?[0-9]{1,4})")
WHOLE = re.compile(r"(-?[0-9]{1,6})(?:[.,]0+)?")
WORDS_PIECES = 8  # so many semicolons can stand in the words of one option and still be understood


@dataclass(frozen=True)
class Scale:
    """How a file grades: its `first` number means our lowest, its `last` our highest, one step for one step."""

    first: int
    last: int
    lowest: int

    def ours(self, cell: str) -> str:
        """Return our grade for a cell; raise Refused where the cell is not on the file's scale."""
        number = int(_number(cell)) if _number(cell) else None
        if number is None or not min(self.first, self.last) <= number <= max(self.first, self.last):
            raise Refused(
                _(
                    "“%(text)s” is not on the scale %(scale)s",
                    text=cell.strip()[:60],
                    scale=f"{self.first}..{self.last}",
                )
            )
        return str(self.lowest + abs(number - self.first))


@dataclass(frozen=True)
class Meaning:
    """What the columns of a file mean: the input of a page that each stands for (a question's key, `<key>.code` where it
    holds values instead of words, or `<key>.<part>`), the questions of these, their scales and cells for “no answer” by
    key, day and id; and whose answers they are, in which language, of which groups, where columns say so."""

    columns: Mapping[str, str]
    questions: Sequence[Question] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    missing: Mapping[str, Collection[str]] = field(default_factory=dict)
    day_column: str | None = None
    id_column: str | None = None
    day_order: DayOrder | None = None
    voice_column: str | None = None
    language_column: str | None = None
    groups: Mapping[str, str] = field(default_factory=dict)  # column -> group


def known_names(questions: Sequence[Question]) -> dict[str, str]:
    """Return which input a column stands for by its folded name: `<key>`, `<key>.<part>`, or the question's words."""
    asked = [question for question in questions if is_shown(question)]
    parts = [f"{question.key}.{part}" for question in asked for part in KINDS[question.kind].columns(question)]
    names = [*(question.key for question in asked), *(_code(one) for one in asked if has_code(one)), *parts]
    return {fold(question.words): question.key for question in asked} | {fold(name): name for name in names}


def column_called(name: str, columns: Sequence[str]) -> str:
    """Return the column of this name, without regard to case, blanks and punctuation; raise Refused where there is none."""
    for column in columns:
        if column and fold(column) == fold(name):
            return column
    raise Refused(csv.no_column(name, columns))


def scales_in(pairs: Sequence[str], questions: Sequence[Question]) -> dict[str, Scale]:
    """Return the scales given as 'key=5..1'; raise Refused where one cannot be laid on its question's."""
    return {question.key: _scale(question, words) for question, words in _pairs(pairs, questions)}


def _scale(question: Question, words: str) -> Scale:
    ours, given = KINDS[question.kind].scale(question), SCALE.fullmatch(words)
    if ours is None:
        raise Refused(_("“%(key)s” has no scale.", key=question.key))
    if given is None:
        raise Refused(
            _(
                "“%(words)s” is not a scale. Write the number that means our lowest, two dots, the highest: 5..1.",
                words=words,
            )
        )
    first, last = int(given[1]), int(given[2])
    if abs(last - first) != ours[1] - ours[0]:
        raise Refused(
            _(
                "“%(words)s” has %(theirs)s steps, but “%(key)s” has %(ours)s.",
                words=words,
                theirs=abs(last - first) + 1,
                key=question.key,
                ours=ours[1] - ours[0] + 1,
            )
        )
    return Scale(first, last, ours[0])


def missing_in(pairs: Sequence[str], questions: Sequence[Question]) -> dict[str, frozenset[str]]:
    """Return the cells that mean “no answer”, given as 'key=6,7'."""
    found: dict[str, frozenset[str]] = {}
    for question, words in _pairs(pairs, questions):
        found[question.key] = found.get(question.key, frozenset()) | {_plain(word) for word in words.split(",")}
    return found


def _pairs(pairs: Sequence[str], questions: Sequence[Question]) -> list[tuple[Question, str]]:
    by_key = {question.key: question for question in questions}
    split = [(key.strip(), words.strip()) for key, _equals, words in (pair.partition("=") for pair in pairs)]
    for key, words in split:
        if key not in by_key or not words:
            raise Refused(_no_question(key, by_key))
    return [(by_key[key], words) for key, words in split]


def _no_question(key: str, known: Iterable[str]) -> str:
    return _("There is no question “%(key)s”. The questions are: %(all)s.", key=key, all=", ".join(known))


def answers_in(cells: Mapping[str, str], meaning: Meaning) -> dict[str, Any]:
    """Return the answers of a row; raise Refused with question and reason where a cell is no answer to its question."""
    typed = {name: cells[column] for column, name in meaning.columns.items()}
    found = {question.key: _answer(typed, question, meaning) for question in meaning.questions}
    return {key: answer for key, answer in found.items() if answer is not None}


def _code(question: Question) -> str:
    return f"{question.key}.{CODE}"


def _answer(typed: Mapping[str, str], question: Question, meaning: Meaning) -> Any:
    kind, cell = KINDS[question.kind], typed.get(question.key, "")
    if has_code(question):  # words may read like another's value; values are exact
        cell = typed.get(_code(question), "").strip() or cell
    if _plain(cell) in meaning.missing.get(question.key, ()):
        return None
    parts = {
        part: (_value(typed[name], kind.options(question, part)),)
        for part in kind.columns(question)
        if (name := f"{question.key}.{part}") in typed
    }
    try:
        return _cleaned(_graded(cell, question, meaning), parts, question)
    except (Invalid, Refused) as refused:
        raise Refused(f"{question.key}: {refused}") from None


def _graded(cell: str, question: Question, meaning: Meaning) -> str:
    """Return the cell of a question with grades as we grade; every other as it is."""
    if KINDS[question.kind].scale(question) is None:
        return cell
    scale = meaning.scales.get(question.key)
    return "" if is_blank(cell) else scale.ours(cell) if scale else _number(cell) or cell


def _cleaned(cell: str, parts: Mapping[str, tuple[str, ...]], question: Question) -> Any:
    """Return the answer in a cell; several choices may stand in one, parted by semicolons."""
    kind = KINDS[question.kind]
    options = kind.options(question)
    if not options:
        return kind.clean(question, Given((cell,), parts))
    return kind.clean(question, Given(tuple(_values(cell, options)), parts))


def _values(cell: str, options: Sequence[Option]) -> Iterator[str]:
    """Yield the values of the options that a cell names; words may hold semicolons themselves."""
    named, left = {text for option in options for text in option}, [piece.strip() for piece in cell.split(";")]
    while left:
        count = next((n for n in range(min(len(left), WORDS_PIECES), 1, -1) if "; ".join(left[:n]) in named), 1)
        yield _value("; ".join(left[:count]), options)
        left = left[count:]


def _value(cell: str, options: Sequence[Option]) -> str:
    """Return the value of the option that a cell names, in its words or as value; any other cell as it is."""
    name = cell.strip()
    return next((value for value, words in options if words == name), None) or (
        cell if name in dict(options) or not options else option_in_words(name, options) or cell
    )


def answers_kept(answers: Mapping[str, Any], questions: Sequence[Question]) -> dict[str, Any]:
    """Return answers as an export of ours holds them; raise Refused where one is no answer to its question."""
    by_key = {question.key: question for question in questions if is_shown(question)}
    for key in answers:
        if key not in by_key:
            raise Refused(_no_question(key, by_key))
    return {key: _kept(by_key[key], answer) for key, answer in answers.items() if answer is not None}


def _kept(question: Question, answer: Any) -> Any:
    """Return an answer that is whole: what would have to be typed to give it gives it again."""
    kind = KINDS[question.kind]
    try:
        parts = {part: kind.entered(question, answer, part) for part in kind.parts(question)}
        found = kind.clean(question, Given(kind.entered(question, answer), parts))
    except (Invalid, Refused) as refused:
        raise Refused(f"{question.key}: {refused}") from None
    except (TypeError, KeyError, AttributeError, IndexError):
        found = None
    if found != answer or kind.is_empty(found):
        raise Refused(_("%(key)s: this is not how an answer to it is kept.", key=question.key))
    return found


def day_in(cells: Mapping[str, str], meaning: Meaning, today: date) -> date:
    """Return the day of a row; today where the file has no days. Raises Refused."""
    if meaning.day_column is None:
        return today
    found = day(cells[meaning.day_column], meaning.day_order)
    if found is None:
        raise Refused(_("there is no day"))
    if found > today:
        raise Refused(_("%(day)s lies in the future", day=found))
    return found


def voice_in(cells: Mapping[str, str], meaning: Meaning, usual: str) -> str:
    """Return whose answer a row is, named by value or in words; the usual voice where it says nothing. Raises Refused."""
    cell = cells[meaning.voice_column].strip() if meaning.voice_column else ""
    if is_blank(cell):
        return usual
    called = {fold(name): voice for voice, words in VOICE_WORDS.items() for name in (voice, str(words))}
    if fold(cell) not in called:
        raise Refused(_("“%(text)s” says of nobody whose answer it is", text=cell[:60]))
    return str(called[fold(cell)])


def language_in(cells: Mapping[str, str], meaning: Meaning, usual: str) -> str:
    """Return the language of a row; the usual one where it names none that we know."""
    return (meaning.language_column and language(cells[meaning.language_column])) or usual


def groups_in(cells: Mapping[str, str], meaning: Meaning) -> dict[str, str]:
    """Return the groups of a row; raises Refused where a cell is too long for one."""
    said = {
        name: reading.words(cells[column], field=name, limit=SEGMENT_LIMIT) for column, name in meaning.groups.items()
    }
    return {name: value for name, value in said.items() if name and value}


def form_id_for(survey_id: UUID, *known: str) -> UUID:
    """Return the form id of a row: always the same for the same survey and row, so that reading twice stores once."""
    digest = hashlib.sha256("\n".join([survey_id.hex, *known]).encode("utf-8", "surrogatepass")).digest()
    return UUID(bytes=digest[:16], version=4)


def _plain(cell: str) -> str:
    """Return a cell for comparison: 6, 6.0 and " 6 " are the same."""
    return _number(cell) or cell.strip().casefold()


def _number(cell: str) -> str:
    whole = WHOLE.fullmatch(cell.strip())
    return str(int(whole[1])) if whole else ""
