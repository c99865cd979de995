"""What in a text speaks for each reason: phrases of its taxonomy, and words of its label.

A phrase with signs (`wait*`, `a|b`, `#`, `..`) is taken as it is written. One of plain words is found in every inflection,
with up to three words between two of its own: “lost bag” is in “you lost all of our bags”.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from survey.reasons.rules import Wordings
from survey.text.rules.keywords import stem
from survey.text.rules.phrasebook import NEGATORS, Hit, PhraseBook
from survey.text.rules.plain import taken_apart, word_key, word_set, words

LOOK_BACK = 3
LOOK_AHEAD = 5
LABEL_WEIGHT = 0.3
DENIED_WEIGHT = 0.3
MOST_WORDS = 4
SIGNS = re.compile(r"[*|#]|\.\.")
# Words that may be left out of a phrase as long as two others remain.
SMALL_WORDS = word_set(
    "the a an of my our your their his her its is are was were be been to for in on at and it this that i we you me us he"
    " she they them do does did have has had with from by or as so"
)
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


class Evidence(NamedTuple):
    """How much speaks for a reason (1 for a word, up to 4 for a long phrase, more for several), and the words that do.

    `is_denied`: every phrase that was found is denied.
    """

    weight: float
    words: tuple[str, ...]
    is_denied: bool = False


class ReasonBook:
    """The phrases of a taxonomy, ready to be found."""

    def __init__(self, wordings: Wordings) -> None:
        self._phrases = PhraseBook(_patterns(wordings), form=_form)
        self._labels = dict(_label_words(wordings))

    def evidence(self, text: str) -> dict[str, Evidence]:
        """What speaks for each reason in normalised text; reasons of which nothing speaks are left out."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for clause in taken_apart(text):
            for code, one in self._in_clause(clause.words, clause.keys).items():
                found[code].append(one)
        return {code: _together(parts) for code, parts in found.items()}

    def _in_clause(self, typed: Sequence[str], keys: Sequence[str]) -> dict[str, Evidence]:
        found: dict[str, list[Evidence]] = defaultdict(list)
        for hit in self._phrases.find(keys):
            length = min(MOST_WORDS, len(hit.phrase.replace("..", "").split()))
            is_denied = _is_denied(hit, keys)
            said = " ".join(typed[hit.start : hit.end])
            found[hit.value].append(Evidence(DENIED_WEIGHT if is_denied else length, (said,), is_denied))
        for word, key in zip(typed, keys, strict=True):
            if (code := self._labels.get(_form(key))) and code not in found:
                found[code].append(Evidence(LABEL_WEIGHT, (word,)))
        return {code: _strongest(parts) for code, parts in found.items()}


def _patterns(wordings: Wordings) -> Iterator[tuple[str, str]]:
    for code, wording in wordings.items():
        yield from ((code, pattern) for phrase in wording.phrases if (pattern := as_pattern(phrase)))


def as_pattern(phrase: str) -> str:
    """A phrase in signs: plain words may stand apart, and small ones are left out. Empty where it has no words."""
    said = [word_key(word) for word in words(phrase) if word != ","]
    if SIGNS.search(phrase):
        return phrase if said else ""
    telling = [word for word in said if word not in SMALL_WORDS]
    return " .. ".join(telling if len(telling) > 1 else said)


def _label_words(wordings: Wordings) -> Iterator[tuple[str, str]]:
    """The words that tell one label from the others, as (form, code)."""
    said = {
        code: {_form(word_key(word)): word_key(word) for word in words(one.label)} for code, one in wordings.items()
    }
    often = Counter(form for forms in said.values() for form in forms)
    for code, forms in said.items():
        for form, word in forms.items():
            if often[form] == 1 and len(word) > 2 and word not in SMALL_WORDS and word not in NEGATORS:
                yield form, code


@lru_cache(maxsize=50_000)
def _form(key: str) -> str:
    return key if key in NEGATORS else stem(key)


def _strongest(parts: Iterable[Evidence]) -> Evidence:
    """The strongest phrase of a clause, and half of two others."""
    ranked = sorted(parts, key=lambda part: -part.weight)[:3]
    return Evidence(
        ranked[0].weight + 0.5 * sum(part.weight for part in ranked[1:]), _said(ranked), _all_denied(ranked)
    )


def _together(parts: Sequence[Evidence]) -> Evidence:
    return Evidence(sum(part.weight for part in parts), _said(parts), _all_denied(parts))


def _all_denied(parts: Iterable[Evidence]) -> bool:
    return all(part.is_denied for part in parts)


def _said(parts: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for part in parts for words in part.words))


def _is_denied(hit: Hit, keys: Sequence[str]) -> bool:
    before, after = keys[max(0, hit.start - LOOK_BACK) : hit.start], keys[hit.end : hit.end + LOOK_AHEAD]
    return (not hit.denies and _denied_before(before)) or _praised_after(after)


def _denied_before(before: Sequence[str]) -> bool:
    if ASKS_WHY.intersection(before):
        return False
    return any(key in NEGATORS or key in PLAYS_DOWN for key in before)


def _praised_after(after: Sequence[str]) -> bool:
    """“The waiting time was fine”, “… wasn’t long”: what is said of it takes it back."""
    for at, key in enumerate(after[:2]):
        if key in DENIED_ENDS or (key in IS and PRAISE_AFTER.intersection(after[at + 1 : at + 3])):
            return True
    return False
