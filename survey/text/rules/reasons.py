"""Which reasons of the taxonomy a comment sounds like: suggestions, never decisions."""

import math
from collections import defaultdict
from functools import lru_cache

from survey.reasons.rules import REASONS
from survey.text.rules.phrasebook import NEGATORS, Hit, PhraseBook
from survey.text.rules.plain import clauses, normalise, word_key, word_set, words

MOST_REASONS = 3
LOOK_BACK = 3
LOOK_AHEAD = 5
# Words that deny what follows without a “not”: a short wait is not a wait.
PLAYS_DOWN = word_set("little minimal short shorter less fewer worth avoid avoided avoids despite reasonable")
# “I don’t know why I had to wait” is not a denial of the waiting.
ASKS_WHY = word_set("why how what when where who only just sure understand know")
IS = word_set("is was were are isnt wasnt been be seemed seems felt feels")
PRAISE_AFTER = word_set(
    "fine good great excellent short minimal ok okay acceptable reasonable reasonably brilliant perfect quick not"
    " never no low fair amazing fantastic nothing brief"
)
DENIED_ENDS = frozenset({"isnt", "wasnt"})


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    return PhraseBook((reason.code, phrase) for reason in REASONS.values() for phrase in reason.phrases)


def suggested_reasons(text: str) -> tuple[tuple[str, float], ...]:
    """At most three (code, confidence 0..1) that the text sounds like, surest first; none when nothing fires."""
    weights: dict[str, float] = defaultdict(float)
    for clause in clauses(normalise(text)):
        keys = [word_key(word) for word in words(clause)]
        for code, weight in _weights(keys).items():
            weights[code] += weight
    ranked = sorted(weights.items(), key=lambda pair: -pair[1])
    return tuple((code, _confidence(weight)) for code, weight in ranked[:MOST_REASONS])


def _weights(keys: list[str]) -> dict[str, float]:
    """The weight of each code in one clause: its strongest phrase, and half of a second one."""
    found: dict[str, list[float]] = defaultdict(list)
    for hit in _book().find(keys):
        if not _is_denied(hit, keys):
            found[hit.value].append(min(4, len(hit.phrase.replace("..", "").split())))
    return {code: _total(sorted(values, reverse=True)) for code, values in found.items()}


def _total(values: list[float]) -> float:
    return values[0] + 0.5 * sum(values[1:3])


def _confidence(weight: float) -> float:
    """One word .45, a phrase of three .7, several phrases up to .95."""
    return round(min(0.95, 1 - math.pow(0.74, 1 + weight)), 2)


def _is_denied(hit: Hit, keys: list[str]) -> bool:
    return (not hit.denies and _denied_before(keys[max(0, hit.start - LOOK_BACK) : hit.start])) or _praised_after(
        keys[hit.end : hit.end + LOOK_AHEAD]
    )


def _denied_before(before: list[str]) -> bool:
    if ASKS_WHY.intersection(before):
        return False
    return any(key in NEGATORS or key in PLAYS_DOWN for key in before)


def _praised_after(after: list[str]) -> bool:
    """“The waiting time was fine”, “… wasn’t long”: what is said of it takes it back."""
    for at, key in enumerate(after[:2]):
        if key in DENIED_ENDS or (key in IS and PRAISE_AFTER.intersection(after[at + 1 : at + 3])):
            return True
    return False
