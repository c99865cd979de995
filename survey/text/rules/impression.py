"""What one text gives to whoever names its reasons: evidence, nearness in meaning, and its words."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from survey.reasons.rules import Wordings
from survey.text.rules.evidence import Evidence, ReasonBook
from survey.text.rules.keywords import stem
from survey.text.rules.plain import normalise, word_key, words
from survey.text.rules.word_table import WordTable

if TYPE_CHECKING:
    from survey.text.rules.word_table import Vector

LINKS_AND_SIGNS = re.compile(r"https?://\S+|(?<![\w@])@(?=\w)|#(?=\w)", re.IGNORECASE)


class Impression(NamedTuple):
    """What a text says: evidence by code, how near it is to each reason (-1..1, in their order), its meaning, its stems."""

    evidence: Mapping[str, Evidence]
    nearness: "Vector"
    meaning: "Vector"
    stems: tuple[str, ...]


class Impressions:
    """Texts seen in the light of a taxonomy."""

    def __init__(self, wordings: Wordings, table: WordTable) -> None:
        import numpy as np

        self.codes = tuple(wordings)
        self._book = ReasonBook(wordings)
        self._table = table
        said = [[table.vector(words) for words in (one.label, *one.phrases)] for one in wordings.values()]
        self._firsts = np.cumsum([0, *(len(vectors) for vectors in said[:-1])])
        self._phrases = np.array([vector for vectors in said for vector in vectors])
        self._middles = np.array([_unit(np.array(vectors).mean(0)) for vectors in said])

    def of(self, text: str) -> Impression:
        """The impression of one text; it is as near to a reason as to its nearest phrase and to the middle of all of them."""
        import numpy as np

        plain = LINKS_AND_SIGNS.sub(" ", normalise(text))
        meaning = self._table.vector(plain)
        nearest = np.maximum.reduceat(self._phrases @ meaning, self._firsts)
        stems = tuple(stem(word_key(word)) for word in words(plain) if word != ",")
        return Impression(self._book.evidence(plain), (self._middles @ meaning + nearest) / 2, meaning, stems)


def _unit(vector: "Vector") -> "Vector":
    length = float((vector @ vector) ** 0.5)
    return vector / length if length else vector
