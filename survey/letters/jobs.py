"""The worker's part: letters go out one by one, each asked for in the moment in which it may go."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from flask import current_app

from survey.foundation.clock import now
from survey.foundation.db import db, note_job, write
from survey.foundation.language import speaking
from survey.foundation.mailboxes import fetch
from survey.foundation.smtp import Bounced, Later, Message, Unreachable, folder
from survey.letters import actions
from survey.letters.actions import Outcome, Rests, Taken
from survey.letters.bounces import take_messages
from survey.letters.envelopes import message_of
from survey.letters.queries import MINUTE
from survey.letters.rules.paper import Paper
from survey.letters.rules.states import State, Why

SECONDS = 20.0  # of one round; other work of the worker waits meanwhile
Writer = Callable[[Taken], Paper | Why]

log = structlog.get_logger()


@dataclass
class Round:
    """One round of sending: until when it lasts, and which domains rest."""

    until: float
    resting: dict[str, datetime] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether others shall have their turn."""
        return time.monotonic() > self.until

    def rest(self, domain: str | None) -> None:
        """Leave a domain alone for a minute."""
        if domain:
            self.resting[domain] = now() + MINUTE

    def domains(self) -> list[str]:
        """The domains that rest now."""
        moment = now()
        return [domain for domain, until in self.resting.items() if until > moment]


def send_letters() -> int:
    """Send what is due, for at most some seconds; returns how many letters the mail server took."""
    ground, sent = Round(time.monotonic() + SECONDS), 0
    taken = _next(ground, None)
    if taken is None:
        return 0
    with current_app.extensions["hearback.post"].open() as connection:
        while taken is not None:
            outcome = _send(taken, connection.send)
            sent += outcome.state == State.SENT
            if ground.is_over or outcome.why == Why.UNREACHABLE:
                _stop_with(outcome)
                break
            taken = _next(ground, outcome)
    return sent


def _stop_with(outcome: Outcome) -> None:
    """Settle the last letter of a round, and ask for another round unless nobody is there to take letters."""

    def work() -> None:
        actions.settle(outcome, now=now())
        if outcome.why != Why.UNREACHABLE:
            note_job()

    write(work)


def _next(ground: Round, before: Outcome | None) -> Taken | None:
    """Settle the letter before and take the next one, in one transaction; None where none is due."""
    outcome = before
    while True:
        found = write(lambda: _settle_and_take(outcome, ground))  # noqa: B023 - called at once
        if not isinstance(found, Rests):
            return found
        outcome = None
        ground.rest(found.domain)
        if ground.is_over:
            return None


def _settle_and_take(outcome: Outcome | None, ground: Round) -> Taken | Rests | None:
    if outcome is not None:
        actions.settle(outcome, now=now())
    return actions.take(without_domains=ground.domains(), now=now())


def _send(taken: Taken, send: Callable[[Message], str]) -> Outcome:
    """Write a letter and hand it over; return what became of it."""
    try:
        written = _written(taken)
        if isinstance(written, Why):
            return Outcome(taken.id, State.HELD, written)
        words = send(written)
    except Bounced as refused:
        return Outcome(taken.id, State.BOUNCED, Why.REFUSED, str(refused), is_of_address=refused.is_of_address)
    except Later as later:
        return Outcome(taken.id, State.QUEUED, Why.LATER, str(later))
    except Unreachable as error:
        log.warning("mail server not reached", error=str(error))
        return Outcome(taken.id, State.QUEUED, Why.UNREACHABLE, str(error))
    except Exception as error:  # a letter that cannot be written holds up no other one, and is not lost
        log.exception("letter not written", letter=str(taken.id), kind=taken.kind)
        return Outcome(taken.id, State.QUEUED, Why.UNWRITABLE, repr(error))
    return Outcome(taken.id, State.SENT, None, words)


def _written(taken: Taken) -> Message | Why:
    """What the room that posted the letter says in it, printed; or why it has nothing to say any more."""
    writers: Mapping[str, Writer] = current_app.extensions["hearback.letters"]
    db.session.rollback()  # what was written a moment ago shall be seen
    with speaking(taken.language):
        paper = writers[taken.kind](taken)
        return paper if isinstance(paper, Why) else message_of(taken, paper)


def forget_addresses() -> None:
    """Forget the addresses of letters that ended a month ago, and the files of letters that were never sent by mail."""
    write(lambda: actions.forget_addresses(now=now()))
    folder(current_app.extensions["hearback.config"]).purge()


LOOK_EVERY = timedelta(minutes=5)
LAST_LOOK = "hearback.last_look_for_bounces"


def fetch_bounces() -> None:
    """Look every few minutes into the mailbox for bounces, where one is set, and write down which letters came back."""
    config, moment = current_app.extensions["hearback.config"], now()
    last = current_app.extensions.get(LAST_LOOK)
    if config.inbox is None or (last is not None and moment - last < LOOK_EVERY):
        return
    current_app.extensions[LAST_LOOK] = moment
    try:
        found = take_messages(fetch(config.inbox))
    except Unreachable as error:
        log.warning("mailbox for bounces not reached", error=str(error))
        return
    if found:
        log.info("bounces read", **{kind.name.lower(): many for kind, many in found.items()})
