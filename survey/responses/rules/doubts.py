"""Reasons to doubt that a person answered. A doubt refuses nothing and deletes nothing: the answer counts, and can be left out."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from survey.foundation.language import gettext as _
from survey.foundation.text import fold
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS


class Doubt(StrEnum):
    """What a machine noticed about an answer."""

    TRAP = "trap"
    FAST = "fast"
    DUPLICATE = "duplicate"


LEAST_SECONDS, LEAST_SHARE = 2.0, 0.15
PREFILLED_SECONDS = 1.0
MANY_ANSWERS = 5
LETTERS = 30  # equal words of fewer letters and digits are chance

# What a list or a page can be asked for: every answer, those that nothing is held against, those that are doubted.
WITHOUT, ONLY = "without", "only"
FLAGGED = ("", WITHOUT, ONLY)


def least_seconds(answered: Sequence[Question], prefilled: Collection[str] = ()) -> float:
    """Return how long the quickest person needs for these answers: a part of the time that the page says it takes.

    Questions that were skipped cost nothing, as one can see at a glance that one will skip them; what a link ticked
    beforehand (the score that was clicked in a mail) was answered before the page came.
    """
    here = [question for question in answered if question.key not in prefilled]
    usual = sum(KINDS[question.kind].seconds(question) for question in here)
    return max(LEAST_SECONDS if here else PREFILLED_SECONDS, LEAST_SHARE * usual)


def is_repeated(earlier: int, answered: int) -> bool:
    """Whether the very same answers came from one address too often within a short time to be chance.

    `earlier` is how often they did before. Where much was asked once is enough; that a few people in one room choose the
    same score is nothing strange.
    """
    return earlier >= (1 if answered >= MANY_ANSWERS else 3)


def fingerprint(words: str) -> int | None:
    """Return a number that equal words share, whatever their case, blanks and marks; None for words too short to tell."""
    letters = fold(words)
    if len(letters) < LETTERS:
        return None
    return int.from_bytes(hashlib.blake2b(letters.encode(), digest_size=8).digest(), signed=True)


def doubt_words(doubts: Collection[str]) -> list[tuple[str, str]]:
    """Return a label and a sentence for each of these doubts."""
    known: Mapping[str, tuple[str, str]] = {
        Doubt.TRAP: (_("Robot trap"), _("A field was filled in that people do not see.")),
        Doubt.FAST: (_("Very quick"), _("It was sent sooner than anybody can read and answer this much.")),
        Doubt.DUPLICATE: (_("Repeated"), _("The same words, or the very same answers, had come before.")),
    }
    return [known[doubt] for doubt in doubts if doubt in known]
