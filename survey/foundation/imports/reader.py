"""What a room knows of its rows, and rows read with it: taken or rejected, never lost."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from survey.foundation.csv import Rejected, Row
from survey.foundation.errors import Refused
from survey.foundation.jsonl import Entry, written
from survey.foundation.tables import Line

GROUPS, LINES_TOLD, PREVIEWED = 30, 10, 20


@dataclass(frozen=True)
class RowReader:
    """How the rows of one file are meant: made anew for each time that it is read.

    `read` makes of a row what will be stored, or raises Refused. `expect` counts what `store` would do, which runs within
    `write`. `cells` are what is shown of it under `headings`.
    """

    read: Callable[[Row | Entry], Any]
    expect: Callable[[Sequence[Any]], Mapping[str, int]]
    store: Callable[[Sequence[Any]], Mapping[str, int]]
    headings: Sequence[str]
    cells: Callable[[Any], Sequence[str]]


@dataclass
class Taken:
    """Some rows of a file: what was made of them, with their lines, and those that were not taken."""

    many: int = 0
    items: list[tuple[int, Any]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def values(self) -> list[Any]:
        """What is to be stored."""
        return [item for _line, item in self.items]


def take(reader: RowReader, rows: Iterable[Line], at_most: int) -> Taken:
    """Read the next rows."""
    taken = Taken()
    for row in islice(rows, at_most):
        taken.many += 1
        if isinstance(row, Rejected):
            taken.rejected.append(row)
            continue
        try:
            taken.items.append((row.line, reader.read(row)))
        except Refused as refused:
            taken.rejected.append(Rejected(row.line, str(refused), _cells(row)))
    return taken


def _cells(row: Row | Entry) -> tuple[str, ...]:
    return tuple(row.cells.values()) if isinstance(row, Row) else (written(row),)


# What is known of a file before it was tried.
NOTHING_FOUND: Mapping[str, Any] = {
    "counts": {}, "rejected": 0, "reasons": [], "other_reasons": 0, "headings": [], "shown": [], "is_too_long": False, "trouble": "",
}  # fmt: skip


@dataclass
class Trial:
    """What trying a file shows: how many rows would do what, which would not be taken and why, the first of them as stored."""

    reader: RowReader
    rows: int = 0
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lines: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    shown: list[dict[str, Any]] = field(default_factory=list)

    def add(self, taken: Taken) -> None:
        """Count some rows."""
        self._show(taken)
        self.rows += taken.many
        for name, many in self.reader.expect(taken.values).items():
            self.counts[name] += many
        for one in taken.rejected:
            self.lines[one.reason].append(one.line)

    def _show(self, taken: Taken) -> None:
        if len(self.shown) >= PREVIEWED:
            return
        kept = [
            {"line": line, "cells": list(self.reader.cells(item)), "reason": ""}
            for line, item in taken.items[:PREVIEWED]
        ]
        lost = [{"line": one.line, "cells": [], "reason": one.reason} for one in taken.rejected[:PREVIEWED]]
        rows = sorted([*kept, *lost], key=lambda row: int(str(row["line"])))
        self.shown += rows[: PREVIEWED - len(self.shown)]

    def found(self) -> dict[str, Any]:
        """Return it as it is kept."""
        groups = sorted(self.lines.items(), key=lambda group: (-len(group[1]), group[1][0]))
        told = [{"reason": why, "many": len(lines), "lines": lines[:LINES_TOLD]} for why, lines in groups[:GROUPS]]
        return {
            "counts": dict(self.counts),
            "rejected": sum(map(len, self.lines.values())),
            "reasons": told,
            "other_reasons": sum(len(lines) for _why, lines in groups[GROUPS:]),
            "headings": list(map(str, self.reader.headings)),
            "shown": self.shown,
        }
