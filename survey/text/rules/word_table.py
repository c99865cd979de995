"""How near a comment is in meaning to something else: one vector a word, from the table that comes with the product.

`survey/text/data/words.md` says where the table comes from. It is read when it is first needed, with numpy, and costs about
30 MB of memory then.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[Any]

WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
SHORTEST_PART = 3  # of a word that is not in the table, such as “neverflyagain”
LONGEST_WORD = 40


def table_words(text: str) -> list[str]:
    """The words of a text as the table spells them: lower case, without apostrophes and signs."""
    return [word.replace("'", "") for word in WORD.findall(text.lower().replace("’", "'"))]


class WordTable:
    """Words and their vectors; unknown words are taken apart into the longest known ones."""

    def __init__(self, words: Iterable[str], vectors: "Vector") -> None:
        self._at = {word: number for number, word in enumerate(words)}
        self._vectors = vectors
        self._parts = lru_cache(maxsize=50_000)(self._find_parts)

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._vectors.shape[1])

    def vector(self, text: str) -> "Vector":
        """What a text means: the mean of its words, of length one; all zero where no word is known."""
        import numpy as np

        rows = [row for word in table_words(text) for row in self._parts(word)]
        if not rows:
            return np.zeros(self.dimensions, np.float32)
        mean = self._vectors[rows].mean(0)
        length = float(np.sqrt(mean @ mean))
        return np.asarray(mean / (length + 1e-9))

    def _find_parts(self, word: str) -> tuple[int, ...]:
        if word in self._at:
            return (self._at[word],)
        if len(word) > LONGEST_WORD:
            return ()
        found: list[int] = []
        start = 0
        while start < len(word):
            end = next(
                (end for end in range(len(word), start + SHORTEST_PART - 1, -1) if word[start:end] in self._at), 0
            )
            found += [self._at[word[start:end]]] if end else []
            start = end or start + 1
        return tuple(found)


@lru_cache(maxsize=1)
def word_table() -> WordTable:
    """The table that comes with the product."""
    import numpy as np

    stored = np.load(BytesIO(files("survey.text").joinpath("data/words.npz").read_bytes()), allow_pickle=False)
    vectors = stored["vectors"].astype(np.float32) * stored["scales"].astype(np.float32)[:, None]
    return WordTable(bytes(stored["words"]).decode().split("\n"), vectors)
