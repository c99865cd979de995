"""Finding phrases in a row of words, fast and without regular expressions that someone could choke.

A phrase is words in order: `wait*` has any ending, `a|b` is either word, `#` is a number, `..` is up to three words
in between. Phrases are found by their first word, so that a thousand of them cost little more than ten. A book may compare
words by their form, such as their stem; beginnings are those of the word itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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

    @property
    def is_plain(self) -> bool:
        """Whether forms alone say which words may stand here."""
        return not self.prefixes and not self.number

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
    """A phrase in the book: what it stands for, as written, and step by step."""

    value: str
    phrase: str
    steps: tuple[Step, ...]

    @property
    def next_forms(self) -> frozenset[str]:
        """The only words that may follow the first one; empty where others may."""
        following = self.steps[1] if len(self.steps) > 1 else None
        return following.forms if following and following.is_plain and not following.gap else frozenset()


class Starting(NamedTuple):
    """The phrases that begin with a word: those of each word that must follow, and the others with a word they need."""

    by_next: Mapping[str, tuple[Entry, ...]]
    others: tuple[tuple[Entry, frozenset[str]], ...]


class PhraseBook:
    """Phrases by what they stand for; `find` gives every hit in the order of the words."""

    def __init__(self, phrases: Iterable[tuple[str, str]], *, form: Callable[[str], str] = str) -> None:
        self._form = form
        self._by_form: dict[str, list[Entry]] = defaultdict(list)
        self._by_prefix: dict[str, list[Entry]] = defaultdict(list)
        self._numbers: list[Entry] = []
        for value, phrase in phrases:
            self._add(Entry(value, phrase, _steps(phrase, form)))
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
        forms = [self._form(key) for key in keys]
        return [
            Hit(entry.value, start, end, entry.phrase, any(key in NEGATORS for key in keys[start:end]))
            for start, entry in self._candidates(keys, forms)
            if (end := _match(entry.steps, keys, forms, start))
        ]

    def _candidates(self, keys: Sequence[str], forms: Sequence[str]) -> Iterator[tuple[int, Entry]]:
        """The phrases that may begin at each place: what comes next fits, or what they end with stands somewhere."""
        present = frozenset(forms)
        for start, word in enumerate(keys):
            starting = self._starting(word)
            if starting.by_next and start + 1 < len(forms):
                for entry in starting.by_next.get(forms[start + 1], ()):
                    yield start, entry
            for entry, needed in starting.others:
                if not needed or not needed.isdisjoint(present):
                    yield start, entry

    def _find_starting(self, word: str) -> Starting:
        by_next: dict[str, list[Entry]] = defaultdict(list)
        others: list[tuple[Entry, frozenset[str]]] = []
        for entry in self._entries(word):
            last = entry.steps[-1]
            if not entry.next_forms:
                others.append((entry, last.forms if last.is_plain and len(entry.steps) > 1 else frozenset()))
            for form in entry.next_forms:
                by_next[form].append(entry)
        return Starting({form: tuple(entries) for form, entries in by_next.items()}, tuple(others))

    def _entries(self, word: str) -> tuple[Entry, ...]:
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
