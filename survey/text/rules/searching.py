"""Searching what people wrote: which words a text has, what is searched for, and where a text says it.

Both databases must find the same comments, and a page must mark the same words. So words are told apart here as SQLite's
FTS5 does it (`porter unicode61 remove_diacritics 2`): letters and digits, lower case, without accents, their stem by Martin
Porter's rules. PostgreSQL is given the stems.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.text.rules import nltk_parts

MOST_WORDS = 20
LONGEST_SEARCH = 200
FEWEST_WORDS = 4  # of texts that are said to be the same
LONGEST_WORD = 200  # PostgreSQL holds no lexeme of more than 2,046 bytes
STEMMED = range(3, 65)  # FTS5 leaves words of fewer or more bytes alone
FOLDED = {0xB5: "\u03bc", 0x17F: "s"}  # the micro sign and the long s, which `lower` leaves as they are
ACCENTS = "\u0300-\u036f"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{ACCENTS}])*")
ACCENT = re.compile(rf"[{ACCENTS}]")
PART = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


class Found(NamedTuple):
    """A word of a text: its stem, and from where to where it stands."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """Words that must follow one another, or must not; with `is_start` the last one may go on."""

    words: tuple[str, ...]
    is_start: bool = False
    is_without: bool = False

    @property
    def stems(self) -> tuple[str, ...]:
        """The same as stems."""
        return tuple(map(stem, self.words))

    def is_at(self, stems: Sequence[str], place: int) -> bool:
        """Whether a text with these stems says it from this word on."""
        mine, there = self.stems, stems[place : place + len(self.words)]
        if len(there) < len(mine) or tuple(there[:-1]) != mine[:-1]:
            return False
        return there[-1].startswith(mine[-1]) if self.is_start else there[-1] == mine[-1]


@dataclass(frozen=True)
class Search:
    """What is searched for: a text must say every part, and none that it must be without."""

    typed: str
    parts: tuple[Part, ...]

    @property
    def wanted(self) -> tuple[Part, ...]:
        """What a text must say."""
        return tuple(part for part in self.parts if not part.is_without)

    @property
    def unwanted(self) -> tuple[Part, ...]:
        """What it must not say."""
        return tuple(part for part in self.parts if part.is_without)


def search(typed: str) -> Search | None:
    """What somebody typed to search for, None where that is nothing; raises Refused where it cannot be searched for.

    Words, all of which must occur; "a phrase in quotes"; -without; begin*. Everything else is plain text.
    """
    if not typed.strip():
        return None
    if len(typed) > LONGEST_SEARCH:
        raise Refused(_("That is too long to search for. A few words are enough."))
    parts = tuple(_parts(typed.translate(QUOTES)))
    if not any(not part.is_without for part in parts):
        raise Refused(_("Type at least one word that the comments shall contain."))
    if sum(len(part.words) for part in parts) > MOST_WORDS:
        raise Refused(_("That is too long to search for. A few words are enough."))
    return Search(" ".join(typed.split()), parts)


def _parts(typed: str) -> Iterator[Part]:
    for found in PART.finditer(typed):
        said = found["phrase"] if found["word"] is None else found["word"]
        words = tuple(fold(word[0]) for word in WORD.finditer(said))
        if words:
            yield Part(words, is_start=said.endswith("*"), is_without=bool(found["without"]))


def words_of(text: str) -> list[Found]:
    """The words of a text, in order."""
    return [Found(stem(fold(word[0])), word.start(), word.end()) for word in WORD.finditer(text)]


def vector(text: str) -> str:
    """The words of a text as PostgreSQL reads them: each stem with its place."""
    return " ".join(f"'{word.stem}':{place}" for place, word in enumerate(words_of(text), 1))


def sameness(text: str) -> int | None:
    """A number that texts share which say the same words in the same order, whatever their forms and signs.

    None for texts of very few words: that several people write “Good” says nothing more than their count.
    """
    stems = [word.stem for word in words_of(text)]
    if len(stems) < FEWEST_WORDS:
        return None
    return int.from_bytes(blake2b(" ".join(stems).encode(), digest_size=8).digest(), signed=True)


def marked(text: str, search: Search) -> list[tuple[str, bool]]:
    """The text in pieces, and whether each is something that was searched for."""
    words = words_of(text)
    pieces, last = [], 0
    for start, end in _joined(sorted(_spans(words, search))):
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [piece for piece in [*pieces, (text[last:], False)] if piece[0]]


def _spans(words: Sequence[Found], search: Search) -> Iterator[tuple[int, int]]:
    stems = [word.stem for word in words]
    for part in search.wanted:
        for place in range(len(stems)):
            if part.is_at(stems, place):
                yield words[place].start, words[place + len(part.words) - 1].end


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same without overlaps."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in lower case without accents."""
    return ACCENT.sub("", unicodedata.normalize("NFD", word.lower().translate(FOLDED)))[:LONGEST_WORD]


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    porter = nltk_parts.porter().PorterStemmer
    return porter(mode=porter.MARTIN_EXTENSIONS)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word, the same that FTS5's “porter” finds."""
    there = word.encode()
    if len(there) not in STEMMED:
        return word
    # FTS5 counts bytes, of which a letter beyond ASCII has several: so each byte is a letter here too.
    found: str = _stemmer().stem(there.decode("latin-1"), to_lowercase=False)
    return found.encode("latin-1").decode(errors="ignore")
