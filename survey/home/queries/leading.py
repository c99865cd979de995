"""What the morning page tells leaders of their own part: priorities that nobody leads, their last talk, the next loss review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from survey.mirror.queries import last_talk
from survey.mirror.rules import last_talk_words, month_due, next_month
from survey.priorities.models import Theme
from survey.priorities.queries import open_themes
from survey.priorities.rules import is_neglected

LONG_AGO = 30  # days without a talk that are said in red


@dataclass(frozen=True)
class Leading:
    """What a leader answers for. `review` is the first day of the month that is to be looked at next."""

    neglected: Sequence[Theme]
    unowned: int
    mine: Sequence[Theme]
    talk: str
    is_long_ago: bool
    review: date
    is_review_due: bool


def leading(user_id: UUID, today: date) -> Leading:
    """Read a leader's part of the morning page; two queries."""
    themes, (last, is_held) = open_themes(), last_talk(user_id, month_due(today))
    month = next_month(is_held, today)
    return Leading(
        neglected=[theme for theme in themes if is_neglected(theme, today)],
        unowned=sum(not theme.is_owned for theme in themes),
        mine=[theme for theme in themes if theme.is_owned and theme.owner_id == user_id],
        talk=last_talk_words(last, today),
        is_long_ago=last is None or (today - last).days > LONG_AGO,
        review=month,
        is_review_due=not is_held,
    )
