"""What reading a comment gives."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

READER_VERSION = "reader-2"

AsksFor = Literal["faults", "praise", "open"]


class Sentiment(StrEnum):
    """What a comment says about us, as it is stored and counted; `none` is said “no signal”."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    MIXED = "mixed"
    NONE = "none"
    NOT_SCORED = "not_scored"


class Verdict(StrEnum):
    """What the reader says of a comment, with its doubts: `neutral` takes no side, `none` says nothing to go by."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    MIXED = "mixed"
    UNSURE = "unsure"
    NONE = "none"


SENTIMENT_WORDS: Mapping[str | None, str] = {
    Sentiment.POSITIVE.value: "positive",
    Sentiment.NEGATIVE.value: "negative",
    Sentiment.MIXED.value: "mixed",
    Sentiment.NONE.value: "no signal",
    Sentiment.NOT_SCORED.value: "not scored",
    None: "not read yet",
}


class Chances(NamedTuple):
    """How likely a person would call a comment negative, neutral or positive; together 1."""

    negative: float
    neutral: float
    positive: float

    @property
    def polarity(self) -> float:
        """From -1 to 1."""
        return self.positive - self.negative

    @property
    def confidence(self) -> float:
        """How likely the best guess is."""
        return max(self)

    @property
    def best(self) -> Verdict:
        """The best guess."""
        if self.neutral >= max(self.negative, self.positive):
            return Verdict.NEUTRAL
        return Verdict.POSITIVE if self.positive > self.negative else Verdict.NEGATIVE


def chances(logits: Sequence[float]) -> Chances:
    """From log-odds of negative, neutral and positive, up to a common constant."""
    highest = max(logits)
    weights = [math.exp(logit - highest) for logit in logits]
    total = sum(weights)
    return Chances(*(weight / total for weight in weights))


EVEN = Chances(1 / 3, 1 / 3, 1 / 3)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in one comment.

    `sentiment` knows the question and the rating, `text_sentiment` the words alone; `score` (contextual) is in -1..1,
    confidences are in 0..1; reasons are (code, confidence), most confident first. `verdict` and `chances` say the
    same as `sentiment` with all doubts, `text_chances` those of the words alone.
    """

    language: str
    sentiment: Sentiment
    text_sentiment: Sentiment
    score: float
    confidence: float
    signal_words: tuple[str, ...]
    keywords: tuple[str, ...]
    reasons: tuple[tuple[str, float], ...]
    reader: str = READER_VERSION
    verdict: Verdict = Verdict.NONE
    chances: Chances = EVEN
    text_chances: Chances = EVEN


def stored(verdict: Verdict, found: Chances) -> Sentiment:
    """How a verdict is kept and counted: a doubtful one as its best guess, one that takes no side as no signal."""
    if verdict is Verdict.UNSURE:
        verdict = found.best
    return Sentiment.NONE if verdict is Verdict.NEUTRAL else Sentiment(verdict.value)


def together(sentiments: Iterable[str]) -> Sentiment | None:
    """What the comments of one response say together; None when there are none.

    What was said outweighs silence. Where nothing was said but something could not be read, we do not know.
    """
    said = {Sentiment(sentiment) for sentiment in sentiments}
    if Sentiment.MIXED in said or {Sentiment.POSITIVE, Sentiment.NEGATIVE} <= said:
        return Sentiment.MIXED
    order = (Sentiment.NEGATIVE, Sentiment.POSITIVE, Sentiment.NOT_SCORED, Sentiment.NONE)
    return next((sentiment for sentiment in order if sentiment in said), None)
