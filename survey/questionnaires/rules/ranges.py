"""Ranges of numbers among options to choose from: where two overlap, and where a number is in none of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey.questionnaires.rules.phrases import Phrases

NUMBER = r"\d{1,3}(?:[.,  ’]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
ENDLESS = float("inf")


@dataclass(frozen=True)
class Span:
    """From one number to another, both within it."""

    lowest: float
    highest: float
    words: str


def spans(options: Sequence[str], phrases: Phrases) -> list[Span]:
    """Return the ranges among options, those of lower numbers first; single numbers count where there is a range at all."""
    found = [span for words in options if (span := _span(words, phrases))]
    if all(span.lowest == span.highest for span in found):
        return []
    return sorted(found, key=lambda span: (span.lowest, span.highest))


def _span(words: str, phrases: Phrases) -> Span | None:
    numbers = list(re.finditer(NUMBER, words))
    if len(numbers) == 2 and re.fullmatch(rf"[^\w]*{phrases.to}[^\w]*", words[numbers[0].end() : numbers[1].start()]):
        return Span(_value(numbers[0][0]), _value(numbers[1][0]), words)
    if len(numbers) != 1:
        return None
    number, after = _value(numbers[0][0]), words[numbers[0].end() :]
    before = re.sub(r"[^\w<>≤≥]+$", "", words[: numbers[0].start()])  # without signs of money
    return _open(number, before, after, words, phrases)


def _open(number: float, before: str, after: str, words: str, phrases: Phrases) -> Span | None:
    """A range with one end."""
    if phrases.below.search(before):
        return Span(-ENDLESS, number - 1, words)
    if phrases.above.search(before):
        return Span(number + 1, ENDLESS, words)
    if phrases.up_to.search(before) or re.search(phrases.or_less, after, re.IGNORECASE):
        return Span(-ENDLESS, number, words)
    if phrases.from_on.search(before) or re.search(phrases.or_more, after, re.IGNORECASE):
        return Span(number, ENDLESS, words)
    return Span(number, number, words)


def _value(typed: str) -> float:
    digits = re.sub(r"[  ’]", "", typed)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
        return float(re.sub(r"[.,]", "", digits))
    return float(digits.replace(",", "."))


def overlapping(found: Sequence[Span]) -> tuple[Span, Span] | None:
    """Return the first two ranges that share a number."""
    return next(((one, other) for one, other in pairwise(found) if other.lowest <= one.highest), None)


def gap(found: Sequence[Span]) -> tuple[Span, Span] | None:
    """Return the first two ranges with whole numbers between them that are in neither."""
    return next(((one, other) for one, other in pairwise(found) if other.lowest > one.highest + 1), None)
