"""Real data through the product, in a temporary installation: `make check-data DATA=DIR`.

    people/*.csv     customers import with well-known headings alone, twice: nobody is there twice
    responses/*.csv  responses import into a satisfaction survey; columns are chosen by their shape, never by name
    text/*.csv       reading of the longest-text column
    hostile/*.json   every string through form, database, pages and exports, and through the reader

Prints counts for each file, and ends with 1 when a promise is broken. A folder that is not there is said and skipped.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bench import hostile
from bench.desk import COUNTS, Desk, desk
from bench.servers import folder
from bench.shapes import longest_text, sheet, small_scale
from survey.text.rules import read, warm_up
from survey.text.rules.personal import personal_data, redacted

SHOWN = 5
LONGEST_READING = 2.0  # CPU seconds
NUMBER = re.compile(r"\d[\d,]*")
Broken = list[str]  # broken promises, in words


def check_people(data: Desk, path: Path) -> Broken:
    """Import a file of people twice."""
    done = data.invoke("customers", "import", str(path))
    if done.exit_code:
        print(f"  {path.name}: not taken: {_last_line(done.output)}")
        return []
    broken = _rows_add_up(path, done.output)
    people, lifetimes = data.count("person"), data.count("lifetime")
    again = data.run("customers", "import", str(path))
    if (people, lifetimes) != (data.count("person"), data.count("lifetime")):
        broken.append(f"{path.name}: imported twice, {data.count('person') - people} people are there twice")
    print(f"  {path.name}: {_counts_line(done.output)} Again: {_counts_line(again)} {people:,} people in all.")
    return broken


def check_responses(data: Desk, path: Path) -> Broken:
    """Import a file of answers twice into a survey of its own."""
    table, slug = sheet(path), data.new_survey(_slug(path))
    text, scale = longest_text(table), small_scale(table)
    if text is None:
        print(f"  {path.name}: no column of text; skipped")
        return []
    options = ["--map", f"{text}=reason", *(_scale_options(*scale) if scale else [])]
    done = data.invoke("responses", "import", slug, str(path), *options)
    if done.exit_code:
        return [f"{path.name}: not taken: {_last_line(done.output)}"]
    broken, stored = _rows_add_up(path, done.output), len(data.answers(slug, "reason"))
    data.run("responses", "import", slug, str(path), *options)
    if stored != len(data.answers(slug, "reason")):
        broken.append(
            f"{path.name}: imported twice, {len(data.answers(slug, 'reason')) - stored} answers are there twice"
        )
    if stored != _numbers(done.output)[1][0]:
        broken.append(f"{path.name}: {stored:,} rows are there, but the import says: {_counts_line(done.output)}")
    print(f"  {path.name}: {' '.join(options)}: {_counts_line(done.output)} {stored:,} answers in the database.")
    return broken


def _scale_options(column: str, points: Sequence[int]) -> list[str]:
    off = ",".join(str(point) for point in points if not 1 <= point <= 5)
    return ["--map", f"{column}=rating", *(["--missing", f"rating={off}"] if off else [])]


def check_text(_data: Desk, path: Path) -> Broken:
    """Read the longest-text column of a file."""
    table = sheet(path)
    column = longest_text(table)
    comments = table.values(column) if column else []
    warm_up()
    began = time.process_time()
    sentiments = Counter(str(read(comment).sentiment) for comment in comments)
    seconds = time.process_time() - began
    counts = ", ".join(f"{name} {count:,}" for name, count in sorted(sentiments.items()))
    print(
        f"  {path.name}: {len(comments):,} comments: {counts}; {len(comments) / max(seconds, 1e-9):,.0f} a CPU second"
    )
    return [] if sentiments.total() == len(comments) else [f"{path.name}: not every comment was read"]


def check_hostile(data: Desk, path: Path) -> Broken:
    """Send every string of a file through the house."""
    found = hostile.check(data, path, data.new_survey(_slug(path)))
    said = (
        "all came back as they were sent"
        if not found.broken
        else f"{sum(map(len, found.broken.values())):,} DID NOT COME BACK"
    )
    print(f"  {path.name}: {found.sent:,} strings ({found.blank:,} blank, {found.not_text:,} not text): {said}")
    came_back_otherwise = [
        f"{path.name}: {place}: {len(texts):,} strings came back otherwise, such as {', '.join(map(repr, texts[:SHOWN]))}"
        for place, texts in found.broken.items()
    ]
    return [*came_back_otherwise, *_slow_to_read(path)]


def _slow_to_read(path: Path) -> Iterable[str]:
    """The strings that take the reader more than LONGEST_READING of CPU time."""
    warm_up()
    for text in hostile.strings(json.loads(path.read_text(encoding="utf-8"))):
        began = time.process_time()
        read(text)
        redacted(text, personal_data(text))
        seconds = time.process_time() - began
        if seconds > LONGEST_READING:
            yield f"{path.name}: {seconds:.1f} s to read {text[:40]!r}"


CHECKS: Mapping[str, tuple[str, Callable[[Desk, Path], Broken]]] = {
    "people": ("*.csv", check_people),
    "responses": ("*.csv", check_responses),
    "text": ("*.csv", check_text),
    "hostile": ("*.json", check_hostile),
}


def _rows_add_up(path: Path, said: str) -> Broken:
    """Counts in = counts stored + rows rejected, as we count the file ourselves."""
    rows, (told, parts) = len(sheet(path).rows), _numbers(said)
    return (
        [] if rows == told == sum(parts) else [f"{path.name}: {rows:,} rows, but the import says: {_counts_line(said)}"]
    )


def _numbers(said: str) -> tuple[int, list[int]]:
    """The rows that an import speaks of, and its parts: what was stored first, what was rejected last."""
    found = COUNTS.search(said)
    numbers = [int(number.replace(",", "")) for number in NUMBER.findall(found[0])] if found else [-1, 0]
    return numbers[0], numbers[1:]


def _counts_line(said: str) -> str:
    found = COUNTS.search(said)
    return found[0] if found else "nothing about its rows."


def _last_line(said: str) -> str:
    return said.strip().splitlines()[-1] if said.strip() else "it said nothing"


def _slug(path: Path) -> str:
    return "check-" + re.sub(r"[^a-z0-9]+", "-", path.name.casefold()).strip("-")[:40]


def check(data: Desk, source: Path) -> Iterable[str]:
    """Run every check that the folder has files for, and yield the promises that were broken."""
    for name, (pattern, run) in CHECKS.items():
        files = sorted((source / name).glob(pattern))
        print(f"{name}/{pattern}" + ("" if files else ": nothing there, skipped"), flush=True)
        for path in files:
            yield from run(data, path)


def main() -> None:
    """Check a folder."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, help="a folder with people/, responses/, text/, hostile/")
    source = options.parse_args().folder
    if not source.is_dir():
        raise SystemExit(f"There is no folder {source}.")
    with folder() as instance, desk(instance) as data:
        data.sign_in()
        broken = list(check(data, source))
    for promise in broken:
        print(f"BROKEN: {promise}")
    print("Every promise held." if not broken else f"{len(broken)} broken.")
    raise SystemExit(1 if broken else 0)


if __name__ == "__main__":
    main()
