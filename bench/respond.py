"""The respond path beside bare baselines on the same server, in interleaved rounds of one run: `make bench`.

Every customer gets the form and sends an answer; every answer is acknowledged only when it is durable. Prints one table of
ratios with their gates and targets. Absolute figures are printed below it to see that nothing odd happened; they mean
nothing elsewhere.
"""

import argparse
import gzip
import os
import random
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import load
from bench.bare import STORES
from bench.databases import POSTGRESQL, SERVER, SQLITE, Place, is_reachable, new_place
from bench.instances import PATH, flask, must, python
from bench.servers import Server, free_port, product_command, running
from bench.weight import weigh

PRODUCT, ELSEWHERE = "hearback", "on postgresql"
ASSET = re.compile(rb"<(?:link|script|img)\b[^>]*\b(?:href|src)=\"([^\"]+)\"[^>]*>")
FETCHED = re.compile(rb"stylesheet|<script|<img")


@dataclass(frozen=True)
class Round:
    """What one server did in one round: CPU microseconds a request, seconds for all, and how long the slowest took."""

    get_cpu: float
    post_cpu: float
    post_rate: float
    p99: float
    rate: float  # submissions a second: the form and the answer

    @property
    def cpu(self) -> float:
        """CPU microseconds a submission: the form and the answer."""
        return self.get_cpu + self.post_cpu


Rounds = Sequence[Round]
Measured = dict[str, list[Round]]
Together = Mapping[str, Round]  # what every server did in the same round


@dataclass(frozen=True)
class Goal:
    """One line of the table: its number in the list of goals, what is measured, in which unit, and what it should be."""

    number: int
    words: str
    unit: str
    gate: float
    target: float
    more_is_better: bool = False
    ratio: Callable[[Together], float] | None = None  # of each round; None where it is measured once

    def verdict(self, value: float) -> str:
        """Say whether a value is where it should be."""
        reached = (lambda limit: value >= limit) if self.more_is_better else (lambda limit: value <= limit)
        return "on target" if reached(self.target) else "within the gate" if reached(self.gate) else "MISSES THE GATE"

    def line(self, values: Sequence[float]) -> str:
        """Return the line of the table for what was measured; the median counts."""
        sign = ">=" if self.more_is_better else "<="
        value, digits = median(values), 2 if self.unit == "x" else 1 if self.unit == " kB" else 0
        spread = f"{min(values):.{digits}f} - {max(values):.{digits}f}" if len(values) > 1 else ""
        limits = "".join(f"{f'{sign}{limit:g}{self.unit}':>10}" for limit in (self.gate, self.target))
        return f"{self._begins()}{f'{value:.{digits}f}{self.unit}':>10}{spread:>15}{limits}  {self.verdict(value)}"

    def skipped(self, why: str) -> str:
        """Return the line where it could not be measured."""
        return f"{self._begins()}  not measured: {why}"

    def _begins(self) -> str:
        return f"{self.number:>3}  {self.words:<46}"


CPU = Goal(2, "CPU a submission / floor", "x", 3, 2, ratio=lambda of: of[PRODUCT].cpu / of["floor"].cpu)
RATE = Goal(3, "POST rate / bare with group commit", "x", 0.4, 0.6, True,
            lambda of: of[PRODUCT].post_rate / of["grouped"].post_rate)  # fmt: skip
TAIL = Goal(4, "POST p99 / POST without database", "x", 4, 2, ratio=lambda of: of[PRODUCT].p99 / of["nothing"].p99)
WEIGHT = Goal(9, "survey page, first visit, compressed", " kB", 20, 10)
REQUESTS = Goal(9, "survey page, first visit, requests", "", 4, 2)
BYTES = Goal(12, "bytes a response: answers, counts, indexes", " B", 300, 240)
HEAVY = Goal(13, "of matplotlib, nltk, numpy loaded at start", "", 0, 0)
POSTGRES = Goal(14, "submissions a second, PostgreSQL / SQLite", "x", 0.5, 0.8, True,
                lambda of: of[ELSEWHERE].rate / of[PRODUCT].rate)  # fmt: skip
