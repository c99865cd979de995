"""What one response adds to the counts: which segments it belongs to, and which answers it gives."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from survey.results.rules.periods import month_of

Counts = Mapping[str, Mapping[str, int]]
"""Question key -> value -> how many responses. Under "" stand the responses themselves: "" -> n, and question key ->
how many answered that question (of several values chosen at once the values' sum would be more)."""

Cell = tuple[str, str, date, str, str]
"""Segment, segment value, first day of the month, question key, value: what a rollup row is about."""

Segment = tuple[str, str]

EVERYBODY: Segment = ("", "")
VOICE, SENTIMENT, VOICE_AND_SENTIMENT = "voice", "sentiment", "voice+sentiment"
REASONS_READ, WROTE = ":reasons", ":wrote"
KEY_LIMIT, VALUE_LIMIT = 60, 120
COUNTED_BY = ("", VOICE, SENTIMENT, VOICE_AND_SENTIMENT)
DOUBTED = {name: f"doubted+{name}" if name else "doubted" for name in COUNTED_BY}
OURS = {*COUNTED_BY, *DOUBTED.values()}
FINGERPRINT = 9


def fitted(text: str, limit: int) -> str:
    """The text, or where it is too long its beginning and a fingerprint, so that two long texts stay two."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - FINGERPRINT]}~{hashlib.sha256(text.encode()).hexdigest()[: FINGERPRINT - 1]}"


def segments_of(voice: str, segments: Mapping[str, str]) -> dict[str, str]:
    """The segments that a response counts in from the start; an own segment never takes the place of ours."""
    own = {
        fitted(key, KEY_LIMIT): fitted(str(value), VALUE_LIMIT) for key, value in segments.items() if key not in OURS
    }
    return {**own, "": "", VOICE: voice}


def sentiment_segments(voice: str, sentiment: str | None) -> dict[str, str]:
    """The segments that a response counts in once its comments are read; none before."""
    if sentiment is None:
        return {}
    return {SENTIMENT: sentiment, VOICE_AND_SENTIMENT: f"{voice}+{sentiment}"}


def doubted(segment: Segment) -> Segment:
    """The segment of those in one of ours that somebody or something doubts."""
    name, value = segment
    return DOUBTED[name], value


def doubted_in(segments: Mapping[str, str]) -> dict[str, str]:
    """The segments that a doubted response counts in besides these."""
    return {DOUBTED[name]: value for name, value in segments.items() if name in DOUBTED}


def every_segment(
    voice: str, segments: Mapping[str, str], sentiment: str | None, *, is_doubted: bool = False
) -> dict[str, str]:
    """All segments that a response counts in."""
    found = segments_of(voice, segments) | sentiment_segments(voice, sentiment)
    return found | (doubted_in(found) if is_doubted else {})


def counted(cells: Mapping[str, Iterable[str]], answered: Collection[str]) -> dict[str, list[str]]:
    """What a response counts for: itself and the questions it answered under "", its values under their questions."""
    mine = {
        fitted(key, KEY_LIMIT): list(dict.fromkeys(fitted(value, VALUE_LIMIT) for value in values))
        for key, values in cells.items()
    }
    questions = {fitted(key, KEY_LIMIT) for key in {*answered, *cells}}
    return {**mine, "": ["", *sorted(questions)]}


def given(answers: Mapping[str, object]) -> set[str]:
    """The questions that were answered, free text included."""
    return {key for key, answer in answers.items() if answer not in (None, "", [], {})}


def cells_in(segments: Mapping[str, str], day: date, cells: Mapping[str, Iterable[str]]) -> Iterator[Cell]:
    """Every rollup row that a response is counted in."""
    month = month_of(day)
    for segment, segment_value in segments.items():
        for question, values in cells.items():
            for value in values:
                yield segment, segment_value, month, question, value


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
