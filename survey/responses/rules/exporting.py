"""Answers as rows of a table. Where single answers are not for anybody's eyes, a row holds answers and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from survey.questionnaires.kinds.base import Kind, Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules.telling import codes, is_shown
from survey.responses.rules.values import Answers

ABOUT = ("id", "submitted_on", "submitted_at", "channel", "voice", "language", "person", "segments")


class Kept(Protocol):
    """What is kept of one response."""

    id: UUID
    submitted_on: date
    submitted_at: datetime | None
    channel: str
    voice: str
    language: str
    segments: Mapping[str, str]
    answers: Answers
    external_id: str | None


CODE = "code"


@dataclass(frozen=True)
class Column:
    """One column of answers: a question in words; its values where words stand for them; a further input of it."""

    question: Question
    aspect: str = ""

    @property
    def name(self) -> str:
        """The heading: the question's key, so that the file can be read in again."""
        return f"{self.question.key}.{self.aspect}" if self.aspect else self.question.key

    @cached_property
    def _kind(self) -> Kind:
        return KINDS[self.question.kind]

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Values and their words; a column of values is left as it is."""
        values = self._kind.values(self.question)
        return {value: value if self.aspect == CODE else words for value, words in values}

    def cell(self, answers: Answers) -> str:
        """Return the cell for a row's answers; empty where there is none."""
        answer = answers.get(self.question.key)
        if answer is None or self._kind.is_empty(answer):
            return ""
        if self.aspect in self._kind.parts(self.question):
            return str(answer[self.aspect])
        if not self._words:
            return self._kind.written(self.question, answer) or self._kind.export(self.question, answer)
        return "; ".join([self._words.get(code, code) for code in codes(self.question, answer)])


def columns(questions: Sequence[Question]) -> tuple[Column, ...]:
    """Return the columns for questions; who somebody is has none."""
    return tuple(
        Column(question, aspect) for question in questions if is_shown(question) for aspect in _aspects(question)
    )


def _aspects(question: Question) -> tuple[str, ...]:
    kind = KINDS[question.kind]
    has_words = any(value != words for value, words in kind.values(question))
    return ("", *((CODE,) if has_words else ()), *kind.parts(question))


def header(wanted: Sequence[Column], *, is_identified: bool) -> list[str]:
    """Return the headings."""
    return [*(ABOUT if is_identified else ()), *(column.name for column in wanted)]


def cells_of_row(row: Kept, wanted: Sequence[Column], *, is_identified: bool) -> list[str]:
    """Return the cells of one response, times in ISO 8601."""
    answers = row.answers
    cells = [column.cell(answers) for column in wanted]
    return [*_about(row), *cells] if is_identified else cells


def _about(row: Kept) -> tuple[str, ...]:
    moment = row.submitted_at.isoformat() if row.submitted_at else ""
    segments = "; ".join([f"{name}={value}" for name, value in sorted(row.segments.items())]) if row.segments else ""
    return (
        str(row.id),
        row.submitted_on.isoformat(),
        moment,
        row.channel,
        row.voice,
        row.language,
        row.external_id or "",
        segments,
    )


def as_json(row: Kept, *, is_identified: bool) -> dict[str, Any]:
    """Return one response exactly as it is kept."""
    if not is_identified:
        return {"answers": dict(row.answers)}
    return {
        "id": str(row.id),
        "submitted_on": row.submitted_on.isoformat(),
        "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
        "channel": row.channel,
        "voice": row.voice,
        "language": row.language,
        "person": row.external_id,
        "segments": dict(row.segments),
        "answers": dict(row.answers),
    }
