"""How positive or negative the words of a comment are: NLTK’s VADER with our lexicons, idioms and reach of a denial."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from survey.text.rules.nltk_parts import vader
from survey.text.rules.phrasebook import Hit, PhraseBook
from survey.text.rules.plain import Clause, taken_apart

DENIAL, EMPHASIS = "denial", "emphasis"
DENIED = -0.74  # VADER’s own factor
REACH = 4  # words after “not” that it denies
PREVAILS, PREVAILS_OVER_BUT = 0.6, 0.8  # how far the whole leans when one side of it has won
DISAGREES, DISAGREES_OVER_BUT = 0.3, 0.2  # how far a part of the text must lean to speak for itself
SETS_AGAINST = frozenset({"but", "aber"})
IRONY = 0.6  # how much of a praise is left, as blame, where it is meant the other way
BEFORE_BUT, AFTER_BUT = 0.5, 1.5  # VADER’s weights of what stands before and after “but”


@dataclass(frozen=True, eq=False)
class Grammar:
    """How one language values words, denies them and sets its sentences against each other.

    `denials` deny to the end of their clause or only look like denials; without a word of `may_deny` nothing is denied; `base` is a word’s form in the lexicon. Where a language `denies_backwards`, a “not” that finds
    nothing to deny after it denies what stands before it.
    """

    valences: Mapping[str, float]
    idioms: PhraseBook
    denials: PhraseBook
    negators: frozenset[str]
    may_deny: frozenset[str]
    contrasts: frozenset[str]
    reach_ends: frozenset[str]
    short_reach: Mapping[str, int] = field(default_factory=dict)
    boosters: Mapping[str, float] | None = None  # None: VADER’s own, which are English
    base: Callable[[str], str] = str
    denies_backwards: bool = False
    is_ironic: Callable[[Sequence[str], Sequence[float]], bool] = lambda keys, valences: False  # noqa: E731

    @cached_property
    def analyser(self) -> Any:
        """VADER’s analyser from NLTK; it is given its lexicon and never looks for NLTK’s data."""
        nltk_vader = vader()
        valences, boosters = self.valences, self.boosters

        class SurveyAnalyser(nltk_vader.SentimentIntensityAnalyzer):  # type: ignore[misc, name-defined]
            def __init__(self) -> None:
                self.lexicon = valences
                self.constants = nltk_vader.VaderConstants()
                if boosters is not None:
                    self.constants.BOOSTER_DICT = boosters

            def _never_check(self, valence: float, *_: object) -> float:
                return valence  # denials reach further here: see `_denied`

            def _idioms_check(self, valence: float, words: Sequence[str], at: int) -> float:
                """Phrases are read before: see `_idioms`. What is left is “kind of” before the word, or before the last one."""
                softeners = self.constants.BOOSTER_DICT
                before = f"{words[at - 2]} {words[at - 1]}", f"{words[at - 3]} {words[at - 2]}"
                is_softened = before[0] in softeners or before[1] in softeners
                return valence + self.constants.B_DECR if is_softened else valence

        return SurveyAnalyser()


def denial_book(denials: Sequence[str], emphases: Sequence[str]) -> PhraseBook:
    """Phrases that deny all that follows, and phrases that only look like a denial: “not only”."""
    return PhraseBook([*((DENIAL, phrase) for phrase in denials), *((EMPHASIS, phrase) for phrase in emphases)])


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

    @property
    def disagrees(self) -> bool:
        """Whether parts lean both ways; without a word like “but”, only where neither way prevails."""
        far = DISAGREES_OVER_BUT if self.contrasts else DISAGREES
        both = bool(self.parts) and min(self.parts) <= -far and max(self.parts) >= far
        return both and abs(self.score) < (PREVAILS_OVER_BUT if self.contrasts else PREVAILS)


class Part(NamedTuple):
    """One clause: its valences word by word, and the words that have one."""

    clause: Clause
    valences: list[float]
    signal_words: list[str]


def lean(text: str, grammar: Grammar, own_names: frozenset[str] = frozenset()) -> Lean:
    """Which way normalised text leans; own names (“united”) say nothing about us."""
    parts = [_part(clause, grammar, own_names) for clause in taken_apart(text)]
    signal = dict.fromkeys(word for part in parts for word in part.signal_words)
    scores = tuple(_score(side, grammar) for part in parts for side in _sides(part))
    contrasts = any(part.clause.keys[0] in grammar.contrasts for part in parts[1:])
    return Lean(_score(_weighed(parts), grammar, text), scores, tuple(signal), contrasts)


def _weighed(parts: Sequence[Part]) -> list[float]:
    """All valences; what follows the first “but” counts more than what stands before it."""
    turn = next((at for at, part in enumerate(parts) if part.clause.keys[0] in SETS_AGAINST), None)
    if turn is None:
        return [value for part in parts for value in part.valences]
    return [
        value * (BEFORE_BUT if at < turn else AFTER_BUT) for at, part in enumerate(parts) for value in part.valences
    ]


def _score(values: list[float], grammar: Grammar, text: str = "") -> float:
    said = [value for value in values if value]
    return float(grammar.analyser.score_valence(said, text)["compound"]) if said else 0.0


def _part(clause: Clause, grammar: Grammar, names: frozenset[str]) -> Part:
    part = Part(clause, [0.0] * len(clause.keys), [])
    bases = [grammar.base(key) for key in clause.keys]
    named = {at for at, key in enumerate(clause.keys) if key in names} if names else set()
    valued = [at for at, base in enumerate(bases) if base in grammar.valences and at not in named]
    phrases, taken = _idioms(clause.keys, grammar)
    valued = [at for at in valued if at not in taken]
    denied = _denied(clause.keys, valued, taken, grammar)
    _score_idioms(part, phrases, denied, grammar)
    _score_words(part, bases, denied, valued, grammar)
    if min(part.valences) < 0 < max(part.valences) and grammar.is_ironic(clause.keys, part.valences):
        part.valences[:] = [-IRONY * value if value > 0 else value for value in part.valences]
    return part


def _sides(part: Part) -> Iterator[list[float]]:
    """The valences of a clause; where some are good and some bad, of each piece between commas."""
    keys, values = part.clause.keys, part.valences
    if "," not in keys or not min(values) < 0 < max(values):
        yield values
        return
    start = 0
    for at in (*(at for at, key in enumerate(keys) if key == ","), len(keys)):
        if at > start:
            yield values[start:at]
        start = at + 1


def _idioms(keys: Sequence[str], grammar: Grammar) -> tuple[list[Hit], set[int]]:
    """Whole phrases, which are read before their words, the longest of those that start together; their places."""
    kept: list[Hit] = []
    taken: set[int] = set()
    found = grammar.idioms.find(keys)
    if len(found) > 1:
        found.sort(key=lambda hit: (hit.start, -hit.end))
    for hit in found:
        if hit.start not in taken:
            kept.append(hit)
            taken.update(range(hit.start, hit.end))
    return kept, taken


def _score_idioms(part: Part, phrases: Sequence[Hit], denied: Collection[int], grammar: Grammar) -> None:
    for hit in phrases:
        denies_itself = not grammar.negators.isdisjoint(part.clause.keys[hit.start : hit.end])
        is_denied = hit.start in denied and not denies_itself
        part.valences[hit.start] = value = float(hit.value) * (DENIED if is_denied else 1)
        if value:
            part.signal_words.append(" ".join(part.clause.words[hit.start : hit.end]).casefold())


def _score_words(
    part: Part, bases: Sequence[str], denied: Collection[int], places: Sequence[int], grammar: Grammar
) -> None:
    bare = Words(bases, is_cap_diff=False)
    for at in places:
        value = float(grammar.analyser.sentiment_valence(0, bare, bases[at], at, [])[0])
        part.valences[at] = value * DENIED if at in denied else value
        part.signal_words.append(part.clause.words[at].casefold())


def _denied(keys: Sequence[str], valued: Sequence[int], taken: Collection[int], grammar: Grammar) -> set[int]:
    """The places that a “not” reaches; one inside a phrase has said all it says there."""
    if grammar.may_deny.isdisjoint(keys):
        return set()
    denied: set[int] = set()
    phrases = grammar.denials.find(keys)
    emphasised = {hit.start for hit in phrases if hit.value == EMPHASIS}
    for at, key in enumerate(keys):
        if key in grammar.negators and at not in emphasised and at not in taken:
            reach = range(at + 1, _stop(keys, at + 1, grammar))
            denied.update(reach)
            if grammar.denies_backwards and not any(place in reach for place in valued):
                denied.update(place for place in valued if at - REACH <= place < at)
    for hit in phrases:
        says_more = hit.start not in taken or grammar.negators.isdisjoint(keys[hit.start : hit.end])  # “I wish …”
        if says_more and hit.start not in emphasised:
            denied.update(range(hit.end, len(keys)))
    return denied


def _stop(keys: Sequence[str], start: int, grammar: Grammar) -> int:
    """Where the reach of the “not” just before `start` ends."""
    end = min(start + grammar.short_reach.get(keys[start - 1], REACH), len(keys))
    return next((at for at in range(start, end) if keys[at] in grammar.reach_ends), end)
