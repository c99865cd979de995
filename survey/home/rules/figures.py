"""How a number is shown, what those see who see groups only, and the words that home asks for consent with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from survey.departures.rules import ReasonCount
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, upper_first
from survey.results.rules.lost import Piece
from survey.results.rules.metrics import Metric, enough
from survey.results.rules.words import answers_words, interval_words, too_few_words, value_words

T = TypeVar("T")

CHANGES_SHOWN = 3
UPDATES = "updates"
# What somebody agrees to who leaves an address on the thank-you page; kept with the consent.
WORDS_AGREED = lazy_gettext("Yes, write to me about what you change because of answers like mine")
WORDS_ASKED = lazy_gettext("Shall we tell you what we do about it?")


# How people thank somebody in the languages that surveys are written in.
THANKS = (
    "thank", "dank", "merci", "gracias", "grazie", "obrigad", "takk", "tack", "tak ", "kiitos", "dzięk", "děkuj", "köszön",
    "mulțum", "ευχαριστ", "дяку", "teşekkür", "شكر", "תוד", "धन्यवाद", "谢", "謝", "ありがとう", "감사",
)  # fmt: skip


def says_thanks(words: str) -> bool:
    """Whether the owner's own words thank already, so that ours need not."""
    return any(one in words.casefold() for one in THANKS)


@dataclass(frozen=True)
class Figure:
    """A metric as a page shows it; `value` is empty where there are too few answers, and `interval` says so."""

    value: str
    unit: str
    n: str
    interval: str
    number: float | None = None
    low: float | None = None
    high: float | None = None
    minimum: float = 0
    maximum: float = 100


UNITS: dict[str, str] = {
    "nps": "NPS",
    "csat": lazy_gettext("satisfied"),
    "ces": lazy_gettext("found it easy"),
    "mean": lazy_gettext("on average"),
}
ASKED: dict[str, str] = {
    "nps": lazy_gettext("Would they recommend us?"),
    "csat": lazy_gettext("Are they satisfied?"),
    "ces": lazy_gettext("Was it easy?"),
    "mean": lazy_gettext("How do they rate us?"),
}
# What each number means, for a customer who has never heard its name.
EXPLAINED: dict[str, str] = {
    "nps": lazy_gettext("The share who would recommend us (9 or 10) less the share who would not (0 to 6)."),
    "csat": lazy_gettext("The share who chose one of the two best answers."),
    "ces": lazy_gettext("The share who agreed that it was easy: 5, 6 or 7 of 7."),
    "mean": lazy_gettext("The average of all answers."),
}


def figure(metric: Metric, scale: tuple[int, int] | None, *, minimum: int) -> Figure:
    """Return a metric with its n and interval, as words and as places on its full scale."""
    unit, n = UNITS.get(metric.name, metric.name), answers_words(metric.n)
    if metric.value is None or not enough(metric.n, minimum):
        return Figure("", unit, n, _sentence(too_few_words(metric.n)))
    ends, place = _scale(metric, scale)
    return Figure(
        value_words(metric), unit, n, _sentence(interval_words(metric)),
        number=place(metric.value), low=_placed(place, metric.low), high=_placed(place, metric.high),
        minimum=ends[0], maximum=ends[1],
    )  # fmt: skip


def _scale(metric: Metric, scale: tuple[int, int] | None) -> tuple[tuple[float, float], Callable[[float], float]]:
    if metric.name == "nps":
        return (-100, 100), float
    if metric.name == "mean" and scale:
        return scale, float
    return (0, 100), lambda value: 100 * value


def _placed(place: Callable[[float], float], value: float | None) -> float | None:
    return None if value is None else place(value)


def _sentence(words: str) -> str:
    return f"{upper_first(words)}." if words else ""


# ---- what those see of departures who see groups only --------------------------------------------------------------


def may_tell(part: int, whole: int, *, minimum: int) -> bool:
    """Whether a part of a group can be told: neither the part nor what it leaves over is a handful of people."""
    return all(not people or people >= minimum for people in (part, whole - part))


def sentence_for_groups(
    pieces: tuple[Piece, ...], people: int, told: int, *, month: str, minimum: int
) -> tuple[Piece, ...]:
    """The first sentence of the page, with words in the place of numbers that could point at somebody."""
    if 0 < people < minimum:
        return (Piece(_("Few people have left in %(month)s so far.", month=month)),)
    if may_tell(told, people, minimum=minimum):
        return pieces
    about = Piece(_("most of them") if 2 * told > people else _("some of them"))
    return tuple(about if piece.link == "told" else piece for piece in pieces)


def reasons_for_groups(counts: Sequence[ReasonCount], *, minimum: int) -> list[ReasonCount]:
    """Reasons of at least `minimum` people, and all others as one; none at all where those others are too few to tell."""
    large = [count for count in counts if count.people >= minimum]
    rest = sum(count.people for count in counts if count.people < minimum)
    if not may_tell(rest, rest, minimum=minimum) or not large:
        return []
    together = ReasonCount("", None, _("Other or not known"), rest, {}, is_ours=False, is_known=False)
    return [*large, together] if rest else large


def first_of(*lists: Sequence[T], limit: int = CHANGES_SHOWN, key: Callable[[T], object]) -> list[T]:
    """Return the first few of several lists, in their order and each once."""
    found: dict[object, T] = {}
    for one in (one for some in lists for one in some):
        found.setdefault(key(one), one)
    return list(found.values())[:limit]
