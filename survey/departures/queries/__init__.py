"""Reads about people who left.

`filters.lost_within` is the one filter behind every count and its list: people whom we know, each once, by their last departure in
the period. `reason` is a key of `rules.key_of`, a key of `filters.GAVE`, or SAID with words.
"""

from survey.departures.queries.answers import (
    answers_of,
    comments_of,
    count_unmatched,
    departures_of,
    stated_in,
    unmatched,
)
from survey.departures.queries.lost import (
    count_each,
    count_lost,
    count_valued,
    has_coded,
    lost_people,
    newest_words,
    reason_rows,
    reasons_as_people,
    stated_words,
    told_why,
    value_lost,
    worth_most,
)
from survey.departures.queries.months import Course, course, first_loss, monthly_losses

__all__ = [
    "Course", "answers_of", "comments_of", "count_each", "count_lost", "count_unmatched", "count_valued", "course",
    "departures_of", "first_loss", "has_coded", "lost_people", "monthly_losses", "newest_words", "reason_rows", "reasons_as_people", "stated_in", "stated_words",
    "told_why", "unmatched", "value_lost", "worth_most",
]  # fmt: skip
