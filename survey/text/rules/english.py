"""The grammar of English feedback: its lexicon, idioms and how it denies."""

from collections.abc import Sequence
from functools import lru_cache

from survey.text.rules.lexicon import valences
from survey.text.rules.overlay import BOTH_WAYS, IDIOMS
from survey.text.rules.phrasebook import NEGATORS, PhraseBook
from survey.text.rules.plain import CONTRAST, taken_apart, word_set
from survey.text.rules.sentiment import Grammar, denial_book
from survey.text.rules.spelling import mended

DENIALS = (
    "don't|didn't|doesn't|not|can't|cannot|wouldn't think|feel|felt|believe|find|found|say|call",
    "nobody|noone|none", "no one|body", "never once", "hardly|scarcely|rarely|seldom", "i wish", "if only",
    "far from", "anything but", "failed to", "no longer", "not once", "i|we doubt", "at no point|time|stage|moment", "would|i'd|we'd love|like|appreciate it if",
    "not|isn't|wasn't|hardly|aren't|weren't what i'd|i|you|we|one .. call|expect|expected|consider",
)  # fmt: skip
EMPHASES = ("not|isn't|wasn't only|just|merely", "never .. so|such|this", "no doubt|wonder")
NEGATES = NEGATORS | {"zero"}
MAY_DENY = NEGATES | word_set("hardly scarcely rarely seldom wish if far anything failed doubt")
REACH_ENDS = word_set(", why because what where when how if so since until")
INTERJECTIONS = word_set(
    "great brilliant fantastic wonderful lovely perfect amazing awesome superb excellent impressive nice thanks cheers bravo wow"
)
SIGHS = word_set("oh wow well yeah ah just how so , yes yay")
IRONY = (
    "love|loving|enjoy|enjoyed|adore|loved waiting|paying|being|sitting|queuing|queueing|having|listening|getting|watching|how|when",
    "good|great|nice|excellent|brilliant|fantastic|lovely|super|top job|work|one|going|effort|stuff",
    "so|very|really|how helpful|kind|nice|thoughtful|generous|considerate|convenient|reassuring to|of|when|that",
    "top|full|ten marks|points|prize for", "great|nice|lovely|fantastic|brilliant|good|clever way|idea to|of", "thanks|cheers for", "yeah|yay|wow|sure , great|brilliant|amazing|fantastic|excellent|lovely|wonderful|super|good", "thanks a lot|bunch|million for", "thank you .. for", "congratulations|congrats|bravo|kudos on|for|to",
)  # fmt: skip
PUT_RIGHT = word_set(
    "fixing fixed sorting sorted resolving resolved repairing repaired replacing replaced solving solved helping helped despite"
    " dealing handling listening understanding making taking refunding refunded apologising but even"
)
MAY_GO_BOTH_WAYS = word_set("only mixed hit good pros parts places bits ups swings nasty some highs")
OPENING, LONGEST_OPENING = 4, 8
SHORT_REACH = {"never": 8, "no": 2, "zero": 2, "nothing": 1, "none": 1, "nobody": 1}


@lru_cache(maxsize=1)
def english() -> Grammar:
    """English, made once."""
    return Grammar(
        valences=valences(),
        idioms=PhraseBook(
            (str(valence), phrase.strip()) for valence, text in IDIOMS.items() for phrase in text.split(";")
        ),
        denials=denial_book(DENIALS, EMPHASES),
        negators=NEGATES,
        may_deny=MAY_DENY,
        contrasts=frozenset(CONTRAST.split("|")),
        reach_ends=REACH_ENDS,
        short_reach=SHORT_REACH,
        base=mended,
        is_ironic=is_ironic,
    )


@lru_cache(maxsize=1)
def _both_ways() -> PhraseBook:
    return PhraseBook(("both", phrase) for phrase in BOTH_WAYS)


def goes_both_ways(plain: str) -> bool:
    """Whether one phrase of normalised text tells good and bad at once: “the only good thing was …”."""
    return any(
        _both_ways().find(clause.keys) for clause in taken_apart(plain) if not MAY_GO_BOTH_WAYS.isdisjoint(clause.keys)
    )


@lru_cache(maxsize=1)
def _irony() -> PhraseBook:
    return PhraseBook(("irony", phrase) for phrase in IRONY)


def is_ironic(keys: Sequence[str], valences: Sequence[float]) -> bool:
    """Whether a clause opens with praise and then tells what went wrong: “Great, my order is lost”.

    Nothing is ironic that tells of something put right: “Thanks for fixing the awful noise”.
    """
    if min(valences) >= 0 or not PUT_RIGHT.isdisjoint(keys):
        return False
    if keys[:2] == ("yeah", "right"):
        return True
    first = next((at for at, value in enumerate(valences[:OPENING]) if value > 0), None)
    if (
        first is not None
        and keys[first] in INTERJECTIONS
        and keys[first + 1 : first + 2] == (",",)
        and set(keys[:first]) <= SIGHS
    ):
        return sum(valences[first + 1 :]) < 0
    if len(keys) > 2 and keys[-1] in INTERJECTIONS and keys[-2] == ",":
        return sum(valences[:-1]) < 0
    opening = next((hit for hit in _irony().find(keys[:LONGEST_OPENING]) if hit.start <= 1), None)
    return opening is not None and sum(valences[opening.end :]) + min(valences) < 0
