"""Results at any size: `make bench-large`. Surveys with a thousand, 100 thousand and a million responses, side by side.

Each size is an installation of its own, filled by bulk inserts into the product's own tables; its counts are made by the
product's own rebuild. Pages of all sizes are opened in turns of one run, so that their ratios do not hang on the machine.
With `--database` each installation has a PostgreSQL database of its own on that server, gone afterwards.
"""

import argparse
import csv
import json
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import UUID, uuid4

import psycopg

from bench.databases import postgresql_database
from bench.desk import Desk, desk
from bench.instances import must, python
from bench.load import WORDS
from bench.respond import Goal
from bench.servers import folder
from bench.weight import PARTS, bytes_of
from survey.foundation.clock import now, today
from survey.foundation.db import db, new_id, write
from survey.questionnaires.queries import newest_version, survey_by_slug
from survey.responses.exports import csv_lines, export_of
from survey.responses.models import Response
from survey.results.actions import rebuild
from survey.text.models import Comment, CommentReason
from survey.text.queries import comments
from survey.text.queries.comments import Filters

SLUG, AT_ONCE, DAYS = "large", 5_000, 730
SENTIMENTS, CODES = ("positive", "negative", "mixed", "none"), ("A1", "A2", "P1", "P2", "S1", "S2", "Q1")
CHANNELS = ("personal", "link")
SITES = ("north", "quay", "east", "hill", "old town")
BARE = "SELECT {answers}, id, submitted_on, submitted_at, channel, voice, language, segments, doubts FROM response"
KEYS = ("nps", "rating", "reason")
PAGES = {
    "results page": f"/surveys/{SLUG}/results",
    "filtered results page": f"/surveys/{SLUG}/results?sentiment=negative&voice=customer&period=12-months",
    "page of one channel": f"/surveys/{SLUG}/results?channel=link",
    "page of one own segment": f"/surveys/{SLUG}/results?segment.site=quay",
    "single answers": f"/surveys/{SLUG}/responses",
    "comment inbox": f"/comments?survey={SLUG}",
}
if "search" in Filters.__annotations__:  # where comments can be searched
    PAGES["comment search"] = f"/comments?survey={SLUG}&q=price"
