"""The respond path beside bare baselines on the same server, in interleaved rounds of one run: `make bench`.

Every customer gets the form and sends an answer; every answer is acknowledged only when it is durable. Prints ratios
with their gates and targets. Absolute figures are printed to see that nothing odd happened; they mean nothing elsewhere.
"""

import argparse
import gzip
import random
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import load
from bench.bare import STORES
from bench.instances import PATH, flask, must, new_instance, python
from bench.servers import Server, environment, folder, free_port, product_command, running

PRODUCT = "hearback"
ASSET = re.compile(rb"<(?:link|script|img)\b[^>]*\b(?:href|src)=\"([^\"]+)\"[^>]*>")
FETCHED = re.compile(rb"stylesheet|<script|<img")


@dataclass(frozen=True)
class Round:
    """What one server did in one round: CPU microseconds a request, POSTs a second, and how long the slowest took."""

    get_cpu: float
    post_cpu: float
    post_rate: float
    p99: float

    @property
    def cpu(self) -> float:
        """CPU microseconds a submission: the form and the answer."""
        return self.get_cpu + self.post_cpu


Rounds = Sequence[Round]
Measured = dict[str, list[Round]]


@dataclass(frozen=True)
class Goal:
    """One line of the report: a ratio of each round, and what it should be."""

    words: str
    ratio: Callable[[dict[str, Round]], float]
    gate: float
    target: float
    more_is_better: bool = False

    def verdict(self, value: float) -> str:
        reached = (lambda limit: value >= limit) if self.more_is_better else (lambda limit: value <= limit)
        return "on target" if reached(self.target) else "within the gate" if reached(self.gate) else "BELOW THE GATE"


GOALS = (
    Goal("CPU a submission / floor", lambda of: of[PRODUCT].cpu / of["floor"].cpu, 3, 2),
    Goal(
        "POST rate / bare with group commit", lambda of: of[PRODUCT].post_rate / of["grouped"].post_rate, 0.4, 0.6, True
    ),
    Goal("POST p99 / POST without database", lambda of: of[PRODUCT].p99 / of["nothing"].p99, 4, 2),
)


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
    took = Round((between - before) * micro, (after - between) * micro, answers.rate, answers.percentile(0.99))
    return took, answers.statuses.get(303, 0)


def _posting(path: str, body: bytes) -> load.Request:
    return lambda connection: connection.post(path, body)


def measure(servers: dict[str, Server], *, rounds: int, requests: int, connections: int) -> tuple[Measured, int]:
    """Run interleaved rounds after a warm-up; return them by server, and how many answers the product acknowledged."""
    chance, measured, acknowledged = random.Random(20261122), {name: [] for name in servers}, 0
    for number in range(rounds + 1):
        for name, server in servers.items():
            size = {"requests": requests if number else max(50, requests // 5), "connections": connections}
            took, stored = one_round(server, PATH if name == PRODUCT else "/", chance, **size)
            acknowledged += stored if name == PRODUCT else 0
            if number:
                measured[name].append(took)
    return measured, acknowledged


# ---- the report -----------------------------------------------------------------------------------------------------


def print_ratios(measured: Measured) -> None:
    """Print every goal: the median of the rounds, their range, gate and target."""
    rounds = [dict(zip(measured, each, strict=True)) for each in zip(*measured.values(), strict=True)]
    print(f"\n{'':<36}{'median':>8} {'rounds':>15} {'gate':>7} {'target':>7}")
    for goal in GOALS:
        ratios = [goal.ratio(each) for each in rounds]
        value, sign = median(ratios), ">=" if goal.more_is_better else "<="
        spread = f"{min(ratios):.2f} - {max(ratios):.2f}"
        print(
            f"{goal.words:<36}{value:>7.2f}x {spread:>15} {sign}{goal.gate:>4g}x {sign}{goal.target:>4g}x  {goal.verdict(value)}"
        )


def print_figures(measured: Measured, servers: dict[str, Server]) -> None:
    """Print the medians behind the ratios."""
    print(f"\n{'':<12}{'GET cpu':>10}{'POST cpu':>10}{'POST/s':>9}{'POST p99':>11}{'memory':>9}")
    for name, rounds in measured.items():
        cells = [median(getattr(each, what) for each in rounds) for what in ("get_cpu", "post_cpu", "post_rate", "p99")]
        get, post, rate, p99 = cells
        print(
            f"{name:<12}{get:>7.0f} us{post:>7.0f} us{rate:>9,.0f}{p99 * 1000:>8.1f} ms{servers[name].memory_mb():>6.0f} MB"
        )


def print_page_weight(port: int) -> None:
    """Print what a first visit to the survey page fetches: requests and bytes, compressed as browsers ask for it."""
    page = load.Connection(port).get(PATH, accept_encoding="identity").body
    addresses = [found[1].decode() for found in ASSET.finditer(page) if FETCHED.search(found[0])]
    weights = [_weight(port, address) for address in (PATH, *addresses)]
    said = "on target" if sum(weights) <= 10_240 and len(weights) <= 2 else "within the gate"
    said = said if sum(weights) <= 20_480 and len(weights) <= 4 else "BELOW THE GATE"
    print(f"\nSurvey page, first visit, gzip: {sum(weights) / 1024:.1f} kB in {len(weights)} requests "
          f"({', '.join(f'{weight:,}' for weight in weights)} bytes; gate 20 kB in 4, target 10 kB in 2): {said}")  # fmt: skip


def _weight(port: int, address: str) -> int:
    reply = load.Connection(port).get(address, accept_encoding="gzip")
    is_compressed = reply.header("content-encoding") == "gzip"
    return len(reply.body) if is_compressed else len(gzip.compress(reply.body))


def print_afterwards(instance: Path, acknowledged: int) -> None:
    """Do the worker's work once; print what it took, and whether every acknowledged answer is stored and counted."""
    seconds = float(must(python(instance, WORK_OFF)).split()[-1])
    print(
        f"\nThe worker afterwards (reads comments, folds counts): {seconds / acknowledged * 1e6:,.0f} us CPU a response"
    )
    with closing(sqlite3.connect(instance / "hearback.sqlite3")) as database:
        stored = database.execute("SELECT count(*) FROM response").fetchone()[0]
    print(
        f"Answers acknowledged {acknowledged:,}, rows stored {stored:,}: {'equal' if stored == acknowledged else 'NOT EQUAL'}"
    )
    checked = flask(instance, "rollups", "check")
    print(f"Counts against a recount: {(checked.stdout + checked.stderr).strip().splitlines()[-1]}")


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
    with folder() as instance, ExitStack() as stack:
        new_instance(instance)
        servers = {name: stack.enter_context(_server(name, app, instance)) for name, app in APPLICATIONS.items()}
        print(
            f"{chosen.rounds} rounds of {chosen.requests:,} forms and answers over {chosen.connections} connections",
            flush=True,
        )
        measured, acknowledged = measure(servers, **vars(chosen))
        print_ratios(measured)
        print_figures(measured, servers)
        print_page_weight(servers[PRODUCT].port)
        print_afterwards(instance, acknowledged)


APPLICATIONS = {PRODUCT: "wsgi:app", **{name: f"bench.bare:{name}" for name in STORES}}


def _server(name: str, app: str, instance: Path) -> AbstractContextManager[Server]:
    port = free_port()
    return running(name, product_command(instance, port, app), port=port, environ=environment(instance, port))


if __name__ == "__main__":
    main()
