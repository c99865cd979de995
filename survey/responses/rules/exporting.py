"""Answers as rows of a table. Where single answers are not for anybody's eyes, a row holds answers and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from survey.questionnaires.kinds.base import Kind, Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules.telling import is_shown
from survey.responses.rules.values import Answers

ABOUT = (
    "id", "submitted_on", "submitted_at", "version", "channel", "voice", "language", "person", "segments", "doubts",
)  # fmt: skip
Exact = str | int | float | date
GRADES = 1_000
WHOLE_LIMIT = 10**15  # from here on a spreadsheet would round


class Kept(NamedTuple):
    """What is kept of one response, in the order in which it is asked for."""

    id: UUID
    submitted_on: date
    submitted_at: datetime | None
    version: int
    channel: str
    voice: str
    language: str
    segments: Mapping[str, str]
    doubts: Sequence[str]
    answers: Answers
    external_id: str | None


CODE = "code"
BOTH, LABELS, CODES = "both", "labels", "codes"
VALUES = (BOTH, LABELS, CODES)  # what stands in a table where words stand for values


@dataclass(frozen=True)
class Column:
    """One column of answers: a question in words; its values where words stand for them; a further input of it.

    Cells hold what would have been typed to give the answer, so that the file can be read in again.
    """

    question: Question
    aspect: str = ""
    is_coded: bool = False  # values, although words stand for them

    @property
    def name(self) -> str:
        """The heading: the question's key, and what of it the column holds."""
        return f"{self.question.key}.{self.aspect}" if self.aspect else self.question.key

    @cached_property
    def _kind(self) -> Kind:
        return KINDS[self.question.kind]

    @cached_property
    def _part(self) -> str:
        """The input that the column holds; "" for the question's own."""
        return "" if self.aspect == CODE and has_code(self.question) else self.aspect

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Values and their words; a column of values is left as it is."""
        has_words = self.aspect == self._part and not self.is_coded
        return dict(self._kind.options(self.question, self._part)) if has_words else {}

    @cached_property
    def _grades(self) -> dict[int, str]:
        """Cells of whole numbers, which are few and come again and again."""
        return {}

    def cell(self, answers: Answers) -> str:
        """Return the cell for a row's answers; empty where there is none."""
        answer = answers.get(self.question.key)
        if answer is None:
            return ""
        if type(answer) is not int:
            return self._made(answer)
        known = self._grades.get(answer)
        if known is None:
            known = self._made(answer)
            if len(self._grades) < GRADES:
                self._grades[answer] = known
        return known

    def _made(self, answer: Any) -> str:
        if self._kind.is_empty(answer):
            return ""
        entered = self._kind.entered(self.question, answer, self._part)
        return "; ".join([self._words.get(value, value) for value in entered])

    def exact(self, answers: Answers) -> Exact:
        """Return the cell as a number where the answer is one and the cell holds it, else as it is."""
        cell, answer = self.cell(answers), answers.get(self.question.key)
        if isinstance(answer, int | float) and str(answer) == cell and abs(answer) < WHOLE_LIMIT:
            return answer
        return cell


def columns(questions: Sequence[Question], values: str = BOTH) -> tuple[Column, ...]:
    """Return the columns for questions, with words, codes or both; who somebody is has none."""
    return tuple(
        Column(question, aspect, values == CODES)
        for question in questions
        if is_shown(question)
        for aspect in _aspects(question, values)
    )


def _aspects(question: Question, values: str) -> tuple[str, ...]:
    own = ("",) if has_own_input(question) else ()
    code = (CODE,) if values == BOTH and has_code(question) else ()
    return (*own, *code, *KINDS[question.kind].columns(question))


def has_own_input(question: Question) -> bool:
    """Whether anything is chosen or typed for the question itself, and not in its parts alone."""
    kind = KINDS[question.kind]
    return bool(kind.options(question)) or not kind.values(question)


def has_code(question: Question) -> bool:
    """Whether words stand for values, so that these have a column of their own; never the one of a part called so."""
    kind = KINDS[question.kind]
    has_words = any(value != words for value, words in kind.options(question))
    return has_words and CODE not in kind.columns(question)


def header(wanted: Sequence[Column], *, is_identified: bool) -> list[str]:
    """Return the headings; what stands beside the answers makes way for a question of the same name."""
    names = [column.name for column in wanted]
    beside = [f"response.{name}" if name in names else name for name in ABOUT] if is_identified else []
    return [*beside, *names]


def cells_of_row(row: Kept, wanted: Sequence[Column], *, is_identified: bool) -> list[str]:
    """Return the cells of one response, times in ISO 8601."""
    answers = row.answers
    cells = [column.cell(answers) for column in wanted]
    return [*_about(row), *cells] if is_identified else cells


def exact_cells(row: Kept, wanted: Sequence[Column], *, is_identified: bool) -> list[Exact]:
    """Return the same cells with numbers as numbers and days as days; a moment with its zone has no cell but words."""
    cells: list[Exact] = [column.exact(row.answers) for column in wanted]
    if not is_identified:
        return cells
    id, _day, moment, _version, *others = _about(row)
    return [id, row.submitted_on, moment, row.version, *others, *cells]


def _about(row: Kept) -> tuple[str, ...]:
    id, day, moment, version, channel, voice, language, segments, doubts, _answers, person = (
        row  # by place: half the time
    )
    return (
        str(id),
        day.isoformat(),
        moment.isoformat() if moment else "",
        str(version),
        channel,
        voice,
        language,
        person or "",
        "; ".join([f"{name}={value}" for name, value in sorted(segments.items())]) if segments else "",
        "; ".join(doubts) if doubts else "",
    )


def as_json(row: Kept, *, is_identified: bool) -> dict[str, Any]:
    """Return one response exactly as it is kept."""
    if not is_identified:
        return {"answers": dict(row.answers)}
    return {
        "id": str(row.id),
        "submitted_on": row.submitted_on.isoformat(),
        "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
        "version": row.version,
        "channel": row.channel,
        "voice": row.voice,
        "language": row.language,
        "person": row.external_id,
        "segments": dict(row.segments),
        "doubts": list(row.doubts),
        "answers": dict(row.answers),
    }
