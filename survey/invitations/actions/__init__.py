"""Writes of invitations: `personal` links, `campaigns`, `triggers`."""

from survey.invitations.actions.campaigns import (
    Plan,
    change_plan,
    delete_plan,
    end,
    go_on,
    keep_list,
    look_after,
    plan_campaign,
    queue_some,
    start,
    stop,
)
from survey.invitations.actions.personal import Participants, invite, renew, use, use_together
from survey.invitations.actions.triggers import add_trigger, ask_leaver, ask_newcomer, happened, switch

__all__ = [
    "Participants", "Plan", "add_trigger", "ask_leaver", "ask_newcomer", "change_plan", "delete_plan", "end", "go_on",
    "happened", "invite", "keep_list", "look_after", "plan_campaign", "queue_some", "renew", "start", "stop", "switch", "use", "use_together",
]  # fmt: skip
