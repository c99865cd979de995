"""Reads of invitations: `personal` links and whether they were used, `campaigns`, `triggers`."""

from survey.invitations.queries.campaigns import (
    CHUNK,
    OPEN_STANDINGS,
    campaign,
    campaigns_of,
    campaigns_to_look_at,
    campaigns_to_queue,
    count_audience,
    count_invited,
    count_used,
    has_open_letters,
    invitation,
    last_sent_at,
    links_of,
    numbers,
    people_after,
    posted_for,
    prospects,
    reminder_counts,
    somebody_of,
    survey_asked,
    to_be_reminded,
)
from survey.invitations.queries.personal import how_many_invited, invitation_by_token, participation, used_together
from survey.invitations.queries.triggers import asked_by, trigger, triggers_of, triggers_on

__all__ = [
    "CHUNK", "OPEN_STANDINGS", "asked_by", "campaign", "campaigns_of", "campaigns_to_look_at", "campaigns_to_queue", "count_audience", "count_invited", "count_used",
    "has_open_letters", "how_many_invited", "invitation", "invitation_by_token", "last_sent_at", "links_of", "numbers", "participation",
    "people_after", "posted_for", "prospects", "reminder_counts", "somebody_of", "survey_asked", "to_be_reminded", "trigger", "triggers_of",
    "triggers_on", "used_together",
]  # fmt: skip
