"""Which keywords many comments share."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from survey.text.rules.keywords import keyword_key

QUOTE_LENGTH = 160
SHORT_QUOTE = 20


@dataclass(frozen=True)
class Frequent:
    """A keyword in its most common form, how many comments it was found in, and the words of one of them."""

    keyword: str
    comments: int
    quote: str


def frequent(found: Iterable[tuple[str, tuple[str, ...]]], *, limit: int) -> list[Frequent]:
    """The keywords of the most comments, from (text, keywords) pairs; those of one comment alone are left out."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    quotes: dict[str, str] = {}
    for text, keywords in found:
        for key, form in {keyword_key(keyword): keyword for keyword in keywords}.items():
            forms[key][form] += 1
            quotes[key] = _better(quotes.get(key), " ".join(text.split()))
    ranked = sorted(forms, key=lambda key: (-forms[key].total(), key))
    shared = [key for key in ranked if forms[key].total() > 1][:limit]
    return [Frequent(_most_common(forms[key]), forms[key].total(), _cut(quotes[key])) for key in shared]


def _most_common(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _better(kept: str | None, text: str) -> str:
    """The first quote that is a sentence and fits is kept; else the one that comes closest to it."""
    return text if kept is None or _distance(text) < _distance(kept) else kept


def _distance(text: str) -> int:
    return max(SHORT_QUOTE - len(text), len(text) - QUOTE_LENGTH, 0)


def _cut(text: str) -> str:
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1].rstrip() + "…"
