"""Which reasons of a taxonomy a comment sounds like: suggestions, never decisions."""

import math
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import NamedTuple

from survey.reasons.rules import Wordings, wordings_of
from survey.reasons.rules.taxonomy import REASONS
from survey.text.rules.evidence import Evidence, ReasonBook
from survey.text.rules.impression import Impression, Impressions
from survey.text.rules.learning import NO_REASON, Learned, learn
from survey.text.rules.plain import normalise
from survey.text.rules.word_table import word_table

MOST_REASONS = 3
COUNTS = 0.4  # a reason below this is offered for choice, but is not given to a comment
NEAR_ALONE = 0.35  # how sure nearness in meaning can make without any phrase
NEARNESS_STEP = 0.05
A_WORD = 1.0  # the weight of a phrase of one word
JUST_NOT = COUNTS - 0.01


class Suggestion(NamedTuple):
    """A reason that a text sounds like: how sure (0..1), what found it (`rule` or `model`), and the words that spoke for it."""

    code: str
    confidence: float
    source: str
    words: tuple[str, ...] = ()


class ReasonReader:
    """Names the reasons of a taxonomy in texts: by phrases and nearness in meaning, and by what was learned."""

    def __init__(self, wordings: Wordings, learned: Learned | None = None) -> None:
        self._impressions = Impressions(wordings, word_table())
        self.codes = tuple(wordings)
        self.learned = learned

    def knowing(self, learned: Learned | None) -> "ReasonReader":
        """The same reader with what was learned."""
        other = copy(self)
        other.learned = learned
        return other

    def learn(self, examples: Sequence[tuple[str, Sequence[str]]]) -> Learned | None:
        """What corrections teach, (text, codes) each, with no code for “no reason”; None where they are too few."""
        return learn([(self._impressions.of(text), given) for text, given in examples], self.codes)

    def suggest(self, text: str, *, most: int = MOST_REASONS) -> tuple[Suggestion, ...]:
        """The reasons it sounds like, surest first. Those below `COUNTS` are offered for choice alone."""
        return self._found(self._impressions.of(text))[:most]

    def ranked(self, text: str) -> list[tuple[str, float]]:
        """Every code of the taxonomy and how sure, surest first."""
        return self.rank(self._impressions.of(text))

    def rank(self, seen: Impression) -> list[tuple[str, float]]:
        """The same, from the impression of a text."""
        return [(one.code, one.confidence) for one in self._found(seen)]

    def _found(self, seen: Impression) -> tuple[Suggestion, ...]:
        by_rules = self._by_rules(seen)
        if self.learned is None:
            found = [Suggestion(code, chance, "rule", _words(seen, code)) for code, chance in by_rules.items()]
        else:
            found = list(_blended(by_rules, self.learned, self.learned.chances(seen, self.codes), seen))
        return tuple(sorted(found, key=lambda one: -one.confidence))

    def _by_rules(self, seen: Impression) -> dict[str, float]:
        near = _shares(seen.nearness.tolist())
        return {code: _sure(seen.evidence.get(code), share) for code, share in zip(self.codes, near, strict=True)}


def _sure(evidence: Evidence | None, near: float) -> float:
    """How sure phrases make, and how much nearness adds to that. Nearness knows no denial, so it adds nothing to what is denied;
    and without a phrase it never makes a reason count."""
    if evidence is None:
        return NEAR_ALONE * near
    sure = confidence(evidence.weight)
    if evidence.is_denied:
        return sure
    with_nearness = sure + (1 - sure) * NEAR_ALONE * near
    return with_nearness if evidence.weight >= A_WORD else min(with_nearness, JUST_NOT)


def _blended(
    by_rules: Mapping[str, float], learned: Learned, chances: Mapping[str, float], seen: Impression
) -> Iterator[Suggestion]:
    """Rules and model by how much is trusted in it; the chance that nothing is a reason takes from all of them."""
    nothing = learned.trust(seen, NO_REASON) * chances.get(NO_REASON, 0.0)
    for code, rule in by_rules.items():
        trust = learned.trust(seen, code)
        model, ruled = trust * chances.get(code, 0.0), (1 - trust) * rule
        sure = (model + ruled) * (1 - nothing)
        yield Suggestion(code, sure, "model" if model > ruled else "rule", _words(seen, code))


def _words(seen: Impression, code: str) -> tuple[str, ...]:
    return seen.evidence[code].words if code in seen.evidence else ()


def _shares(nearness: Sequence[float]) -> list[float]:
    highest = max(nearness, default=0.0)
    weights = [math.exp((one - highest) / NEARNESS_STEP) for one in nearness]
    total = sum(weights)
    return [weight / total for weight in weights]


def confidence(weight: float) -> float:
    """How sure phrases of this weight make: one word .45, a phrase of three .7, several phrases up to .95."""
    return min(0.95, 1 - math.pow(0.74, 1 + weight))


@lru_cache(maxsize=1)
def _shipped() -> ReasonBook:
    return ReasonBook(wordings_of(REASONS))


def suggested_reasons(text: str) -> tuple[tuple[str, float], ...]:
    """At most three (code, confidence) of the shipped taxonomy by its phrases alone, surest first; none when nothing fires."""
    return _counted(_shipped().evidence(normalise(text)))


def _counted(found: Mapping[str, Evidence]) -> tuple[tuple[str, float], ...]:
    sure = [(code, round(confidence(one.weight), 2)) for code, one in found.items()]
    return tuple(sorted((one for one in sure if one[1] >= COUNTS), key=lambda one: -one[1])[:MOST_REASONS])
