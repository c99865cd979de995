"""Kill every process again and again while people answer, then count: `make check-crash`.

Clients fetch forms and send answers; whoever gets no receipt sends the same form again, as a browser does. Meanwhile the
web server, its workers and the worker of jobs are killed (kill -9) at random and started anew. Afterwards every answer that
was acknowledged must be stored once, and the counts must be what a recount says. Exits with 1 where anything differs.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select, update

from bench import load
from bench.databases import POSTGRESQL, SERVER, SQLITE, inside, is_reachable, new_place
from bench.instances import PATH, SLUG
from bench.servers import START_SECONDS, free_port, product_command
from survey.config import ROOT
from survey.foundation.db import db, write
from survey.foundation.jobs import Job
from survey.questionnaires.queries import survey_by_slug
from survey.responses.models import Response
from survey.results.queries import counts, differences, recount
from survey.results.rules.tally import responses_in
from survey.text.models import Comment

LIVES = (0.2, 0.9)  # seconds between two kills while answers come in
PATIENCE = 0.05  # seconds before whoever got no receipt tries again


class House:
    """The product's processes: web server (with its workers) and worker of jobs, each the head of a group of its own."""

    def __init__(self, environ: Mapping[str, str], port: int) -> None:
        instance = Path(environ["INSTANCE_PATH"])
        worker = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
        self.environ, self.port, self.log = dict(environ), port, instance / "house.log"
        self.commands = (worker, product_command(instance, port))
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start both; returns when the web server answers."""
        with self.log.open("ab") as log:
            self.processes = [
                subprocess.Popen(command, cwd=ROOT, env=self.environ, start_new_session=True, stdout=log, stderr=log)
                for command in self.commands
            ]
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > until:
                raise SystemExit(f"The server did not start:\n{self.log.read_text(errors='replace')[-1500:]}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            connection = load.Connection(self.port, timeout=5)
        except OSError:
            return False
        try:
            return connection.get("/healthz").status == 200
        except (OSError, ValueError):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """Kill every process at once, wherever it is."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self.processes:
            process.wait()
        self.processes = []


@dataclass
class Outcome:
    """What clients were told: for each receipt the grade that was sent with it."""

    kills: int = 0
    retries: int = 0
    receipts: dict[UUID, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def survive(house: House, *, submissions: int, connections: int, chance: random.Random, pause: float = 0.0) -> Outcome:
    """Send so many answers, each until there is a receipt, while the house is killed again and again; it ends down."""
    outcome, done = Outcome(), threading.Event()
    house.start()
    killing = threading.Thread(target=_kill_at_random, args=(house, chance, done, outcome))
    waiting = [random.Random(chance.random()) for _ in range(submissions)]
    clients = [
        threading.Thread(target=_answer, args=(house.port, waiting, pause, outcome), daemon=True)
        for _ in range(connections)
    ]
    for thread in (killing, *clients):
        thread.start()
    try:
        for thread in clients:
            thread.join()
    finally:  # also where somebody loses patience: nothing is left running
        done.set()
        killing.join()
    return outcome


def _kill_at_random(house: House, chance: random.Random, done: threading.Event, outcome: Outcome) -> None:
    try:
        while not done.wait(chance.uniform(*LIVES)):
            before = len(outcome.receipts)
            house.kill()
            outcome.kills += 1
            house.start()
            while len(outcome.receipts) == before and not done.wait(0.01):
                pass  # a slow machine must get somewhere in each life, or this would never end
    except SystemExit as failure:
        outcome.broken.append(str(failure))
    house.kill()
    outcome.kills += 1


def _answer(port: int, waiting: list[random.Random], pause: float, outcome: Outcome) -> None:
    """Fill in one form after the other."""
    client = _Client(port, outcome)
    while waiting and not outcome.broken:
        try:
            chance = waiting.pop()
        except IndexError:
            break
        form = client.insist(lambda connection: connection.get(PATH), 200)
        grade = chance.randrange(11)
        body = load.filled_in(form.body, chance, nps=grade)
        time.sleep(pause)
        receipt = client.insist(lambda connection, body=body: connection.post(PATH, body), 303)
        outcome.receipts[UUID(receipt.header("location").rpartition("/")[2])] = grade
    client.hang_up()


class _Client:
    """Somebody who sends the same again until it is answered."""

    def __init__(self, port: int, outcome: Outcome) -> None:
        self.port, self.outcome = port, outcome
        self.connection: load.Connection | None = None

    def insist(self, request: load.Request, wanted: int) -> load.Reply:
        while not self.outcome.broken:
            try:
                self.connection = self.connection or load.Connection(self.port)
                reply = request(self.connection)
            except (OSError, ValueError):
                self.hang_up()
            else:
                if reply.status == wanted:
                    return reply
                if reply.status != 503:
                    self.outcome.broken.append(f"{reply.status} instead of {wanted}: {reply.body[-500:]!r}")
                    break
            self.outcome.retries += 1
            time.sleep(PATIENCE)
        raise SystemExit(1)  # of this client's thread

    def hang_up(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None


# ---- what is there afterwards ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Books:
    """What was promised, what is there, and what the counts say; `differing` are cells that a recount does not confirm."""

    acknowledged: int
    stored: int
    rollup: int
    recount: int
    lost: int
    doubled: int
    changed: int
    differing: int

    @property
    def agree(self) -> bool:
        """Whether nothing is lost, doubled or counted wrongly."""
        same = self.acknowledged == self.stored == self.rollup == self.recount
        return same and not (self.lost or self.doubled or self.changed or self.differing)


def books(receipts: Mapping[UUID, int]) -> Books:
    """Compare what clients were told with what the database of the present app holds."""
    survey = survey_by_slug(SLUG)
    assert survey is not None
    rows = db.session.execute(select(Response.form_id, Response.score).where(Response.survey_id == survey.id)).all()
    stored = {row.form_id: row.score for row in rows}
    comments = select(func.count() - func.count(func.distinct(Comment.response_id))).select_from(Comment)
    everybody = sum(n for (segment, _value, _month, question, value), n in recount(survey.id).items()
                    if segment == question == value == "")  # fmt: skip
    return Books(
        acknowledged=len(receipts),
        stored=len(rows),
        rollup=responses_in(counts(survey.id)),
        recount=everybody,
        lost=len(receipts.keys() - stored.keys()),
        doubled=len(rows) - len(stored) + (db.session.scalar(comments) or 0),
        changed=sum(stored.get(form_id, grade) != grade for form_id, grade in receipts.items()),
        differing=len(differences(survey.id)),
    )


def work_off(app: object) -> int:
    """Do what the killed workers left, as if their leases had ended; return how many comments are unread then."""
    write(lambda: db.session.execute(update(Job).values(lease_until=None)))
    app.extensions["hearback.work_off"]()  # type: ignore[attr-defined]
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Comment).where(Comment.sentiment.is_(None))) or 0


