"""What stands in a report: plain values, set one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Tone = Literal["plain", "strong", "large", "muted"]


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Span:
    """A value and its interval on the whole scale."""

    low: float
    value: float
    high: float
    least: float
    most: float


@dataclass(frozen=True)
class Figure:
    """The number at the head: large, with its name, what stands beside it, and its whisker."""

    value: str
    name: str
    details: Sequence[str] = ()
    span: Span | None = None


@dataclass(frozen=True)
class Facts:
    """What something is, line by line: label and words."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first column holds words, all others numbers, which stand to the right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Bar:
    """One line of bars: its label, how long it is, its numbers in words; grey where it belongs to nobody."""

    label: str
    n: float
    numbers: Sequence[str]
    is_grey: bool = False


@dataclass(frozen=True)
class Bars:
    """Labels with bars and numbers; `heads` are those of the label and of each number."""

    heads: Sequence[str]
    rows: Sequence[Bar]


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG, with what it says for those who cannot see it."""

    svg: bytes
    says: str


@dataclass(frozen=True)
class Quote:
    """What a customer wrote, and what stands below it."""

    text: str
    below: str


Block: TypeAlias = Words | Figure | Facts | Table | Bars | Drawing | Quote


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; parts are sections of their own below it."""

    title: str
    blocks: Sequence[Block] = ()
    parts: Sequence["Section"] = ()


@dataclass(frozen=True)
class Report:
    """A whole report: the cover's words and blocks, then its sections."""

    organisation: str
    title: str
    headline: str
    cover: Sequence[Block]
    sections: Sequence[Section]
    made_at: datetime
    made_words: str
    accent: str
    language: str = "en"
    missing_letters: str = ""  # what is said where characters could not be printed
