"""What the worker does for priorities."""

from survey.foundation.db import write
from survey.organisation.queries import today
from survey.priorities import actions, queries
from survey.priorities.rules import due, window


def raise_priorities() -> int:
    """Make priorities of what has become one; most times there is nothing to write, and nothing is locked to see that."""
    day = today()
    known = {theme.code: theme.settled_on for theme in queries.themes() if theme.code}
    if not due(queries.losses(*window(day)), known):
        return 0
    return write(lambda: actions.raise_priorities(day))
