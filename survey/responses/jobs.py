"""What the worker does about responses."""

from survey.foundation.clock import today
from survey.foundation.db import write
from survey.organisation.queries import organisation
from survey.responses.actions import settle_old_drafts, shuffle_anonymous
from survey.responses.queries import has_anonymous, has_old_drafts


def shuffle_answers() -> None:
    """Take from anonymous answers the order in which they came."""
    minimum = organisation().minimum_scores
    if has_anonymous():
        write(lambda: shuffle_anonymous(minimum=minimum))


def settle_drafts() -> None:
    """Close drafts that nobody can go on with any more."""
    day = today("UTC")
    while has_old_drafts(day) and write(lambda: settle_old_drafts(on=day)):
        pass
