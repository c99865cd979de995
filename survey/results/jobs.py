"""What the worker does for results."""

from survey.foundation.db import write
from survey.results.actions import fold


def fold_deltas() -> int:
    """Fold all waiting deltas into the rollup, some at a time so that answers can come in between; return how many."""
    done = 0
    while folded := write(fold):
        done += folded
    return done
