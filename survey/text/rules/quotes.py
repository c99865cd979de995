"""Choosing what to quote for a keyword: by rule, so that nobody picks the quote that pleases.

Of the comments with the keyword it is the one that says most what they all say (nearest to their centre by TF-IDF), 40 to
140 characters long. No comment is quoted twice, nor one that says the same as another quote.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import log, sqrt

from survey.text.rules.keywords import stem
from survey.text.rules.plain import normalise, word_key, words

SHORTEST, LONGEST = 40, 140
ALIKE = 0.6  # of their words in common: then two quotes say the same


class Quotes:
    """Quotes from comments, given out one after the other."""

    def __init__(self, texts: Sequence[str], redact: Callable[[str], str] = str) -> None:
        self._texts = [" ".join(text.split()) for text in texts]
        self._redact = redact
        self._stems = [
            Counter(stem(word_key(word)) for word in words(normalise(text)) if word != ",") for text in texts
        ]
        often = Counter(key for stems in self._stems for key in stems)
        self._rarity = {key: log((1 + len(texts)) / (1 + n)) for key, n in often.items()}
        self._given: list[frozenset[str]] = []

    def of(self, numbers: Sequence[int]) -> str:
        """The quote for these comments; empty where all of them were quoted already."""
        centre = self._centre(numbers)
        order = sorted(
            numbers, key=lambda number: (_misfit(self._texts[number]), -self._nearness(number, centre), number)
        )
        chosen = next((number for number in order if self._is_other(number)), None)
        if chosen is None:
            return ""
        self._given.append(frozenset(self._stems[chosen]))
        return _cut(self._redact(self._texts[chosen]))

    def _centre(self, numbers: Sequence[int]) -> Mapping[str, float]:
        centre: dict[str, float] = defaultdict(float)
        for number in numbers:
            for key, value in self._vector(number).items():
                centre[key] += value
        return centre

    def _vector(self, number: int) -> dict[str, float]:
        values = {key: n * self._rarity[key] for key, n in self._stems[number].items()}
        length = sqrt(sum(value * value for value in values.values())) or 1.0
        return {key: value / length for key, value in values.items()}

    def _nearness(self, number: int, centre: Mapping[str, float]) -> float:
        return sum(value * centre[key] for key, value in self._vector(number).items())

    def _is_other(self, number: int) -> bool:
        """Whether it says something that no quote has said yet."""
        stems = frozenset(self._stems[number])
        return all(len(stems & given) < ALIKE * len(stems | given) for given in self._given)


def _misfit(text: str) -> int:
    """How many characters it is too short or too long."""
    return max(SHORTEST - len(text), len(text) - LONGEST, 0)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
