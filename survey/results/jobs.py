"""What the worker does for results."""

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.organisation.queries import today
from survey.questionnaires.models import Survey
from survey.responses.rules import Privacy
from survey.results.actions import fold, rebuild
from survey.results.queries import counted_as_before
from survey.results.queries.sharing import group_of, releasable, shared_surveys, sharing_of
from survey.results.rules.releases import moved_on
from survey.results.sharing import release


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


def release_results() -> int:
    """Release what whole groups have answered of surveys that are shared; return of how many surveys there was something.

    The look costs as much as a page of results for each of them and locks nothing; most times there is nothing to write.
    """
    due = [survey.id for survey in shared_surveys(now=now()) if _is_due(survey)]
    return sum(write(lambda id=id: release(id, on=today())) for id in due)  # type: ignore[misc]


def _is_due(survey: Survey) -> bool:
    sharing = sharing_of(survey.id)
    if survey.privacy == Privacy.ANONYMOUS and sharing.released_on == today():
        return False  # what came since is of this day, and waits for its end
    return moved_on(sharing.released, releasable(survey), group_of(sharing)) != sharing.released
