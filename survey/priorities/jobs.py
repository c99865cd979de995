"""What the worker does for priorities."""

from flask import current_app

from survey.foundation.db import write
from survey.organisation.queries import today
from survey.priorities import actions, queries
from survey.priorities.rules import due, window

SEEN = "hearback.priorities_seen"


def raise_priorities() -> int:
    """Make priorities of what has become one; looks only where somebody left, a reason came or a day began since it looked last."""
    day = today()
    newest = day, *queries.newest_rows()
    if current_app.extensions.get(SEEN) == newest:
        return 0
    known = {theme.code: theme.settled_on for theme in queries.themes() if theme.code}
    is_due = due(queries.losses(*window(day)), known)
    raised = write(lambda: actions.raise_priorities(day)) if is_due else 0
    current_app.extensions[SEEN] = newest
    return raised
