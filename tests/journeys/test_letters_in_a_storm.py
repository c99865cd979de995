"""Six hundred letters through an outage, twenty kills of the worker, and a mail server that refuses some and puts off others."""

import multiprocessing
import os
import random
import signal
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from bench.servers import free_port
from survey.app import create_app
from survey.config import Config
from survey.customers.actions import agree, leave_alone
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.smtp import Relay
from survey.letters.actions import Post, post_all
from survey.letters.models import Letter
from survey.letters.rules.states import State

LETTERS, KILLS, OUTAGE_SECONDS, LEFT_ALONE = 600, 20, 1.5, 10
SECONDS = 150  # the longest that all of it may take; no time is asserted, a hang is


class Server:
    """A mail server that refuses one address in twenty for good, and puts off each tenth message once or twice."""

    def __init__(self) -> None:
        self.taken: Counter[tuple[str, str]] = Counter()  # recipient, Message-ID
        self.chance, self.lock = random.Random(7), threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        if address.startswith("gone"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        with self.lock:
            if self.chance.random() < 0.1:
                return "451 4.3.0 later"
            assert len(envelope.rcpt_tos) == 1
            self.taken[envelope.rcpt_tos[0], message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"


def work(config: Config) -> None:
    """One worker's life, in a process of its own: it sends until it is killed. Waiting is shortened, nothing else is."""
    from survey.letters import actions
    from survey.letters.jobs import send_letters
    from survey.letters.rules import pace

    actions.LEASE = timedelta(seconds=1)
    pace.SHORTEST_WAIT = pace.LONGEST_WAIT = timedelta(seconds=0.2)
    actions.PER_DOMAIN = 10_000
    actions.UNREACHABLE_WAIT = timedelta(seconds=0.2)
    app = create_app(config)
    with app.app_context():
        while True:
            send_letters()
            db.session.rollback()
            time.sleep(0.05)


def _people() -> list[tuple[str, str]]:
    """Addresses with what shall become of a letter to each."""
    gone = [(f"gone{number}@example.org", "bounced") for number in range(LETTERS // 20)]
    return gone + [(f"p{number}@example.org", "sent") for number in range(LETTERS - len(gone))]


@pytest.fixture
def server():
    return Server()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_letter_arrives_or_is_seen_to_come_back_and_none_reaches_whoever_is_left_alone(app, server):
    port = free_port()
    mail = replace(app.extensions["hearback.config"], relay=Relay.read(f"smtp://127.0.0.1:{port}?tls=none"))
    silent = [f"silent{number}@example.org" for number in range(LEFT_ALONE)]

    def fill() -> None:
        for address in [*silent, *(address for address, _end in _people())]:
            somebody = agree(email=address, name="", purposes={"reply": "You may."}, now=now())
            post_all(
                [Post("answer", person=somebody, said={"subject": "Your words", "words": "Thank you."})], now=now()
            )
        for address in silent:
            leave_alone(agree(email=address, name="", purposes={}, now=now()).id, now=now())

    write(fill)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["survey.app"])
    controller = Controller(server, hostname="127.0.0.1", port=port)
    chance, until, kills = random.Random(11), time.monotonic() + SECONDS, 0
    begun = time.monotonic()
    worker = context.Process(target=work, args=(mail,), daemon=True)
    worker.start()
    is_up = False
    try:
        while _open() and time.monotonic() < until:
            if not is_up and time.monotonic() - begun > OUTAGE_SECONDS:  # nobody answers at first
                controller.start()
                is_up = True
            time.sleep(chance.uniform(0.1, 0.6) if kills < KILLS else 0.2)
            if kills < KILLS:
                os.kill(worker.pid, signal.SIGKILL)
                worker.join()
                kills += 1
                worker = context.Process(target=work, args=(mail,), daemon=True)
                worker.start()
    finally:
        worker.kill()
        worker.join()
        if is_up:
            controller.stop()

    assert kills == KILLS
    assert _states() == {("sent", None): 570, ("bounced", "refused"): 30, ("held", "do_not_contact"): LEFT_ALONE}
    arrived = Counter(address for address, _id in server.taken.elements())
    assert set(arrived) == {address for address, end in _people() if end == "sent"}
    assert sum(arrived.values()) - len(arrived) <= kills
    assert len(server.taken) == len(arrived), "a second copy has the Message-ID of the first"


def _open() -> int:
    db.session.rollback()
    waiting = Letter.state.in_((State.QUEUED, State.SENDING))
    return db.session.scalar(select(func.count()).select_from(Letter).where(waiting)) or 0


def _states():
    rows = db.session.execute(select(Letter.state, Letter.why, func.count()).group_by(Letter.state, Letter.why))
    return {(state, why): many for state, why, many in rows}
