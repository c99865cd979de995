"""What the question and the rating add to what the words say."""

from typing import NamedTuple

from survey.text.rules.sentiment import Lean, verdict
from survey.text.rules.values import AsksFor, Sentiment

# Fixed before any data of an installation is seen: people answer “what should we improve?” with faults.
QUESTION_PRIOR: dict[AsksFor, float] = {"faults": -0.3, "praise": 0.4, "open": 0.0}
RATING_WEIGHT = 0.4
NEGATIVE_BELOW = -0.05
POSITIVE_ABOVE = 0.2


class InContext(NamedTuple):
    """A sentiment that knows what was asked, with its score in -1..1 and confidence in 0..1."""

    sentiment: Sentiment
    score: float
    confidence: float


def in_context(found: Lean, asks_for: AsksFor, *, rating: float | None, says_nothing: bool = False) -> InContext:
    """The lean of the words, moved by the question’s role and by a rating in -1..1.

    An answer that begins with “nothing” turns the role round: nothing to improve is good news.
    """
    prior = QUESTION_PRIOR[asks_for] * (-1 if says_nothing else 1)
    moved = found.score + prior + RATING_WEIGHT * _bounded(rating)
    score = max(-1.0, min(1.0, moved))
    if verdict(found) is Sentiment.MIXED and abs(score) < 0.6:
        return InContext(Sentiment.MIXED, score, 0.5)
    if not found.signal_words and rating is None:
        return InContext(Sentiment.NONE, 0.0, 0.5)
    return InContext(_named(score), score, _confidence(score))


def silence_in_context(asks_for: AsksFor) -> InContext:
    """A non-answer: nothing to improve is good news, nothing to praise is bad news, else it tells nothing."""
    return {
        "faults": InContext(Sentiment.POSITIVE, 0.4, 0.7),
        "praise": InContext(Sentiment.NEGATIVE, -0.4, 0.7),
        "open": InContext(Sentiment.NONE, 0.0, 0.9),
    }[asks_for]


def _bounded(rating: float | None) -> float:
    return max(-1.0, min(1.0, rating)) if rating is not None and rating == rating else 0.0


def _named(score: float) -> Sentiment:
    if score > POSITIVE_ABOVE:
        return Sentiment.POSITIVE
    return Sentiment.NEGATIVE if score < NEGATIVE_BELOW else Sentiment.NONE


def _confidence(score: float) -> float:
    """How far the score is from the nearer cut-off, as 0.5..0.95."""
    distance = min(abs(score - NEGATIVE_BELOW), abs(score - POSITIVE_ABOVE))
    return round(min(0.95, 0.5 + 0.6 * distance), 2)