GOALS = (CPU, RATE, TAIL, WEIGHT, REQUESTS, BYTES, HEAVY, POSTGRES)


def one_round(
    server: Server, path: str, chance: random.Random, *, requests: int, connections: int
) -> tuple[Round, int]:
    """Get so many forms, then send as many answers; return what it took and how many answers were acknowledged."""
    before = server.cpu_seconds()
    forms = load.run(server.port, [lambda connection: connection.get(path)] * requests, connections=connections)
    between = server.cpu_seconds()
    bodies = [load.filled_in(reply.body, chance) for reply in forms.replies]
    answers = load.run(server.port, [_posting(path, body) for body in bodies], connections=connections)
    after = server.cpu_seconds()
    if set(forms.statuses) != {200} or set(answers.statuses) != {303}:
        raise SystemExit(f"{server.name}: forms {forms.statuses}, answers {answers.statuses}\n{server.last_words()}")
    micro = 1e6 / requests
    rate = requests / (forms.wall + answers.wall)
    took = Round((between - before) * micro, (after - between) * micro, answers.rate, answers.percentile(0.99), rate)
    return took, answers.statuses.get(303, 0)


def _posting(path: str, body: bytes) -> load.Request:
    return lambda connection: connection.post(path, body)


def measure(servers: dict[str, Server], *, rounds: int, requests: int, connections: int) -> tuple[Measured, int]:
    """Run interleaved rounds after a warm-up; return them by server, and how many answers the product acknowledged."""
    chance, measured, acknowledged = random.Random(20261122), {name: [] for name in servers}, 0
    for number in range(rounds + 1):
        for name, server in servers.items():
            size = {"requests": requests if number else max(50, requests // 5), "connections": connections}
            took, stored = one_round(server, PATH if name in (PRODUCT, ELSEWHERE) else "/", chance, **size)
            acknowledged += stored if name == PRODUCT else 0
            if number:
                measured[name].append(took)
    return measured, acknowledged


# ---- what is measured once ------------------------------------------------------------------------------------------


def page_weights(port: int) -> list[int]:
    """The bytes of each thing that a first visit to the survey page fetches, compressed as browsers ask for it.

    The icon is not among them: browsers fetch it apart from the page, once for a whole site.
    """
    page = load.Connection(port).get(PATH, accept_encoding="identity").body
    addresses = [found[1].decode() for found in ASSET.finditer(page) if FETCHED.search(found[0])]
    return [_weight(port, address) for address in (PATH, *addresses)]


def _weight(port: int, address: str) -> int:
    reply = load.Connection(port).get(address, accept_encoding="gzip")
    is_compressed = reply.header("content-encoding") == "gzip"
    return len(reply.body) if is_compressed else len(gzip.compress(reply.body))


def heavy_libraries(instance: Path) -> int:
    """How many of the heavy libraries the web process has loaded when it starts."""
    code = "import sys, wsgi; print(len({'matplotlib', 'nltk', 'numpy'} & set(sys.modules)))"
    return int(must(python(instance, code)).split()[-1])


# ---- the report -----------------------------------------------------------------------------------------------------


def ratios(goal: Goal, measured: Measured) -> list[float]:
    """The ratio of every round."""
    rounds = [dict(zip(measured, each, strict=True)) for each in zip(*measured.values(), strict=True)]
    return [goal.ratio(each) for each in rounds] if goal.ratio else []


def print_table(measured: Measured, weights: Sequence[int], instance: Path) -> None:
    """Print every goal with its median, the range of its rounds, gate, target and a verdict."""
    print(f"\n{'goal':<51}{'median':>10}{'rounds':>15}{'gate':>10}{'target':>10}")
    for goal in (CPU, RATE, TAIL):
        print(goal.line(ratios(goal, measured)))
    print(WEIGHT.line([sum(weights) / 1024]))
    print(REQUESTS.line([len(weights)]))
    print(_bytes_line())
    print(HEAVY.line([heavy_libraries(instance)]))
    there = ELSEWHERE in measured
    print(POSTGRES.line(ratios(POSTGRES, measured)) if there else POSTGRES.skipped(f"no PostgreSQL at {SERVER}"))


def _bytes_line() -> str:
    try:
        answers, comments = weigh().values()
    except sqlite3.OperationalError as error:
        return BYTES.skipped(f"this SQLite cannot tell ({error})")
    return (
        f"{BYTES.line([answers])}; what was written once more as a comment, with what was read in it: {comments:.0f} B"
    )


def print_figures(measured: Measured, servers: dict[str, Server]) -> None:
    """Print the medians behind the ratios."""
    print(f"\n{'':<14}{'GET cpu':>10}{'POST cpu':>10}{'POST/s':>9}{'POST p99':>11}{'memory':>9}")
    for name, rounds in measured.items():
        cells = [median(getattr(each, what) for each in rounds) for what in ("get_cpu", "post_cpu", "post_rate", "p99")]
        get, post, rate, p99 = cells
        print(
            f"{name:<14}{get:>7.0f} us{post:>7.0f} us{rate:>9,.0f}{p99 * 1000:>8.1f} ms{servers[name].memory_mb():>6.0f} MB"
        )
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def work_off(instance: Path, acknowledged: int) -> list[str]:
    """Do the worker's work once; say what it took, and whether every acknowledged answer is stored and counted."""
    seconds = float(must(python(instance, WORK_OFF)).split()[-1])
    with closing(sqlite3.connect(instance / "hearback.sqlite3")) as database:
        stored = database.execute("SELECT count(*) FROM response").fetchone()[0]
    checked = flask(instance, "rollups", "check")
    return [
        f"The worker afterwards (reads comments, folds counts): {seconds / acknowledged * 1e6:,.0f} us CPU a response",
        f"Answers acknowledged {acknowledged:,}, rows stored {stored:,}: {'equal' if stored == acknowledged else 'NOT EQUAL'}",
        f"Counts against a recount: {(checked.stdout + checked.stderr).strip().splitlines()[-1]}",
    ]


WORK_OFF = """
import time
from wsgi import app
began = time.process_time()
app.extensions["hearback.work_off"]()
print(time.process_time() - began)
"""


def main() -> None:
    """Measure and report."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--requests", type=int, default=1000, help="forms and answers a server and round")
    options.add_argument("--connections", type=int, default=8)
    chosen = options.parse_args()
    with ExitStack() as stack:
        here = stack.enter_context(new_place(SQLITE))
        servers = {name: stack.enter_context(_server(name, app, here)) for name, app in APPLICATIONS.items()}
        if is_reachable():
            there = stack.enter_context(new_place(POSTGRESQL))
            servers[ELSEWHERE] = stack.enter_context(_server(ELSEWHERE, APPLICATIONS[PRODUCT], there))
        print(
            f"{chosen.rounds} rounds of {chosen.requests:,} forms and answers over {chosen.connections} connections",
            flush=True,
        )
        measured, acknowledged = measure(servers, **vars(chosen))
        weights = page_weights(servers[PRODUCT].port)
        said = work_off(here.instance, acknowledged)
        print_table(measured, weights, here.instance)
        print_figures(measured, servers)
        print("\n".join(["", *said]))


APPLICATIONS = {PRODUCT: "wsgi:app", **{name: f"bench.bare:{name}" for name in STORES}}


def _server(name: str, app: str, place: Place) -> AbstractContextManager[Server]:
    port = free_port()
    return running(name, product_command(place.instance, port, app), port=port, environ=place.environ(port))


if __name__ == "__main__":
    main()
