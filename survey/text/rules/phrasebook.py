"""Finding phrases in a row of words, fast and without regular expressions that someone could choke.

A phrase is words in order: `wait*` has any ending, `a|b` is either word, `#` is a number, `..` is up to three words
in between. Phrases are found by their first word, so that a thousand of them cost little more than ten. A book may compare
words by their form, such as their stem; beginnings are those of the word itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from survey.text.rules.plain import word_key, word_set

WIDEST_GAP = 3
LONGEST_PREFIX = 14
NUMBERS = word_set(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety"
    " hundred half several many few couple some"
)
NEGATORS = word_set(
    "no not never without hardly barely scarcely nor neither none nothing nobody noone nowhere cannot cant dont didnt"
    " doesnt isnt wasnt werent arent wont wouldnt couldnt shouldnt hasnt havent hadnt aint mustnt neednt"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a phrase: forms of words, beginnings, a number, and (when `gap`) words that it may skip before."""

    forms: frozenset[str]
    prefixes: tuple[str, ...]
    number: bool
    gap: bool

    def accepts(self, word: str, form: str) -> bool:
        """Whether the word, which has this form, may stand here."""
        return form in self.forms or word.startswith(self.prefixes) or (self.number and is_number(word))


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at words[start:end], and what it stands for."""

    value: str
    start: int
    end: int
    phrase: str
    denies: bool


def is_number(word: str) -> bool:
    """Whether a word counts something: “20”, “1.5”, “twenty”, “several”."""
    return word[:1].isdigit() or word in NUMBERS


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase in the book: what it stands for, as written, step by step, and forms without any of which it cannot be there."""

    value: str
    phrase: str
    steps: tuple[Step, ...]
    needed: frozenset[str]


class PhraseBook:
    """Phrases by what they stand for; `find` gives every hit in the order of the words."""

    def __init__(self, phrases: Iterable[tuple[str, str]], *, form: Callable[[str], str] = str) -> None:
        self._form = form
        self._by_form: dict[str, list[Entry]] = defaultdict(list)
        self._by_prefix: dict[str, list[Entry]] = defaultdict(list)
        self._numbers: list[Entry] = []
        for value, phrase in phrases:
            steps = _steps(phrase, form)
            self._add(Entry(value, phrase, steps, _needed(steps)))
        self._starting = lru_cache(maxsize=20_000)(self._find_starting)

    def _add(self, entry: Entry) -> None:
        first = entry.steps[0]
        for form in first.forms:
            self._by_form[form].append(entry)
        for prefix in first.prefixes:
            self._by_prefix[prefix[:LONGEST_PREFIX]].append(entry)
        if first.number:
            self._numbers.append(entry)

    def find(self, keys: Sequence[str]) -> list[Hit]:
        """Every phrase in the row of word keys, first word first."""
        forms = keys if self._form is str else [self._form(key) for key in keys]
        present = frozenset(forms)
        return [
            Hit(entry.value, start, end, entry.phrase, any(key in NEGATORS for key in keys[start:end]))
            for start, word in enumerate(keys)
            for entry in self._starting(word)
            if (not entry.needed or not entry.needed.isdisjoint(present))
            and (end := _match(entry.steps, keys, forms, start))
        ]

    def _find_starting(self, word: str) -> tuple[Entry, ...]:
        form = self._form(word)
        found = dict.fromkeys(self._by_form.get(form, ()))
        for length in range(2, min(len(word), LONGEST_PREFIX) + 1):
            beginning = self._by_prefix.get(word[:length], ())
            found |= dict.fromkeys(entry for entry in beginning if entry.steps[0].accepts(word, form))
        return (*found, *self._numbers) if is_number(word) else tuple(found)


def _steps(phrase: str, form: Callable[[str], str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    gap = False
    for part in phrase.split():
        if part == "..":
            gap = True
            continue
        choices = part.split("|")
        forms = frozenset(form(word_key(choice)) for choice in choices if choice[-1:] not in "*#")
        prefixes = tuple(word_key(choice[:-1]) for choice in choices if choice.endswith("*"))
        steps.append(Step(forms, prefixes, "#" in choices, gap))
        gap = False
    return tuple(steps)


def _needed(steps: Sequence[Step]) -> frozenset[str]:
    """The forms of the last step after the first that only forms can fill; none where there is no such step."""
    only = (step.forms for step in reversed(steps[1:]) if not step.prefixes and not step.number)
    return next(only, frozenset())


def _match(steps: tuple[Step, ...], keys: Sequence[str], forms: Sequence[str], start: int) -> int:
    """Where a phrase ends whose first word is at start, at the earliest, or 0. All its ways are followed side by side."""
    ends: Iterable[int] = (start + 1,)
    for step in steps[1:]:
        ends = set(_steps_on(step, keys, forms, ends))
        if not ends:
            return 0
    return min(ends)


def _steps_on(step: Step, keys: Sequence[str], forms: Sequence[str], ends: Iterable[int]) -> Iterator[int]:
    """Where the phrase may be after one more step; no denial is skipped."""
    for end in ends:
        for here in range(end, min(len(keys), end + (WIDEST_GAP + 1 if step.gap else 1))):
            if step.accepts(keys[here], forms[here]):
                yield here + 1
            if keys[here] in NEGATORS:
                break
