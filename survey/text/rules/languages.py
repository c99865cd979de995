"""Whether a comment can be read as English at all."""

import unicodedata

from survey.text.rules.lexicon import english_words, foreign_words, valences
from survey.text.rules.plain import normalise, word_key, words

FEWEST_WORDS = 3


def is_english(language: str) -> bool:
    """Whether a language code means English: “en”, “en-GB”."""
    return language.casefold().replace("_", "-").split("-")[0] in ("en", "eng")


def looks_english(text: str) -> bool:
    """Whether the words may be English; fewer than three words are given the benefit of the doubt."""
    found = [word_key(word) for word in words(normalise(text)) if word[0].isalpha()]
    if not found:
        return True
    if not _is_latin(found):
        return False
    if len(found) < FEWEST_WORDS:
        return True
    english = sum(word in english_words() or word in valences() for word in found)
    foreign = max(sum(word in known for word in found) for known in foreign_words().values())
    return foreign <= english or foreign == 1 < english + foreign


def _is_latin(found: list[str]) -> bool:
    letters = "".join(found)[:200]
    latin = sum(letter.isascii() or unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return latin * 2 >= len(letters)
