"""What one response adds to the counts: which segments it belongs to, and which answers it gives."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from survey.responses.rules import CHANNEL, LANGUAGE, OWN, SCORE, VERSION
from survey.results.rules.periods import month_of

Counts = Mapping[str, Mapping[str, int]]
"""Question key -> value -> how many responses. Under "" stand the responses themselves: "" -> n, and question key ->
how many answered that question (of several values chosen at once the values' sum would be more). No question is called
like REASONS_READ: reason -> how many responses sound like it, once read; nor like COMMENTS: how many comments -> how many
responses have so many; nor like WROTE, which stands under "": responses whose comments were read."""

Cell = tuple[str, str, date, str, str]
"""Segment, segment value, first day of the month, question key, value: what a rollup row is about."""

Segment = tuple[str, str]

EVERYBODY: Segment = ("", "")
VOICE, SENTIMENT, VOICE_AND_SENTIMENT, DAY = "voice", "sentiment", "voice+sentiment", "day"
REASONS_READ, WROTE, GRADE, COMMENTS = ":reasons", ":wrote", ":grade", ":comments"
KEY_LIMIT, VALUE_LIMIT, OWN_LIMIT = 60, 120, 100
COUNTED_BY = ("", VOICE, SENTIMENT, VOICE_AND_SENTIMENT)
DOUBTED = {name: f"doubted+{name}" if name else "doubted" for name in COUNTED_BY}
FINGERPRINT = 9


@dataclass(frozen=True)
class About:
    """What decides in which segments a response counts; of one that only groups may be seen of, no more than its voice."""

    voice: str
    is_open: bool  # whether single answers of its survey may be seen
    on: date = date.min
    channel: str = ""
    language: str = ""
    version: int = 0
    score: int | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    sentiment: str | None = None
    is_doubted: bool = False


def fitted(text: str, limit: int) -> str:
    """The text, or where it is too long its beginning and a fingerprint, so that two long texts stay two."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - FINGERPRINT]}~{hashlib.sha256(text.encode()).hexdigest()[: FINGERPRINT - 1]}"


def with_voice(voice: str, value: str) -> str:
    """The value of a segment that is kept for each voice apart: “customer+2026-11-05”."""
    return f"{voice}+{fitted(value, OWN_LIMIT)}"


def without_voice(value: str) -> tuple[str, str]:
    """The voice and the value that `with_voice` put together."""
    voice, _plus, rest = value.partition("+")
    return voice, rest


def segments_of(about: About) -> dict[str, str]:
    """The segments that a response counts in from the start: everybody, its voice, and what its list can be narrowed to."""
    found = {"": "", VOICE: about.voice}
    if not about.is_open:
        return found
    known = {CHANNEL: about.channel, LANGUAGE: about.language, VERSION: str(about.version), DAY: about.on.isoformat()}
    grade = {} if about.score is None else {SCORE: str(about.score)}
    own = {fitted(OWN + name, KEY_LIMIT): str(value) for name, value in about.own.items() if name and value}
    return found | {name: with_voice(about.voice, value) for name, value in {**own, **known, **grade}.items()}


def sentiment_segments(about: About, sentiment: str | None) -> dict[str, str]:
    """The segments that a response counts in once its comments are read; none before."""
    if sentiment is None:
        return {}
    return _doubted_too({SENTIMENT: sentiment, VOICE_AND_SENTIMENT: f"{about.voice}+{sentiment}"}, about)


def doubted(segment: Segment) -> Segment:
    """The segment of those in one of ours that somebody or something doubts."""
    name, value = segment
    return DOUBTED[name], value


def doubted_segments(about: About) -> dict[str, str]:
    """The segments that a doubted response counts in besides the others."""
    every = segments_of(about) | sentiment_segments(replace(about, is_doubted=False), about.sentiment)
    return {DOUBTED[name]: value for name, value in every.items() if name in DOUBTED}


def steady_segments(about: About) -> dict[str, str]:
    """The segments that a response counts in whatever its words say."""
    return _doubted_too(segments_of(about), about)


def every_segment(about: About) -> dict[str, str]:
    """All segments that a response counts in."""
    return steady_segments(about) | sentiment_segments(about, about.sentiment)


def _doubted_too(segments: dict[str, str], about: About) -> dict[str, str]:
    more = {DOUBTED[name]: value for name, value in segments.items() if name in DOUBTED} if about.is_doubted else {}
    return segments | more


def counted(
    cells: Mapping[str, Iterable[str]],
    answered: Collection[str],
    *,
    grade: tuple[str, int] | None = None,
    comments: int = 0,
    reasons: Collection[str] | None = None,
) -> dict[str, list[str]]:
    """What a response counts for: itself and the questions it answered under "", its values under their questions.

    `grade` is the question that leads with its answer. `reasons` are those read in its comments; None where none was read yet.
    """
    mine = {
        fitted(key, KEY_LIMIT): list(dict.fromkeys(fitted(value, VALUE_LIMIT) for value in values))
        for key, values in cells.items()
    }
    questions = {fitted(key, KEY_LIMIT) for key in {*answered, *cells}}
    graded = {} if grade is None else {GRADE: [fitted(f"{grade[0]}:{grade[1]}", VALUE_LIMIT)]}
    found = {**mine, **graded, **({COMMENTS: [str(comments)]} if comments else {}), "": ["", *sorted(questions)]}
    return found if reasons is None else with_reasons(found, reasons)


def read_cells(reasons: Collection[str] | None) -> dict[str, list[str]]:
    """What the reading of its comments adds to what a response counts for; nothing where they were not read."""
    if reasons is None:
        return {}
    return {"": [WROTE], **({REASONS_READ: sorted(reasons)} if reasons else {})}


def with_reasons(cells: Mapping[str, list[str]], reasons: Collection[str] | None) -> dict[str, list[str]]:
    """What a response counts for, with what was read in its comments."""
    read = read_cells(reasons)
    return {**cells, **read, "": [*cells.get("", []), *read.get("", [])]}


def given(answers: Mapping[str, object]) -> set[str]:
    """The questions that were answered, free text included."""
    return {key for key, answer in answers.items() if answer not in (None, "", [], {})}


def cells_in(segments: Mapping[str, str], day: date, cells: Mapping[str, Iterable[str]]) -> Iterator[Cell]:
    """Every rollup row that a response is counted in."""
    month = month_of(day)
    for segment, segment_value in segments.items():
        for question, values in _cells_of(segment, cells):
            for value in values:
                yield segment, segment_value, month, question, value


def _cells_of(segment: str, cells: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Iterable[str]]]:
    """What is counted in a segment: everything, of a day no more than how many answered and their scores."""
    if segment != DAY:
        return ((question, values) for question, values in cells.items() if question != GRADE)
    scores = ((GRADE, cells[GRADE]),) if GRADE in cells else ()
    is_itself = "" in cells.get("", ())
    return iter(((("", [""]),) if is_itself else ()) + scores)


