"""Finding the reasons of an organisation's own taxonomy in a comment, by its phrases and by what was learned from corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from survey.reasons.rules.edits import FIRST, Taxonomy
from survey.text.rules.phrasebook import Hit, PhraseBook
from survey.text.rules.plain import clauses, is_non_answer, normalise, word_key, words
from survey.text.rules.values import Reading, Sentiment

COUNTS = 0.4
OFFERED, MOST_REASONS = 5, 3


@dataclass(frozen=True)
class Tagger:
    """A taxonomy, and what was learned in it: a model's number and its value, None before there is one."""

    taxonomy: Taxonomy
    model: int | None = None
    value: Mapping[str, Any] | None = None


SHIPPED_TAGGER = Tagger(FIRST)


def tagged(reading: Reading, text: str, tagger: Tagger) -> Reading:
    """The reading with the reasons that the tagger finds in the text; a reading of nothing stays one."""
    if reading.sentiment is Sentiment.NOT_SCORED or is_non_answer(normalise(text)):
        return replace(reading, taxonomy=tagger.taxonomy.number, model=tagger.model)
    if tagger.taxonomy.phrases == FIRST.phrases and tagger.value is None:
        return replace(reading, taxonomy=tagger.taxonomy.number, model=tagger.model)
    found = suggestions(text, tagger)
    counted = tuple((code, confidence) for code, confidence, _source in found if confidence >= COUNTS)[:MOST_REASONS]
    return replace(reading, reasons=counted, suggested=found, taxonomy=tagger.taxonomy.number, model=tagger.model)


def suggestions(text: str, tagger: Tagger) -> tuple[tuple[str, float, str], ...]:
    """What a text sounds like: (code, confidence, source), surest first."""
    weights: dict[str, float] = {}
    for hit in matches(text, tagger.taxonomy.phrases):
        weights[hit.value] = weights.get(hit.value, 0.0) + len(hit.phrase.split())
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((code, round(min(0.95, 1 - 0.74 ** (1 + weight)), 2), "rule") for code, weight in ranked[:OFFERED])


def learned(rows: Sequence[tuple[str, tuple[str, ...]]], taxonomy: Taxonomy) -> dict[str, Any] | None:
    """What corrections teach, as a value that can be stored; None where they teach nothing yet."""
    return None


@lru_cache(maxsize=8)
def book(phrases: tuple[tuple[str, str], ...]) -> PhraseBook:
    """The phrases in a book that finds them quickly."""
    return PhraseBook(phrases)


def matched_words(text: str, phrases: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """What in a text sounds like each reason, in the text’s own words: code -> pieces of the text."""
    found: dict[str, list[str]] = {}
    for clause in clauses(normalise(text)):
        said = words(clause)
        for hit in book(phrases).find([word_key(word) for word in said]):
            found.setdefault(hit.value, []).append(" ".join(said[hit.start : hit.end]))
    return found


def matches(text: str, phrases: tuple[tuple[str, str], ...]) -> list[Hit]:
    """The phrases that are in a text, clause by clause."""
    found: list[Hit] = []
    for clause in clauses(normalise(text)):
        found += book(phrases).find([word_key(word) for word in words(clause)])
    return found
