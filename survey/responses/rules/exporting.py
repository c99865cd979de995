"""Answers as rows of a table. Where single answers are not for anybody's eyes, a row holds answers and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules.telling import codes, labels
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


@dataclass(frozen=True)
class Column:
    """One column of answers: a question, in words or, where words stand for values, in those values."""

    question: Question
    is_coded: bool = False

    @property
    def name(self) -> str:
        """The heading: the question's key, so that the file can be read in again."""
        return f"{self.question.key}.code" if self.is_coded else self.question.key

    def cell(self, answers: Answers) -> str:
        """Return the cell for a row's answers; empty where there is none."""
        kind, answer = KINDS[self.question.kind], answers.get(self.question.key)
        if kind.is_empty(answer):
            return ""
        if self.is_coded:
            return "; ".join(codes(self.question, answer))
        written = kind.written(self.question, answer)
        return "; ".join([*labels(self.question, answer), *([written] if written else [])])


def columns(questions: Sequence[Question]) -> tuple[Column, ...]:
    """Return the columns for questions; who somebody is has none."""
    return tuple(
        Column(question, is_coded)
        for question in questions
        if not KINDS[question.kind].is_personal
        for is_coded in (False, True)
        if not is_coded or _has_words(question)
    )


def _has_words(question: Question) -> bool:
    return any(value != words for value, words in KINDS[question.kind].values(question))


def header(wanted: Sequence[Column], *, is_identified: bool) -> list[str]:
    """Return the headings."""
    return [*(ABOUT if is_identified else ()), *(column.name for column in wanted)]


def cells_of_row(row: Kept, wanted: Sequence[Column], *, is_identified: bool) -> Iterator[str]:
    """Yield the cells of one response, times in ISO 8601."""
    if is_identified:
        yield from (str(row.id), row.submitted_on.isoformat(), row.submitted_at.isoformat() if row.submitted_at else "")
        yield from (row.channel, row.voice, row.language, row.external_id or "")
        yield "; ".join(f"{name}={value}" for name, value in sorted(row.segments.items()))
    yield from (column.cell(row.answers) for column in wanted)


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
