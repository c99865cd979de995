"""The word lists: VADER’s valences and ISO stop words, read as data from installed packages, with our overlay."""

import json
from functools import lru_cache
from importlib.resources import files

from survey.text.rules.overlay import ADDED, DROPPED

# What feedback says in every sentence without meaning a topic by it.
ALSO_STOP = frozenset(
    "please thank thanks really lot lots bit thing things way make made makes get got getting gets also would could"
    " should im ive id dont didnt doesnt cant couldnt wasnt isnt wont wouldnt werent arent hasnt havent hadnt youre"
    " theyre weve theyve thats its one two three four five etc ok yes minute minutes mins min hour hours hrs hr day days week weeks month months year years always never still even just much many".split()
)
COMPARED_LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "no", "fi", "tr", "cs", "ro", "hu")


@lru_cache(maxsize=1)
def valences() -> dict[str, float]:
    """Word -> valence in about -4..4: VADER’s list, with our words added and words of ordinary business dropped."""
    text = files("vaderSentiment").joinpath("vader_lexicon.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if "\t" in line)
    lexicon = {row[0].replace("'", ""): float(row[1]) for row in rows}
    for word in DROPPED:
        lexicon.pop(word, None)
    return lexicon | ADDED


@lru_cache(maxsize=1)
def _stop_lists() -> dict[str, frozenset[str]]:
    lists = json.loads(files("stopwordsiso").joinpath("stopwords-iso.json").read_text("utf-8"))
    return {code: frozenset(lists[code]) for code in ("en", *COMPARED_LANGUAGES) if code in lists}


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """English words that are never a keyword, without apostrophes."""
    return frozenset(word.replace("'", "").replace("’", "") for word in _stop_lists()["en"]) | ALSO_STOP


@lru_cache(maxsize=1)
def foreign_stop_words() -> dict[str, frozenset[str]]:
    """Language -> its stop words that English does not use, for telling another language from English."""
    english = stop_words() | _stop_lists()["en"]
    return {code: words - english for code, words in _stop_lists().items() if code != "en"}
