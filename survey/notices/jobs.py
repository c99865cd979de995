"""What the worker does for notices: it tells of answers and leavers, posts letters to staff, and forgets what is old."""

from collections.abc import Sequence
from uuid import UUID

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.notices import actions, queries
from survey.notices.rules.times import monday_of_letter
from survey.organisation.queries import organisation


def tell_of_answers(response_ids: Sequence[UUID]) -> None:
    """Tell staff of low scores and exit answers, of some hundred at once."""
    write(lambda: actions.tell_of_answers(response_ids, now=now()))


def tell_of_leavers(lifetime_ids: Sequence[UUID]) -> None:
    """Tell staff of people who were marked as left."""
    write(lambda: actions.tell_of_leavers(lifetime_ids, now=now()))


def post_notices() -> int:
    """Post the letters with notices that are due; returns how many. Most times nothing is, and nothing is written."""
    due = queries.due(now=now())
    return sum(write(lambda to=to, how=how: actions.mail(to, how, now=now())) is not None for to, how in due)  # type: ignore[misc]


def post_weekly() -> int:
    """Post the weekly letters, on Mondays from seven o'clock on; returns how many."""
    monday = monday_of_letter(organisation().time_zone, now=now())
    if monday is None or not queries.readers_of_weekly(monday):
        return 0
    return write(lambda: actions.post_weekly(monday, now=now()))


def forget_notices() -> None:
    """Delete notices that are half a year old."""
    if queries.has_old(before=now() - actions.KEPT):
        write(lambda: actions.forget_old(now=now()))
