"""What the worker does for results."""

from survey.foundation.db import write
from survey.results.actions import fold, rebuild
from survey.results.queries import counted_as_before


def fold_deltas() -> int:
    """Fold all waiting deltas into the rollup, some at a time so that answers can come in between; return how many."""
    done = 0
    while folded := write(fold):
        done += folded
    return done


def count_as_now() -> int:
    """Count the surveys anew that an older release counted, before anything is added to its counts; return how many."""
    old = counted_as_before()
    for survey_id in old:
        write(lambda id=survey_id: rebuild(id))  # type: ignore[misc]
    return len(old)
