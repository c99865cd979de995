"""Answers as variables of statistical software: names that it takes, types, and words for codes."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Literal

from survey.questionnaires.kinds.base import Option, Question, listed
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules.exporting import CODES, Column, Kept, columns

Type = Literal["whole", "number", "text", "day", "moment"]
Value = int | float | str | date | datetime | None
NAME_LIMIT, LABEL_LIMIT, VALUE_LABEL_LIMIT = 64, 255, 120  # bytes that SPSS takes
RESERVED = {"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}
WHOLE = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True)
class Variable:
    """One column: its name, what it is in words, its type, words for its codes, and how a response's value is read."""

    name: str
    label: str
    type: Type
    read: Callable[[Kept], Value]
    words: Mapping[str | int, str] = field(default_factory=dict)


def variables(questions: Sequence[Question], segments: Sequence[str], *, is_identified: bool) -> list[Variable]:
    """Return the variables: what is known about a response where that may be handed out, then its answers."""
    about = [*_about(), *map(_segment, segments)] if is_identified else []
    found = [*about, *(one for column in columns(questions, CODES) for one in _of(column))]
    names = safe_names([one.name for one in found])
    return [replace(one, name=name) for one, name in zip(found, names, strict=True)]


def _about() -> list[Variable]:
    return [
        Variable("id", "Response", "text", lambda row: str(row.id)),
        Variable("submitted_on", "Day", "day", lambda row: row.submitted_on),
        Variable("submitted_at", "Moment (UTC)", "moment", lambda row: _moment(row.submitted_at)),
        Variable("version", "Version of the survey", "whole", lambda row: row.version),
        Variable("channel", "Channel", "text", lambda row: row.channel),
        Variable("voice", "Voice", "text", lambda row: row.voice),
        Variable("language", "Language", "text", lambda row: row.language),
        Variable("person", "Person", "text", lambda row: row.external_id),
        Variable("doubts", "Doubts", "text", lambda row: "; ".join(row.doubts) or None),
    ]


def _moment(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def _segment(name: str) -> Variable:
    return Variable(f"segment_{name}", name, "text", lambda row: row.segments.get(name))


def _of(column: Column) -> Iterator[Variable]:
    """A variable for a column, or one of 0 and 1 for each answer where several can be given."""
    question, kind = column.question, KINDS[column.question.kind]
    options, name, label = kind.options(question, column.aspect), column.name, _label(column)
    if column.aspect in _flagged(question):
        name = f"{name}.text"  # beside the 0 or 1 of the same answer
    if not column.aspect and kind.holds_several(question):
        yield from (_flag(column, option) for option in options if option[0] in _flagged(question))
    elif options and all(WHOLE.fullmatch(value) for value, _words in options):
        words: dict[str | int, str] = {int(value): words for value, words in options if value != words}
        yield Variable(name, label, "whole", lambda row: _number(column, row, int), words)
    elif options or not kind.holds:
        words = {value: words for value, words in options if value != words}
        yield Variable(name, label, "text", lambda row: column.cell(row.answers) or None, words)
    elif kind.holds == "day":
        yield Variable(name, label, "day", lambda row: _day(column.cell(row.answers)))
    else:
        yield Variable(name, label, "number", lambda row: _number(column, row, float))


def _flagged(question: Question) -> set[str]:
    """The answers that are told by a 0 or 1 of their own; not those whose column says more, such as a place in an order."""
    kind = KINDS[question.kind]
    says_more = {part for part in kind.columns(question) if kind.options(question, part)}
    values = {value for value, _words in kind.options(question)} if kind.holds_several(question) else set()
    return values - says_more


def _label(column: Column) -> str:
    """The question in words, with the thing or row that the column is about."""
    question = column.question
    if not column.aspect:
        return question.words
    things = {**dict(KINDS[question.kind].options(question)), **dict(listed(question, "rows"))}
    return f"{question.words}: {things.get(column.aspect, column.aspect)}"


def _flag(column: Column, option: Option) -> Variable:
    question, (value, words) = column.question, option
    kind = KINDS[question.kind]

    def read(row: Kept) -> Value:
        answer = row.answers.get(question.key)
        return None if kind.is_empty(answer) else int(value in kind.entered(question, answer))

    return Variable(f"{question.key}.{value}", f"{question.words}: {words}", "whole", read, {0: "0", 1: words})


def _number(column: Column, row: Kept, made: Callable[[str], int | float]) -> int | float | None:
    cell = column.cell(row.answers)
    return made(cell) if cell else None


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def safe_names(wanted: Sequence[str]) -> list[str]:
    """Return names that SPSS takes and that stay apart without regard to case: letters, digits, points and underscores."""
    taken: set[str] = set()
    return [_unique(_safe(name), taken) for name in wanted]


def _safe(name: str) -> str:
    bare = re.sub(r"[^A-Za-z0-9_.]", "_", name).rstrip(".")[:NAME_LIMIT]
    is_fit = bare[:1].isalpha() and bare.upper() not in RESERVED
    return bare if is_fit else f"v_{bare}"[:NAME_LIMIT].rstrip(".")


def _unique(name: str, taken: set[str]) -> str:
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        ending = f"_{number}"
        found = f"{name[: NAME_LIMIT - len(ending)].rstrip('.')}{ending}"
    taken.add(found.casefold())
    return found


def limited(text: str, most: int) -> str:
    """Return a text that is no longer than so many bytes as UTF-8."""
    return text.encode()[:most].decode(errors="ignore")
