"""Fifty thousand invitations: how long they take into the outbox and out of it, how much memory, and nobody twice.

`make bench-letters [PEOPLE=50000]`. The worker's own functions are run in this process: half of the campaign is queued, it is
stopped, goes on, and some of its letters are sent to a mail server on this machine that takes everything. Absolute figures mean
nothing elsewhere; what does is memory beside that for a tenth of the people, and a letter beside a bare one by the same library.
"""

import argparse
import resource
import smtplib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from typing import cast
from uuid import UUID

from aiosmtpd.controller import Controller
from sqlalchemy import Table, func, insert, select

from bench.databases import POSTGRESQL, SQLITE, inside, is_reachable, new_place
from bench.instances import SLUG
from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import db, new_id, write
from survey.foundation.smtp import Relay, make_post
from survey.invitations import actions
from survey.invitations.actions import Plan
from survey.invitations.rules import Audience
from survey.letters.jobs import send_letters
from survey.letters.models import Letter
from survey.letters.queries import letters
from survey.letters.rules.pace import Hours
from survey.questionnaires.queries import survey_by_slug

PEOPLE, SENT, STEP = 50_000, 2_000, 5_000
DOMAINS = 50  # so that none has to rest
ROOM = 30  # megabytes that ten times as many people may take more


@dataclass(frozen=True)
class Measured:
    """One campaign: seconds to queue it, megabytes at the most above the start, letters and recipients, milliseconds a letter."""

    seconds: float
    memory: float
    letters: int
    recipients: int
    page: float
    each: float


def measure(kind: str, people: int) -> Measured:
    """Queue a campaign for so many people on a database of a kind, stop it half-way, let it go on, and send some of it."""
    with new_place(kind) as place, inside(place) as app:
        for start in range(0, people, STEP):
            write(lambda start=start: _people(start, min(STEP, people - start)))  # type: ignore[misc]
        links = app.extensions["hearback.links"]
        id = write(
            lambda: actions.plan_campaign(
                _survey_id(), Plan("Bench", Audience("everybody"), hours=Hours()), by=None, now=now()
            )
        ).id
        write(lambda: actions.start(id, now=now()))
        step: Callable[[], bool] = lambda: write(lambda: actions.queue_some(id, links=links, now=now()))  # noqa: E731
        most = before = _resident()
        begun = time.perf_counter()
        for _chunk in range(people // 1000):
            step()
        write(lambda: actions.stop(id, now=now()))
        assert not step(), "nothing is queued while it is stopped"
        write(lambda: actions.go_on(id))
        while step():
            most = max(most, _resident())
        seconds, memory = time.perf_counter() - begun, most - before
        many, recipients = _counts(id)
        page = _milliseconds(lambda: letters(mailing_id=id, state="queued"))
        return Measured(seconds, memory, many, recipients, page, _send(app.extensions, min(SENT, people)))


def _people(start: int, many: int) -> None:
    table = cast(Table, Person.__table__)
    rows = [
        {"id": new_id(), "name": "", "email": f"p{n}@d{n % DOMAINS}.example", "segments": {}, "source": "import", "created_at": now()}
        for n in range(start, start + many)
    ]  # fmt: skip
    db.session.execute(insert(table), rows)


def _resident() -> float:
    """The memory that this process has now, in megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _survey_id() -> UUID:
    found = survey_by_slug(SLUG)
    assert found is not None
    return found.id


def _counts(campaign_id: UUID) -> tuple[int, int]:
    db.session.rollback()
    mine = select(func.count(), func.count(Letter.address_hash.distinct())).where(Letter.mailing_id == campaign_id)
    row = db.session.execute(mine).one()
    return row[0], row[1]


def _milliseconds(work: Callable[[], object], times: int = 20) -> float:
    begun = time.perf_counter()
    for _each in range(times):
        work()
    return (time.perf_counter() - begun) / times * 1000


class _Sink:
    def __init__(self, enough: int) -> None:
        self.taken, self.enough, self.is_done = 0, enough, threading.Event()

    async def handle_DATA(self, _server: object, _session: object, _envelope: object) -> str:  # noqa: N802
        self.taken += 1
        if self.taken >= self.enough:
            self.is_done.set()
        return "250 ok"


def _send(extensions: dict[str, object], many: int) -> float:
    """How long a letter takes, in milliseconds: asked for, written, printed, handed over and settled."""
    sink, port = _Sink(many), _free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    config = replace(extensions["hearback.config"], relay=Relay.read(f"smtp://127.0.0.1:{port}?tls=none"))  # type: ignore[type-var]
    extensions["hearback.post"] = make_post(config)  # type: ignore[arg-type]
    begun = time.perf_counter()
    try:
        while not sink.is_done.is_set():
            if not send_letters():
                raise SystemExit("no letter went out: is it night where the recipients are?")
            db.session.rollback()
        return (time.perf_counter() - begun) / sink.taken * 1000
    finally:
        server.stop()


def bare(many: int) -> float:
    """How long a bare letter takes over one connection, in milliseconds."""
    sink, port = _Sink(many), _free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Hello"
    message.set_content("Hello " * 500)
    begun = time.perf_counter()
    try:
        with smtplib.SMTP("127.0.0.1", port) as connection:
            for _each in range(many):
                connection.send_message(message)
        return (time.perf_counter() - begun) / many * 1000
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Measure and print; exits with 1 where somebody would get two letters, or memory grows with the people."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    people = parser.parse_args().people
    plain, wrong = bare(SENT), []
    for kind in (SQLITE, *([POSTGRESQL] if is_reachable() else [])):
        small, large = measure(kind, people // 10), measure(kind, people)
        print(
            f"{kind:<11} {people:,} people: queued in {large.seconds:.1f} s ({people / large.seconds:,.0f} a second), "
            f"{large.memory:+.1f} MB at most ({small.memory:+.1f} MB for a tenth), "
            f"{large.letters:,} letters to {large.recipients:,} recipients; a page of the outbox {large.page:.1f} ms "
            f"({large.page / small.page:.2f} of that for a tenth); a letter {large.each:.2f} ms, {large.each / plain:.1f} times a bare one"
        )
        if (large.letters, large.recipients) != (people, people):
            wrong.append(f"{kind}: {large.letters} letters to {large.recipients} recipients")
        if large.memory > small.memory + ROOM:
            wrong.append(f"{kind}: memory grows with the people")
    print(f"Most memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if wrong:
        raise SystemExit("; ".join(wrong))


if __name__ == "__main__":
    main()
