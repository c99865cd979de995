"""The sentiment model: weights that a script learned (`python -m bench.train_reader`), and how they judge a comment.

Two questions are asked one after the other: does the comment take a side, and if so, which. Each is a logistic
regression over the shape of the lean and the words (TF-IDF, so that a rare word counts more than “the”).
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from survey.text.rules.values import Chances, chances

WEIGHTS = "sentiment.json"
DIGITS = 1000  # weights are stored as whole thousandths


class Term(NamedTuple):
    """What a word or pair of words weighs: how rare it is, which side it takes, whether it takes a side at all."""

    rarity: float
    side: float
    neutral: float


class Judged(NamedTuple):
    """How likely each label is, and how far each word moved the comment to the positive (or negative) side."""

    chances: Chances
    moved: Mapping[str, float]


@dataclass(frozen=True)
class Model:
    """Learned weights. `side` is the log-odds of positive over negative, `neutral` those of taking no side."""

    terms: Mapping[str, Term]
    side: Sequence[float]  # of the features of SHAPE
    neutral: Sequence[float]
    side_alone: float  # what a comment of no features weighs
    neutral_alone: float
    sharpness: float  # calibration: 1 / temperature

    def judge(self, shape: Sequence[float], found: Mapping[str, int]) -> Judged:
        """Judge a comment of this shape and with these terms."""
        known = [(name, self.terms[name], n) for name, n in found.items() if name in self.terms]
        heights = [term.rarity * (1 + math.log(n) if n > 1 else 1.0) for _, term, n in known]
        length = math.sqrt(sum(height * height for height in heights)) or 1.0
        side, neutral = self.side_alone, self.neutral_alone
        moved: Counter[str] = Counter()
        for (name, term, _), height in zip(known, heights, strict=True):
            push = height / length * term.side
            side += push
            neutral += height / length * term.neutral
            moved[name] = push  # type: ignore[assignment]
        side += sum(weight * value for weight, value in zip(self.side, shape, strict=True))
        neutral += sum(weight * value for weight, value in zip(self.neutral, shape, strict=True))
        return Judged(_chances(side * self.sharpness, neutral * self.sharpness), moved)


def _chances(side: float, neutral: float) -> Chances:
    """Negative, neutral and positive from the two answers."""
    takes_side = _log_share(-neutral)
    return chances((takes_side + _log_share(-side), _log_share(neutral), takes_side + _log_share(side)))


def _log_share(logit: float) -> float:
    """The logarithm of the logistic function."""
    return -math.log1p(math.exp(-logit)) if logit > -30 else logit


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model."""
    return from_document(json.loads(files("survey.text").joinpath("data", WEIGHTS).read_text("utf-8")))


def from_document(document: Mapping[str, Any]) -> Model:
    """A model from what the training script wrote."""
    return Model(
        terms={name: Term(*(value / DIGITS for value in values)) for name, values in document["terms"].items()},
        side=document["side"],
        neutral=document["neutral"],
        side_alone=document["side_alone"],
        neutral_alone=document["neutral_alone"],
        sharpness=document["sharpness"],
    )
