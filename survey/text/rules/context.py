"""What the question and the rating add to what the words say."""

import math

from survey.text.rules.values import AsksFor, Chances, chances

# Fixed before any data of an installation is seen: people answer “what should we improve?” with faults.
ROLE: dict[AsksFor, float] = {"faults": -0.6, "praise": 0.6, "open": 0.0}
RATING = 0.9  # what the best rating adds to the log-odds of positive and takes from those of negative
UNHEARD = 0.6  # the weight of words without a known signal
SILENCE: dict[AsksFor, Chances] = {
    "faults": Chances(0.1, 0.2, 0.7),  # nothing to improve is good news,
    "praise": Chances(0.7, 0.2, 0.1),  # nothing to praise is bad news,
    "open": Chances(0.25, 0.5, 0.25),  # else silence tells nothing, and the rating what there is
}


def in_context(
    found: Chances, asks_for: AsksFor, rating: float | None, *, says_nothing: bool = False, is_heard: bool = True
) -> Chances:
    """The chances of the words, moved by the question’s role and by a rating in -1..1.

    An answer that begins with “nothing” turns the role round: nothing to improve is good news. Words without a known
    signal weigh less against the rating.
    """
    push = ROLE[asks_for] * (-1 if says_nothing else 1) + RATING * _bounded(rating)
    if not push:
        return found
    weight = 1.0 if is_heard else UNHEARD
    negative, neutral, positive = (weight * math.log(max(chance, 1e-9)) for chance in found)
    return chances((negative - push, neutral, positive + push))


def silence(asks_for: AsksFor, rating: float | None) -> Chances:
    """A non-answer, by what was asked and the rating."""
    return in_context(SILENCE[asks_for], "open", rating)


def _bounded(rating: float | None) -> float:
    return max(-1.0, min(1.0, rating)) if rating is not None and rating == rating else 0.0
