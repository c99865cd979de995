"""The grammar of English feedback: its lexicon, idioms and how it denies."""

from functools import lru_cache

from survey.text.rules.lexicon import valences
from survey.text.rules.overlay import IDIOMS
from survey.text.rules.phrasebook import NEGATORS, PhraseBook
from survey.text.rules.plain import CONTRAST, word_set
from survey.text.rules.sentiment import Grammar

DENIALS = (
    "don't|didn't|doesn't|not|can't|cannot|wouldn't think|feel|felt|believe|find|found|say|call",
    "nobody|noone|none", "no one|body", "never once", "hardly|scarcely|rarely|seldom", "i wish", "if only",
    "far from", "anything but", "failed to",
)  # fmt: skip
EMPHASES = ("not|isn't|wasn't only|just|merely", "never .. so|such|this", "no doubt|wonder")
MAY_DENY = NEGATORS | word_set("hardly scarcely rarely seldom i if far anything failed")
REACH_ENDS = word_set(", why because what where when how if so since until")
SHORT_REACH = {"no": 2, "nothing": 1, "none": 1, "nobody": 1}


@lru_cache(maxsize=1)
def english() -> Grammar:
    """English, made once."""
    return Grammar(
        valences=valences(),
        idioms=PhraseBook(
            (str(valence), phrase.strip()) for valence, text in IDIOMS.items() for phrase in text.split(";")
        ),
        denials=PhraseBook(("denial", phrase) for phrase in DENIALS),
        emphases=PhraseBook(("emphasis", phrase) for phrase in EMPHASES),
        negators=NEGATORS,
        may_deny=MAY_DENY,
        contrasts=frozenset(CONTRAST.split("|")),
        reach_ends=REACH_ENDS,
        short_reach=SHORT_REACH,
    )