TIMES = "x"
EXPORT = f"""
import os
from pathlib import Path
from wsgi import app
app.test_cli_runner().invoke(args=["responses", "export", "{SLUG}", "--output", os.devnull], catch_exceptions=False)
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""

STEADY_PAGES = {
    name: Goal(6, f"{name} p95, largest / smallest", TIMES, 2, 1.3)
    for name in ("results page", "filtered results page", "page of one channel", "page of one own segment")
}
RATE = Goal(7, "CSV export rows/s / bare rows, json -> csv", TIMES, 0.4, 0.6, more_is_better=True)
STEADY = Goal(7, "export rate, largest / smallest above 10,000", TIMES, 0.9, 0.9, more_is_better=True)
MEMORY = Goal(7, "export memory, largest - smallest", " MB", 32, 32)
NEWEST = Goal(10, "newest 20 comments at the largest size", " ms", 5, 1)
BYTES = Goal(12, "bytes a response: answers, counts, indexes", " B", 300, 240)


@dataclass(frozen=True)
class Size:
    """An installation with so many responses; `url` is that of its PostgreSQL database, empty on SQLite."""

    n: int
    instance: Path
    desk: Desk
    url: str


# ---- filling --------------------------------------------------------------------------------------------------------


def fill(here: Desk, n: int) -> None:
    """Store so many responses, every second with a comment that was read, and count them."""
    here.run("surveys", "create", "satisfaction", "--slug", SLUG, "--publish")
    chance = random.Random(20261125)  # noqa: S311
    with here.app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None  # noqa: S101 - it was just made
        version = newest_version(survey.id)
        assert version is not None  # noqa: S101
        survey_id, version_id, last = survey.id, version.id, today("UTC")
        for done in range(0, n, AT_ONCE):
            rows = [_response(survey_id, version_id, last, chance) for _ in range(min(AT_ONCE, n - done))]
            write(partial(_store, rows, chance))
        write(partial(rebuild, survey_id))


def _response(survey_id: UUID, version_id: UUID, last: date, chance: random.Random) -> dict[str, Any]:
    grade, day = chance.randrange(11), last - timedelta(days=chance.randrange(DAYS))
    answers: dict[str, Any] = {"nps": grade, "rating": chance.randrange(1, 6)}
    is_written = chance.random() < 0.5
    if is_written:
        answers["reason"] = " ".join(chance.choices(WORDS, k=18))
    return {
        "id": new_id(), "survey_id": survey_id, "version_id": version_id, "form_id": uuid4(), "submitted_on": day,
        "submitted_at": now() - (last - day), "channel": chance.choice(CHANNELS), "voice": "customer", "language": "en", "score": grade,
        "sentiment": chance.choice(SENTIMENTS) if is_written else None, "doubts": [],
        "segments": {"site": chance.choice(SITES)}, "answers": answers,
    }  # fmt: skip


def _store(rows: Sequence[dict[str, Any]], chance: random.Random) -> None:
    db.session.execute(Response.__table__.insert(), list(rows))  # type: ignore[attr-defined]
    written = [_comment(row) for row in rows if "reason" in row["answers"]]
    found = [{"comment_id": one["id"], "code": chance.choice(CODES), "confidence": 0.8} for one in written]
    if written:
        db.session.execute(Comment.__table__.insert(), written)  # type: ignore[attr-defined]
        db.session.execute(CommentReason.__table__.insert(), found)  # type: ignore[attr-defined]


def _comment(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": new_id(), "response_id": row["id"], "survey_id": row["survey_id"], "question_key": "reason",
        "text": row["answers"]["reason"], "written_on": row["submitted_on"], "voice": row["voice"], "score": row["score"],
        "sentiment": row["sentiment"], "read_as": row["sentiment"], "confidence": 0.8, "reader": "bench",
        "keywords": ["staff", "price"], "signal_words": [],
    }  # fmt: skip


# ---- measuring ------------------------------------------------------------------------------------------------------


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def open_pages(sizes: Sequence[Size], rounds: int) -> dict[str, list[list[float]]]:
    """Seconds of every page by size, in turns after a warm-up."""
    took: dict[str, list[list[float]]] = {name: [[] for _ in sizes] for name in PAGES}
    for number in range(rounds + 1):
        for name, path in PAGES.items():
            for place, size in enumerate(sizes):
                once = seconds(partial(size.desk.get, path))
                if number:
                    took[name][place].append(once)
    return took


def p95(took: Sequence[float]) -> float:
    """The value that 19 of 20 stay below."""
    return quantiles(took, n=20)[-1]


def export_rates(size: Size, rounds: int) -> tuple[list[float], list[float]]:
    """Rows a second of the product's export, and of a bare loop that writes the same answers, in turns."""
    ours, bare = [], []
    with open(os.devnull, "w", encoding="utf-8", newline="") as nowhere:
        for _ in range(rounds):
            bare.append(size.n / seconds(partial(_bare_export, size, nowhere)))
            ours.append(size.n / seconds(partial(_export, size, nowhere)))
    return ours, bare


def _bare_export(size: Size, file: Any) -> None:
    with _bare_rows(size) as rows:
        csv.writer(file).writerows([*about, *map(json.loads(answers).get, KEYS)] for answers, *about in rows)


@contextmanager
def _bare_rows(size: Size) -> Iterator[Any]:
    """The rows of all answers, read with the database's own driver alone, one after the other."""
    if not size.url:
        with closing(sqlite3.connect(size.instance / "hearback.sqlite3")) as database:
            yield database.execute(BARE.format(answers="answers"))
        return
    with psycopg.connect(size.url) as server, server.cursor("bare") as rows:
        rows.itersize = AT_ONCE
        yield rows.execute(BARE.format(answers="answers::text"))


def _export(size: Size, file: Any) -> None:
    with size.desk.app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None  # noqa: S101
        file.writelines(csv_lines(export_of(survey)))


