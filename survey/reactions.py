"""What follows from what: the only wiring upwards across rooms.

NOW: functions that run in the same transaction and write rows only. AFTER: job rows for the worker, who finds the
function in JOBS. SWEEPS run each time the worker wakes, jobs or not.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from survey.access.actions import audit_settings
from survey.customers import imports as people_imports
from survey.customers.events import LeaversDescribed, PersonLeft, PersonLeftAlone
from survey.departures.actions import (
    end_for_left_alone,
    fill_gaps,
    fill_worth,
    forget_exit_answer,
    note_exit_answer,
    note_exit_answer_again,
    record_departure,
    suggest_reasons,
)
from survey.departures.emails import playback
from survey.departures.jobs import end_returned
from survey.foundation.events import Later, Reaction
from survey.foundation.imports.jobs import Readers, check_imports, forget_imports, read_imports
from survey.foundation.jobs import Work
from survey.letters.actions import leave_alone
from survey.letters.jobs import Writer, forget_addresses, send_letters
from survey.organisation.events import SettingsChanged
from survey.reasons.events import TaxonomyChanged
from survey.responses import imports as response_imports
from survey.responses.actions import keep_sentiment
from survey.responses.events import (
    AnswersMixed,
    DoubtsChanged,
    ResponseCountedAgain,
    ResponseSubmitted,
    ResponseUncounted,
    ResponseWithdrawn,
)
from survey.responses.jobs import mix_answers, settle_drafts
from survey.results.actions import (
    count_doubts,
    count_reading,
    count_response,
    count_response_again,
    fold_together,
    uncount_response,
)
from survey.results.jobs import count_as_now, fold_deltas, release_results
from survey.text.actions import forget_comments, keep_comments, propose_for_taxonomy, tell_again
from survey.text.events import ResponseRead
from survey.text.jobs import (
    apply_versions,
    learn_reasons,
    notice_new_reader,
    propose_versions,
    read_responses,
    try_versions,
)

NOW: Mapping[type, Sequence[Reaction]] = {
    SettingsChanged: (audit_settings,),
    ResponseSubmitted: (keep_comments, count_response, note_exit_answer),
    ResponseRead: (keep_sentiment, count_reading, suggest_reasons),
    ResponseUncounted: (uncount_response, forget_exit_answer),
    ResponseCountedAgain: (count_response_again, note_exit_answer_again, tell_again),
    ResponseWithdrawn: (forget_comments,),
    AnswersMixed: (fold_together,),
    DoubtsChanged: (count_doubts,),
    PersonLeft: (record_departure,),
    PersonLeftAlone: (leave_alone, end_for_left_alone),
    LeaversDescribed: (fill_gaps, fill_worth),
    TaxonomyChanged: (propose_for_taxonomy,),
}

AFTER: Mapping[type, Sequence[Later]] = {
    ResponseSubmitted: (Later("read_response", lambda event: event.response_id if event.written else None),),
}

IMPORTS: Readers = {
    people_imports.ROOM: people_imports.reader_of,
    response_imports.ROOM: response_imports.reader_of,
}

JOBS: Mapping[str, Work] = {
    "check_import": partial(check_imports, IMPORTS),
    "read_import": partial(read_imports, IMPORTS),
    "read_response": read_responses,
    "learn_reasons": learn_reasons,
    "propose_version": propose_versions,
    "try_version": try_versions,
    "apply_version": apply_versions,
}

# What letters say, by their kind: asked for when they are sent.
LETTERS: Mapping[str, Writer] = {
    "playback": playback,
}

SWEEPS: Sequence[Callable[[], object]] = (
    mix_answers, count_as_now, fold_deltas, release_results, settle_drafts, notice_new_reader, forget_imports, send_letters,
    forget_addresses, end_returned,
)  # fmt: skip