def added(parts: Iterable[Counts]) -> dict[str, dict[str, int]]:
    """The sum of several counts; what comes to nothing is left out."""
    total: dict[str, dict[str, int]] = {}
    for part in parts:
        for question, values in part.items():
            row = total.setdefault(question, {})
            for value, n in values.items():
                row[value] = row.get(value, 0) + n
    return {question: kept for question, row in total.items() if (kept := {value: n for value, n in row.items() if n})}


def joined(months: Mapping[Segment, Mapping[date, Counts]], segments: Iterable[Segment]) -> dict[date, Counts]:
    """The months of several segments that share no response, added up, oldest first."""
    mine = [months.get(segment, {}) for segment in segments]
    every = sorted({month for own in mine for month in own})
    return {month: added(own[month] for own in mine if month in own) for month in every}


def less(months: Mapping[date, Counts], taken: Mapping[date, Counts]) -> dict[date, Counts]:
    """Months without some of their responses; months of which nothing is left are gone."""
    found = {month: added([counts, _negative(taken.get(month, {}))]) for month, counts in months.items()}
    return {month: counts for month, counts in found.items() if counts}


def _negative(counts: Counts) -> Counts:
    return {question: {value: -n for value, n in values.items()} for question, values in counts.items()}


def responses_in(counts: Counts) -> int:
    """How many responses these are."""
    return counts.get("", {}).get("", 0)


def answered_in(counts: Counts, question: str) -> int:
    """How many responses answered this question."""
    return counts.get("", {}).get(question, 0)


def comments_in(counts: Counts) -> int:
    """How many comments these responses have."""
    return sum(int(many) * n for many, n in counts.get(COMMENTS, {}).items())