# ---- the report -----------------------------------------------------------------------------------------------------

COLUMNS = ("submissions", "kills", "retries", "acknowledged", "stored", "rollup", "recount", "lost", "doubled")


def check(kind: str, *, submissions: int, connections: int, seed: int) -> bool:
    """Kill and count on one kind of database, print a line of the table, and return whether all agrees."""
    with new_place(kind) as place:
        port = free_port()
        house = House(place.environ(port), port)
        outcome = survive(house, submissions=submissions, connections=connections, chance=random.Random(seed))
        with inside(place) as app:
            before = books(outcome.receipts)
            unread = work_off(app)
            after = books(outcome.receipts)
    values = (submissions, outcome.kills, outcome.retries, *(getattr(before, name) for name in COLUMNS[3:]))
    print(f"{kind:<12}" + "".join(f"{value:>14,}" for value in values), flush=True)
    for words in [*outcome.broken, *_wrong(before, after, unread, submissions)]:
        print(f"{'':<12}  {words}", flush=True)
    return not outcome.broken and not _wrong(before, after, unread, submissions)


def _wrong(before: Books, after: Books, unread: int, submissions: int) -> list[str]:
    wrong = []
    if before.acknowledged != submissions:
        wrong.append(f"{submissions - before.acknowledged} answers got no receipt")
    if not before.agree:
        wrong.append(f"after the kills: {before}")
    if not after.agree:
        wrong.append(f"after the work that was left: {after}")
    if unread:
        wrong.append(f"{unread} comments were never read")
    return wrong


def main() -> None:
    """Check both databases; say so where there is only one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--submissions", type=int, default=3000)
    options.add_argument("--connections", type=int, default=8)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = options.parse_args()
    print(f"kill -9 of every process {LIVES[0]} to {LIVES[1]} seconds after each start; seed {chosen.seed}\n")
    print(f"{'':<12}" + "".join(f"{name:>14}" for name in COLUMNS), flush=True)
    kinds = [SQLITE, POSTGRESQL] if is_reachable() else [SQLITE]
    fine = [check(kind, **vars(chosen)) for kind in kinds]
    if POSTGRESQL not in kinds:
        print(f"{POSTGRESQL:<12}  not checked: there is no server at {SERVER} (set TEST_DATABASE_URL)")
    if not all(fine):
        raise SystemExit("NOT EQUAL: see above")
    print("\nEqual: what was acknowledged is stored once, and the counts are what a recount says.")


if __name__ == "__main__":
    main()
