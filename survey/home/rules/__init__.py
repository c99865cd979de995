"""What home decides by itself: `figures` how a number is shown and the words it asks for consent with; of the page of reasons `why`
both sides, `experience` whether it is our service, `heard` who was heard."""

from survey.home.rules.figures import (
    ASKED,
    CHANGES_SHOWN,
    EXPLAINED,
    UPDATES,
    WORDS_AGREED,
    WORDS_ASKED,
    Figure,
    figure,
    first_of,
    may_tell,
    reasons_for_groups,
    says_thanks,
    sentence_for_groups,
)

__all__ = [
    "ASKED", "CHANGES_SHOWN", "EXPLAINED", "UPDATES", "WORDS_AGREED", "WORDS_ASKED", "Figure", "figure", "first_of", "may_tell",
    "reasons_for_groups", "says_thanks", "sentence_for_groups",
]  # fmt: skip