def export_memory(size: Size) -> float:
    """The most memory that the export command takes, in MB."""
    return int(must(python(size.instance, EXPORT, url=size.url)).split()[-2]) / 1024


def newest(size: Size, rounds: int) -> float:
    """Milliseconds for the newest 20 comments."""
    with size.desk.app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None  # noqa: S101
        return 1000 * median(seconds(partial(comments, survey_id=survey.id, limit=20)) for _ in range(rounds + 1))


def weights(size: Size) -> Iterator[float]:
    """The bytes of each part of the database for each response; SQLite's own table tells them."""
    with closing(sqlite3.connect(size.instance / "hearback.sqlite3")) as database:
        yield from (bytes_of(database, tables) / size.n for tables in PARTS.values())


# ---- the report -----------------------------------------------------------------------------------------------------


def report(sizes: Sequence[Size], rounds: int) -> None:
    """Measure and print every goal, then the figures behind it."""
    smallest, largest = sizes[0], sizes[-1]
    pages = open_pages(sizes, rounds)
    rates = {size.n: export_rates(size, 3) for size in sizes if size.n >= 10_000 or size is largest}
    memory = {size.n: export_memory(size) for size in (smallest, largest)}
    ours, bare = rates[largest.n]
    reference = min(rates)
    print(f"\n{'goal':<51}{'value':>10}{'rounds':>15}{'gate':>10}{'target':>10}")
    for name, goal in STEADY_PAGES.items():
        print(goal.line([p95(pages[name][-1]) / p95(pages[name][0])]))
    print(RATE.line([mine / theirs for mine, theirs in zip(ours, bare, strict=True)]))
    print(STEADY.line([median(ours) / median(rates[reference][0])]) if reference != largest.n
          else STEADY.skipped("needs two sizes of 10,000 or more"))  # fmt: skip
    print(MEMORY.line([memory[largest.n] - memory[smallest.n]]))
    print(NEWEST.line([newest(largest, rounds)]))
    _print_weight(largest)
    _print_figures(sizes, pages, rates, memory)


def _print_weight(size: Size) -> None:
    if size.url:
        print(BYTES.skipped("only SQLite tells it"))
        return
    answers, words = weights(size)
    print(f"{BYTES.line([answers])}; comments with what was read in them: {words:.0f} B")


def _print_figures(
    sizes: Sequence[Size],
    pages: dict[str, list[list[float]]],
    rates: dict[int, tuple[list[float], list[float]]],
    memory: dict[int, float],
) -> None:
    print(f"\n{'median and p95, ms':<26}" + "".join(f"{size.n:>20,}" for size in sizes))
    for name, took in pages.items():
        print(f"{name:<26}" + "".join(f"{median(one) * 1000:>10.0f}{p95(one) * 1000:>10.0f}" for one in took))
    for n, (ours, bare) in rates.items():
        print(f"export of {n:,}: {median(ours):,.0f} rows/s, bare {median(bare):,.0f} rows/s")
    print("memory of the export: " + ", ".join(f"{value:.0f} MB at {n:,}" for n, value in memory.items()))
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Fill, measure and report."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=[1_000, 100_000, 1_000_000],
        help="responses, rising; 10000000 for ten million",
    )
    options.add_argument(
        "--database", metavar="URL", help="a PostgreSQL server where databases can be made; SQLite if not said"
    )
    options.add_argument("--rounds", type=int, default=20, help="how often each page is opened")
    chosen = options.parse_args()
    with ExitStack() as stack:
        sizes = []
        for n in sorted(chosen.sizes):
            instance = stack.enter_context(folder())
            url = stack.enter_context(postgresql_database(chosen.database)) if chosen.database else ""
            here = stack.enter_context(desk(instance, url=url))
            took = seconds(partial(fill, here, n))
            here.sign_in()
            print(f"{n:,} responses filled in and counted in {took:.0f} s", flush=True)
            sizes.append(Size(n, instance, here, url))
        report(sizes, chosen.rounds)


if __name__ == "__main__":
    main()
