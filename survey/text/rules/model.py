"""The sentiment model: weights that a script learned (`python -m bench.train_reader`), and how they judge a comment.

Two questions are asked one after the other: does the comment take a side, and if so, which. Each is a logistic
regression over the shape of the lean and the words (TF-IDF, so that a rare word counts more than “the”).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import mul
from typing import Any, NamedTuple

from survey.text.rules.values import Chances, chances

WEIGHTS = "sentiment.json"
MOVES = 0.25  # log-odds: a word that moves a comment less far is not said to have moved it
DIGITS = 1000  # weights are stored as whole thousandths


class Term(NamedTuple):
    """What a word or pair of words weighs: how rare it is, which side it takes, whether it takes a side at all."""

    rarity: float
    side: float
    neutral: float


class Judged(NamedTuple):
    """How likely each label is, and how far the words that moved it did so, to the positive (or negative) side."""

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
        side = neutral = squares = 0.0
        pushes: list[tuple[str, float]] = []
        for name, n in found.items():
            if (term := self.terms.get(name)) is not None:
                rarity, to_side, to_neutral = term
                height = rarity if n == 1 else rarity * (1 + math.log(n))
                squares += height * height
                push = height * to_side
                side += push
                neutral += height * to_neutral
                pushes.append((name, push))
        length = math.sqrt(squares) or 1.0
        side = side / length + self.side_alone + _product(self.side, shape)
        neutral = neutral / length + self.neutral_alone + _product(self.neutral, shape)
        moved = {name: push / length for name, push in pushes if abs(push) >= MOVES * length}
        return Judged(_chances(side * self.sharpness, neutral * self.sharpness), moved)


def _product(weights: Sequence[float], values: Sequence[float]) -> float:
    return float(sum(map(mul, weights, values)))


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
