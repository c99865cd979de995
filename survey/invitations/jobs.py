"""The worker's part: campaigns into the outbox, reminders, and what events of other rooms ask for."""

import time

from flask import current_app

from survey.customers.events import PersonLeft, StayBegan
from survey.foundation.clock import now
from survey.foundation.db import note_job, write
from survey.invitations import actions, queries
from survey.letters.rules.links import Links

SECONDS = 20.0  # of one round; other work of the worker waits meanwhile


def _links() -> Links:
    made: Links = current_app.extensions["hearback.links"]
    return made


def queue_campaigns() -> None:
    """Put the letters of campaigns into the outbox, some hundred in each transaction, for at most some seconds.

    It goes on where it was: a worker that dies leaves the last whole transaction behind.
    """
    links, until = _links(), time.monotonic() + SECONDS
    for campaign_id in queries.campaigns_to_queue():
        while write(lambda: actions.queue_some(campaign_id, links=links, now=now())):  # noqa: B023 - called at once
            if time.monotonic() > until:
                write(note_job)
                return


def look_after_campaigns() -> None:
    """Remind whoever has not answered, and note which campaigns are over."""
    for id in [campaign.id for campaign in queries.campaigns_to_look_at(now=now())]:
        write(lambda id=id: actions.look_after(id, now=now()))  # type: ignore[misc]


def ask_leaver(event: PersonLeft) -> None:
    """Ask somebody who left, where a survey waits for that."""
    actions.ask_leaver(event, links=_links())


def ask_newcomer(event: StayBegan) -> None:
    """Ask somebody who became a customer or came back, where a survey waits for that."""
    actions.ask_newcomer(event, links=_links())
