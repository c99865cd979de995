"""What reading a comment gives."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

READER_VERSION = "rules-1"

AsksFor = Literal["faults", "praise", "open"]


class Sentiment(StrEnum):
    """What a comment says about us; `none` is said “no signal”."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    MIXED = "mixed"
    NONE = "none"
    NOT_SCORED = "not_scored"


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in one comment.

    `sentiment` knows the question and the rating, `text_sentiment` the words alone; `score` (contextual) is in -1..1,
    confidences are in 0..1; reasons are (code, confidence), most confident first.
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
