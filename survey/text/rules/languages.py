"""Which language a comment is written in."""

import re
import unicodedata
from collections.abc import Collection
from copy import copy
from functools import lru_cache
from typing import Any

from survey.text.rules.lexicon import english_words
from survey.text.rules.plain import taken_apart, word_set

FEWEST_WORDS = 3
MARGIN = 3.0  # how much likelier (in log-odds) another language of the organisation must be than the expected one
FAR_MARGIN = 6.0  # and a language that nobody expects
ALSO_LOOKED_FOR = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "el", "ar", "he", "zh", "ja", "ko", "hi")
# A text with this share of everyday English words is English; some of them must be words that no other language has.
EVERYDAY, EVERYDAY_OF_FEW, GRAMMAR = 0.4, 0.7, 0.15
FEW_WORDS = 8
ENGLISH_GRAMMAR = word_set(
    "the and you my this that they with have your are were when would of it but from our been their there which what who how"
    " its im ive dont thanks for to not on is was at be"
)
LONGEST_LOOKED_AT = 400
NO_LANGUAGE = re.compile(r"(?:[@#]|https?:|www\.)\S+|\bhttp\b|_+")  # names and addresses are of no language


@lru_cache(maxsize=100)
def code(language: str) -> str:
    """The language alone: “de” of “de-AT”."""
    return language.casefold().replace("_", "-").split("-")[0]


def same_language(one: str, other: str) -> bool:
    """Whether two codes mean the same language: “en” and “en-GB”."""
    return code(one) == code(other)


def language_of(plain: str, expected: str, languages: Collection[str] = ()) -> str:
    """The language of normalised text: the expected one unless another is clearly likelier.

    Fewer than three words do not tell. `languages` are those of the organisation; a few others are looked for as well,
    so that none is read with another’s word list.
    """
    likelier = told_apart(plain, code(expected), [code(language) for language in languages], ALSO_LOOKED_FOR)
    return likelier if likelier and likelier != code(expected) else expected


def told_apart(plain: str, expected: str, near: Collection[str], far: Collection[str] = ()) -> str | None:
    """The likeliest language of these; None where there are too few words to tell."""
    keys = [key for clause in taken_apart(plain) for key in clause.keys if key[0].isalpha()]
    if len(keys) < FEWEST_WORDS and not (keys and _has_own_script(keys)):
        return None
    if expected == "en" and _is_everyday_english(keys):
        return "en"
    identifier = _identifier(tuple(sorted({expected, *near, *far})))
    scores = dict(identifier.rank(NO_LANGUAGE.sub(" ", plain[:LONGEST_LOOKED_AT])))
    usual = scores.get(expected, 0.0)
    ahead = {
        language: score - usual - (MARGIN if language in near else FAR_MARGIN)
        for language, score in scores.items()
        if language != expected
    }
    best = max(ahead, key=lambda language: ahead[language], default=expected)
    return best if ahead.get(best, 0.0) > 0 else expected


def _is_everyday_english(keys: list[str]) -> bool:
    everyday = sum(map(english_words().__contains__, keys))
    if len(keys) < FEW_WORDS:
        return everyday >= EVERYDAY_OF_FEW * len(keys)
    return everyday >= EVERYDAY * len(keys) and sum(map(ENGLISH_GRAMMAR.__contains__, keys)) >= GRAMMAR * len(keys)


def _has_own_script(keys: list[str]) -> bool:
    """Whether the letters are not Latin, so that fewer words tell."""
    letters = "".join(keys)[:200]
    latin = sum(letter.isascii() or unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return latin * 2 < len(letters)


@lru_cache(maxsize=8)
def _identifier(languages: tuple[str, ...]) -> Any:
    identifier = copy(_whole_identifier())
    identifier.set_languages([language for language in languages if language in identifier.labels])
    return identifier


@lru_cache(maxsize=1)
def _whole_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
