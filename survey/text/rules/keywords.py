"""What a comment is about, in the words of its writer."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from survey.text.rules import nltk_parts
from survey.text.rules.lexicon import stop_words, valences
from survey.text.rules.plain import clauses, normalise, word_key, words

MOST_KEYWORDS = 4
SHORTEST, LONGEST = 3, 30
LINKS_AND_HANDLES = re.compile(r"https?://\S+|www\.\S+|(?<![\w@])@\w+|&\w{2,6};", re.IGNORECASE)


class Candidate(NamedTuple):
    """A word or two that may be a keyword: as shown, its stems, and where it was first found."""

    shown: str
    stems: tuple[str, ...]
    place: int


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    return nltk_parts.snowball().SnowballStemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one lower-case English word."""
    return str(_stemmer().stem(word))


def keyword_key(keyword: str) -> str:
    """What “Waiting times” and “waiting time” have in common: count keywords by this."""
    return " ".join(stem(word_key(word)) for word in keyword.split())


def keywords(text: str, *, own_names: Collection[str] = ()) -> tuple[str, ...]:
    """At most four words or pairs of words the text is about, most telling first, in lower case.

    Pairs and words that are named twice come first, then topics before opinions, then the order of the text.
    """
    names = frozenset(word_key(word) for name in own_names for word in words(name))
    found = list(_candidates(normalise(text), names))
    often = Counter(candidate.stems for candidate in found)
    ranked = sorted(found, key=lambda one: (-often[one.stems], -len(one.stems), _is_opinion(one), one.place))
    return tuple(islice(_apart(ranked), MOST_KEYWORDS))


def _candidates(text: str, names: frozenset[str]) -> Iterator[Candidate]:
    place = 0
    for clause in clauses(text):
        before: str | None = None
        for word in words(clause):
            place += 1
            key = word.casefold()
            if not may_be_keyword(key, names):
                before = None
                continue
            yield Candidate(key, (stem(key),), place)
            if before and not (_leans(before) or _leans(key)):
                yield Candidate(f"{before} {key}", (stem(before), stem(key)), place)
            before = key


def may_be_keyword(key: str, names: frozenset[str]) -> bool:
    """Whether a word in lower case may be (part of) a keyword: no stop word, no name of the organisation, no sign."""
    if not _is_topic(key):
        return False
    bare = key.replace("'", "")
    return not names or (bare not in names and bare.removesuffix("s") not in names)


@lru_cache(maxsize=50_000)
def _is_topic(key: str) -> bool:
    bare = key.replace("'", "")
    return SHORTEST <= len(bare) <= LONGEST and key[0].isalpha() and bare not in stop_words()


@lru_cache(maxsize=50_000)
def _leans(word: str) -> bool:
    return abs(valences().get(word_key(word), 0.0)) >= 1.5


def _is_opinion(candidate: Candidate) -> bool:
    return len(candidate.stems) == 1 and _leans(candidate.shown)


def _apart(ranked: list[Candidate]) -> Iterator[str]:
    """Those that do not repeat a stem already shown."""
    seen: set[str] = set()
    for candidate in ranked:
        if seen.isdisjoint(candidate.stems):
            seen.update(candidate.stems)
            yield candidate.shown
