"""The word lists: VADER’s valences and ISO stop words, read as data from installed packages, with our overlay."""

import json
from functools import lru_cache
from importlib.resources import files

from survey.text.rules.overlay import ADDED, DROPPED
from survey.text.rules.plain import word_set

# What feedback says in every sentence without meaning a topic by it.
ALSO_STOP = word_set(
    """
    please thank thanks really lot lots bit thing things way make made makes get got getting gets also would could
    should im ive id dont didnt doesnt cant couldnt wasnt isnt wont wouldnt werent arent hasnt havent hadnt youre
    theyre weve theyve thats its one two three four five etc ok yes minute minutes mins min hour hours hrs hr day
    days week weeks month months year years always never still even just much many
    read told tell wrote write written said say saying went came gave give given took take taken tried try stopped
    """
)
# The list of English stop words also holds the two letters of every country.
SHORT_ENGLISH = word_set("a i am an as at be by do go he hi if im in is it me my no of oh ok on or so to up us we")
# Topics of feedback that the list of English stop words would hide.
TOPICS = word_set(
    "area areas call calls case cases group groups help home interest member members number numbers opening order"
    " orders parking place places problem problems room rooms side sides work value"
)


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
def stop_words() -> frozenset[str]:
    """English words that are never a keyword, without apostrophes."""
    listed = json.loads(files("stopwordsiso").joinpath("stopwords-iso.json").read_text("utf-8"))["en"]
    bare = frozenset(word.replace("'", "").replace("’", "") for word in listed)
    return (bare | ALSO_STOP) - TOPICS


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Everyday English words, for telling English from another language."""
    return frozenset(word for word in stop_words() | TOPICS if len(word) > 2 or word in SHORT_ENGLISH)
