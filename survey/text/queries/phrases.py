"""Reads about phrases: how many comments have them."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.text.queries.comments import newest_texts
from survey.text.rules.tagging import has_phrase

LOOKED_THROUGH = 20_000
SHOWN = 6


@dataclass(frozen=True)
class Match:
    """How many of the newest comments have phrases: now and with others instead; some that would be new, some that would go."""

    looked_through: int
    now: int
    then: int
    new: Sequence[str]
    gone: Sequence[str]


def would_match(before: Sequence[str], after: Sequence[str]) -> Match:
    """What other phrases would match in the newest comments of identified surveys."""
    texts = [text for _id, text, _is_own in newest_texts(LOOKED_THROUGH)]
    old, new = ({text for text in texts if has_phrase(text, tuple(phrases))} for phrases in (before, after))
    return Match(
        looked_through=len(texts),
        now=sum(text in old for text in texts),
        then=sum(text in new for text in texts),
        new=[text for text in dict.fromkeys(texts) if text in new - old][:SHOWN],
        gone=[text for text in dict.fromkeys(texts) if text in old - new][:SHOWN],
    )
