"""What the worker does about responses."""

from survey.foundation.clock import today
from survey.foundation.db import write
from survey.responses.actions import settle_old_drafts
from survey.responses.queries import has_old_drafts


def settle_drafts() -> None:
    """Close drafts that nobody can go on with any more."""
    day = today("UTC")
    while has_old_drafts(day) and write(lambda: settle_old_drafts(on=day)):
        pass
