"""How positive or negative the words of a comment are: NLTK’s VADER with our lexicon, idioms and reach of a denial."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from survey.text.rules.lexicon import valences
from survey.text.rules.overlay import IDIOMS
from survey.text.rules.phrasebook import NEGATORS, PhraseBook
from survey.text.rules.plain import CONTRAST, clauses, word_key, word_set, words
from survey.text.rules.values import Sentiment

REACH = 4  # words after “not” that it denies
REACH_ENDS = word_set(", why because what where when how if so since until")
SHORT_REACH = {"no": 2, "nothing": 1, "none": 1, "nobody": 1}
DENIED = -0.74  # VADER’s own factor
FAR_DENIALS = PhraseBook(
    ("denial", phrase)
    for phrase in (
        "don't|didn't|doesn't|not|can't|cannot|wouldn't think|feel|felt|believe|find|found|say|call",
        "nobody|noone|none", "no one|body", "never once", "hardly|scarcely|rarely|seldom", "i wish", "if only",
        "far from", "anything but", "failed to",
    )
)  # fmt: skip
NOT_DENIALS = PhraseBook(
    ("emphasis", phrase) for phrase in ("not|isn't|wasn't only|just|merely", "never .. so|such|this", "no doubt|wonder")
)
CONTRASTS = frozenset(CONTRAST.split("|"))
CLEAR = 0.05  # VADER’s usual cut-off
PREVAILS, PREVAILS_OVER_BUT = 0.5, 0.8  # how far the whole leans when one side of it has won
DISAGREES = 0.3  # how far a part of the text must lean to speak for itself


class Words(NamedTuple):
    """What VADER asks of a text: its words, and whether only some of them are in capitals."""

    words_and_emoticons: Sequence[str]
    is_cap_diff: bool


class Lean(NamedTuple):
    """Which way one text leans: `score` in -1..1, each part’s score, the words that carried it, and
    whether a word like “but” sets its parts against each other."""

    score: float
    parts: tuple[float, ...]
    signal_words: tuple[str, ...]
    contrasts: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One clause: its valences word by word, and the words that have one."""

    words: list[str]
    valences: list[float]
    signal_words: list[str]


@lru_cache(maxsize=1)
def analyser() -> Any:
    """VADER’s analyser from NLTK, made once; it is given its lexicon and never looks for NLTK’s data."""
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

    class SurveyAnalyser(SentimentIntensityAnalyzer):  # type: ignore[misc]
        def __init__(self, lexicon: dict[str, float]) -> None:
            self.lexicon = lexicon
            self.constants = VaderConstants()

        def _never_check(self, valence: float, *_: object) -> float:
            return valence  # denials reach further here: see `_denied`

    return SurveyAnalyser(valences())


@lru_cache(maxsize=1)
def _idioms() -> PhraseBook:
    return PhraseBook((str(valence), phrase.strip()) for valence, text in IDIOMS.items() for phrase in text.split(";"))


def lean(text: str, own_names: Collection[str] = ()) -> Lean:
    """Which way normalised text leans; own names (“United”) say nothing about us."""
    names = frozenset(word_key(word) for name in own_names for word in words(name))
    parts = [_part(clause, names) for clause in clauses(text)]
    flat_words = [word for part in parts for word in part.words]
    flat = analyser()._but_check(flat_words, [value for part in parts for value in part.valences])
    signal = dict.fromkeys(word for part in parts for word in part.signal_words)
    scores = tuple(_compound(part.valences, "") for part in parts)
    contrasts = any(word_key(word) in CONTRASTS for part in parts[1:] for word in part.words[:1])
    return Lean(_compound(flat, text), scores, tuple(signal), contrasts)


def verdict(found: Lean) -> Sentiment:
    """What the words alone say: mixed where parts disagree, no signal where nothing leans."""
    if _disagrees(found):
        return Sentiment.MIXED
    if found.score >= CLEAR:
        return Sentiment.POSITIVE
    return Sentiment.NEGATIVE if found.score <= -CLEAR else Sentiment.NONE


def _disagrees(found: Lean) -> bool:
    """Parts lean both ways; without a word like “but”, only where neither way prevails."""
    both = bool(found.parts) and min(found.parts) <= -DISAGREES and max(found.parts) >= DISAGREES
    return both and abs(found.score) < (PREVAILS_OVER_BUT if found.contrasts else PREVAILS)


def _compound(values: list[float], text: str) -> float:
    return float(analyser().score_valence(values, text)["compound"]) if any(values) else 0.0


def _part(clause: str, names: frozenset[str]) -> Part:
    typed = words(clause)
    keys = [word_key(word) for word in typed]
    denied = _denied(keys)
    part = Part(typed, [0.0] * len(typed), [])
    taken = _score_idioms(part, keys, denied)
    _score_words(part, keys, denied, taken | {at for at, key in enumerate(keys) if key in names})
    return part


def _score_idioms(part: Part, keys: list[str], denied: list[bool]) -> set[int]:
    """Score whole phrases first, the longest of those that start together; the places they took."""
    taken: set[int] = set()
    for hit in sorted(_idioms().find(keys), key=lambda hit: (hit.start, -hit.end)):
        if hit.start in taken:
            continue
        taken.update(range(hit.start, hit.end))
        is_denied = denied[hit.start] and not hit.denies
        part.valences[hit.start] = float(hit.value) * (DENIED if is_denied else 1)
        part.signal_words.append(" ".join(part.words[hit.start : hit.end]).casefold())
    return taken


def _score_words(part: Part, keys: list[str], denied: list[bool], skipped: set[int]) -> None:
    lexicon = valences()
    bare = Words(keys, is_cap_diff=False)
    for at, key in enumerate(keys):
        if key not in lexicon or at in skipped:
            continue
        value = float(analyser().sentiment_valence(0, bare, key, at, [])[0])
        part.valences[at] = value * DENIED if denied[at] else value
        part.signal_words.append(part.words[at].casefold())


def _denied(keys: list[str]) -> list[bool]:
    """For each word, whether a “not” before it reaches it."""
    reach = [0] * len(keys)
    emphasised = {hit.start for hit in NOT_DENIALS.find(keys)}
    for at, key in enumerate(keys):
        if key in NEGATORS and at not in emphasised:
            _extend(reach, at + 1, _stop(keys, at + 1, SHORT_REACH.get(key, REACH)))
    for hit in FAR_DENIALS.find(keys):
        if hit.start not in emphasised:
            _extend(reach, hit.end, len(keys))
    return [bool(count) for count in reach]


def _extend(reach: list[int], start: int, end: int) -> None:
    for at in range(start, min(end, len(reach))):
        reach[at] = 1


def _stop(keys: list[str], start: int, most: int) -> int:
    for at in range(start, min(start + most, len(keys))):
        if keys[at] in REACH_ENDS:
            return at
    return start + most
