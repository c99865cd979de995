"""Lines of JSON: one object a line, read one at a time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey.foundation.csv import Rejected

ENDINGS = (".jsonl", ".ndjson")


@dataclass(frozen=True)
class Entry:
    """One object of a file, and its line."""

    line: int
    document: Mapping[str, Any]


def is_jsonl(path: Path) -> bool:
    """Whether a file says by its name that it holds lines of JSON."""
    return path.suffix.lower() in ENDINGS


def read(path: Path) -> Iterator[Entry | Rejected]:
    """Yield the objects of a file; a line that holds none is Rejected, an empty one is passed over."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _read(number, line)


def _read(number: int, line: bytes) -> Entry | Rejected:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return Rejected(number, "this line is not JSON that can be read")
    if not isinstance(document, dict):
        return Rejected(number, "an object in braces is needed")
    return Entry(number, document)
