"""Lines of JSON: one object a line, read one at a time."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey.foundation.csv import Rejected
from survey.foundation.language import gettext as _

ENDINGS = (".jsonl", ".ndjson")


@dataclass(frozen=True)
class Entry:
    """One object of a file, and its line."""

    line: int
    document: Mapping[str, Any]


def is_jsonl(path: Path) -> bool:
    """Whether a file says by its name that it holds lines of JSON."""
    return path.suffix.lower() in ENDINGS


def read(lines: Iterable[bytes]) -> Iterator[Entry | Rejected]:
    """Yield the objects of lines; a line that holds none is Rejected, an empty one is passed over."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read(number, line)


def _read(number: int, line: bytes) -> Entry | Rejected:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return Rejected(number, _("this line is not JSON that can be read"), _cells(line))
    if not isinstance(document, dict):
        return Rejected(number, _("an object in braces is needed"), _cells(line))
    return Entry(number, document)


def _cells(line: bytes) -> tuple[str]:
    return (line.decode(errors="replace").strip(),)


def written(entry: Entry) -> str:
    """Return an object as a line."""
    return json.dumps(entry.document)
