"""Which keywords many comments share, and which of them one group of comments has more than the others.

A keyword is a word, two or three that stand together, or two parted by “of” and the like (“lack of staff”). Keywords are
counted by comments and by their stems; what is shown is a common form. A keyword inside a longer one (“customer” in
“customer service”) is left out of what is shown, never out of what is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from survey.text.rules.keyness import Key, keyness
from survey.text.rules.keywords import LINKS_AND_HANDLES, may_be_keyword, stem
from survey.text.rules.plain import clauses, normalise, word_key, word_set, words
from survey.text.rules.quotes import Quotes

LONGEST = 3
INSIDE = 0.7  # of its comments have the longer keyword, too: then the shorter one is not shown
RARER = 5  # times than the commonest: such a form is not shown
DERIVED = ("ful", "fully", "ly", "ness", "ment", "able", "ion", "ions", "ive", "al", "ity", "ance", "ence")
TOO_USUAL = 0.25  # of all comments: then it tells nothing about any of them
LINKS = word_set("of for to on in with at")
# Words that judge without saying what: they are counted by the sentiment.
MERE_PRAISE = word_set(
    """
    good great excellent amazing awesome brilliant best better worst worse bad terrible horrible awful love loved hate hated
    nice perfect fantastic lovely happy unhappy pleased satisfied dissatisfied disappointed disappointing wonderful superb
    fab fabulous outstanding poor appalling disgusting ridiculous unacceptable fail sucks suck okay fine
    """
)


class Said(NamedTuple):
    """One comment: its text, and what it says about us (`positive`, `negative` or anything else)."""

    text: str
    sentiment: str = ""


@dataclass(frozen=True, slots=True)
class Frequent:
    """A keyword in a common form: how many comments have it, how many of those are positive and negative, and a quote."""

    keyword: str
    comments: int
    positive: int
    negative: int
    quote: str


@dataclass(frozen=True, slots=True)
class Telling:
    """A keyword that a group of comments has clearly more than the others: how many comments here and there have it."""

    keyword: str
    here: int
    there: int
    log_odds: float
    z: float


class Counted:
    """The keywords of comments, counted."""

    def __init__(self, comments: Sequence[Said], own_names: Collection[str] = ()) -> None:
        names = frozenset(word_key(word) for name in own_names for word in words(name))
        self.comments = comments
        self.found = [dict(_keywords(comment.text, names)) for comment in comments]
        self.by_key: dict[str, list[int]] = defaultdict(list)
        self.forms: dict[str, Counter[str]] = defaultdict(Counter)
        for number, keys in enumerate(self.found):
            for key, form in keys.items():
                self.by_key[key].append(number)
                self.forms[key][form] += 1

    def form(self, key: str) -> str:
        """How a keyword is shown: the shortest of its common forms, which is the same in other comments of the same people.

        A commonest form that means something else than its stem (“helpful”) is shown as it is.
        """
        forms = self.forms[key]
        commonest = min(forms, key=lambda form: (-forms[form], form))
        if commonest.endswith(DERIVED):
            return commonest
        common = (form for form, n in forms.items() if n * RARER >= forms[commonest])
        return min(common, key=lambda form: (len(form), form))

    def often(self) -> dict[str, int]:
        """How many comments have each keyword of several comments, those of most comments first."""
        shared = [(key, len(own)) for key, own in self.by_key.items() if len(own) > 1]
        return dict(sorted(shared, key=lambda one: (-one[1], -one[0].count(" "), one[0])))


def frequent(counted: Counted, *, limit: int, redact: Callable[[str], str] = str) -> list[Frequent]:
    """The keywords of the most comments, each with a quote that no other has."""
    often = counted.often()
    keys = _shown(list(often), often, limit)
    quotes = Quotes([comment.text for comment in counted.comments], redact)
    return [_frequent(counted, key, quotes.of(counted.by_key[key])) for key in keys]


def _frequent(counted: Counted, key: str, quote: str) -> Frequent:
    mood = Counter(counted.comments[number].sentiment for number in counted.by_key[key])
    return Frequent(counted.form(key), len(counted.by_key[key]), mood["positive"], mood["negative"], quote)


def too_usual(counted: Counted) -> list[str]:
    """Words that more than a quarter of all comments have: the organisation may want to leave them out."""
    most = TOO_USUAL * sum(bool(comment.text) for comment in counted.comments)
    return [counted.form(key) for key, n in counted.often().items() if " " not in key and n > most]


def telling(counted: Counted, groups: Mapping[str, Sequence[int]], *, limit: int) -> dict[str, list[Telling]]:
    """For each group (numbers of its comments): the keywords it has clearly more than all others, clearest first."""
    spoken = {group: [number for number in own if counted.comments[number].text] for group, own in groups.items()}
    often = {group: Counter(key for number in own for key in counted.found[number]) for group, own in spoken.items()}
    everything, n = sum(often.values(), Counter[str]()), sum(map(len, spoken.values()))
    return {
        group: _telling(counted, here, everything - here, len(spoken[group]), n - len(spoken[group]), limit)
        for group, here in often.items()
    }


def _telling(
    counted: Counted, here: Mapping[str, int], there: Mapping[str, int], n_here: int, n_there: int, limit: int
) -> list[Telling]:
    keys = {one.key: one for one in keyness(here, there, n_here, n_there) if one.z > 0}
    return [_told(counted, keys[key]) for key in _shown(list(keys), here, limit)]


def _told(counted: Counted, one: Key) -> Telling:
    return Telling(counted.form(one.key), one.here, one.there, round(one.log_odds, 3), round(one.z, 2))


def _shown(ranked: Sequence[str], often: Mapping[str, int], limit: int) -> list[str]:
    """The first keywords without those that mostly stand inside a longer one that is ranked as well."""
    longer: dict[str, int] = {}
    for key in ranked:
        for part in _parts(key):
            longer[part] = max(longer.get(part, 0), often[key])
    return [key for key in ranked if longer.get(key, 0) < INSIDE * often[key]][:limit]


def _parts(key: str) -> Iterator[str]:
    stems = key.split()
    for length in range(1, len(stems)):
        yield from map(" ".join, combinations(stems, length))


def _keywords(text: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    for clause in clauses(normalise(LINKS_AND_HANDLES.sub(" ", text))):
        yield from _in_clause([word.casefold() for word in words(clause)], names)


def _in_clause(typed: Sequence[str], names: frozenset[str]) -> Iterator[tuple[str, str]]:
    may_be = [may_be_keyword(word, names) for word in typed]
    for start, word in enumerate(typed):
        if not may_be[start]:
            continue
        if word_key(word) not in MERE_PRAISE:
            yield stem(word), word
        for end in range(start + 2, min(start + LONGEST, len(typed)) + 1):
            if not may_be[end - 1]:
                break
            yield _pair(typed[start:end])
        if start + 2 < len(typed) and may_be[start + 2] and typed[start + 1] in LINKS:
            yield _pair(typed[start : start + 3])


def _pair(typed: Iterable[str]) -> tuple[str, str]:
    """Key and form: “flight cancelled” and “cancelled flight” are one keyword."""
    said = list(typed)
    return " ".join(sorted(stem(word) for word in said)), " ".join(said)
