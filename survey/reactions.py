"""What follows from what: the only wiring upwards across rooms.

NOW: functions that run in the same transaction and write rows only. AFTER: job rows for the worker, who finds the
function in JOBS. SWEEPS run each time the worker wakes, jobs or not.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from survey.access.actions import audit_settings
from survey.access.events import LinkMade
from survey.customers import imports as people_imports
from survey.customers.events import LeaversDescribed, PersonLeft, PersonLeftAlone, StayBegan
from survey.departures.actions import (
    fill_gaps,
    forget_exit_answer,
    note_exit_answer,
    note_exit_answer_again,
    record_departure,
    suggest_reasons,
)
from survey.foundation.events import Later, Reaction
from survey.foundation.imports.events import ImportFinished
from survey.foundation.imports.jobs import Readers, check_imports, forget_imports, read_imports
from survey.foundation.jobs import Work
from survey.invitations import emails as invitation_letters
from survey.invitations.events import CampaignFinished
from survey.invitations.jobs import ask_leaver, ask_newcomer, look_after_campaigns, queue_campaigns
from survey.letters import emails as letters_emails
from survey.letters.actions import leave_alone, post_link
from survey.letters.jobs import Writer, fetch_bounces, forget_addresses, send_letters
from survey.notices.actions import tell_of_assignment, tell_of_campaign, tell_of_import
from survey.notices.emails import notices as notices_letter
from survey.notices.emails import weekly as weekly_letter
from survey.notices.jobs import forget_notices, post_notices, post_weekly, tell_of_answers, tell_of_leavers
from survey.notices.rules.low import worth_a_notice
from survey.organisation.events import SettingsChanged
from survey.reasons.events import TaxonomyChanged
from survey.responses import emails as responses_emails
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
from survey.text.events import CommentAssigned, ResponseRead
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
    PersonLeft: (record_departure, ask_leaver),
    StayBegan: (ask_newcomer,),
    PersonLeftAlone: (leave_alone,),
    LinkMade: (post_link,),
    LeaversDescribed: (fill_gaps,),
    TaxonomyChanged: (propose_for_taxonomy,),
    CommentAssigned: (tell_of_assignment,),
    CampaignFinished: (tell_of_campaign,),
    ImportFinished: (tell_of_import,),
}

AFTER: Mapping[type, Sequence[Later]] = {
    ResponseSubmitted: (
        Later("read_response", lambda event: event.response_id if event.written else None),
        Later("tell_of_answer", worth_a_notice),
    ),
    PersonLeft: (Later("tell_of_leaver", lambda event: event.lifetime_id if event.source == "staff" else None),),
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
    "tell_of_answer": tell_of_answers,
    "tell_of_leaver": tell_of_leavers,
}

# What letters say, by their kind: asked for when they are sent.
LETTERS: Mapping[str, Writer] = {
    "invitation": invitation_letters.invitation,
    "reminder": invitation_letters.reminder,
    "trial": invitation_letters.trial,
    "join": letters_emails.join,
    "password": letters_emails.password,
    "choices": letters_emails.choices,
    "own_link": responses_emails.own_link,
    "answer": letters_emails.by_hand,
    "told_back": letters_emails.by_hand,
    "come_back": letters_emails.by_hand,
    "win_back": letters_emails.by_hand,
    "notices": notices_letter,
    "weekly": weekly_letter,
}

SWEEPS: Sequence[Callable[[], object]] = (
    mix_answers, count_as_now, fold_deltas, release_results, settle_drafts, notice_new_reader, forget_imports,
    queue_campaigns, look_after_campaigns, fetch_bounces, post_notices, post_weekly,
    forget_notices, send_letters, forget_addresses,
)  # fmt: skip
