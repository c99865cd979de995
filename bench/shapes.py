"""Reading a CSV file by its shape alone: which column is the free text, which is a small scale. No column is known by name."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

FEWEST_POINTS, MOST_POINTS = 3, 11


@dataclass(frozen=True)
class Sheet:
    """A CSV file as the standard library reads it: column names and rows, blank lines left out."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def values(self, column: str) -> list[str]:
        """The cells of a column that are not blank."""
        place = self.columns.index(column)
        return [row[place].strip() for row in self.rows if place < len(row) and row[place].strip()]


def sheet(path: Path) -> Sheet:
    """Read a whole file."""
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        rows = [row for row in csv.reader(file) if row]
    return Sheet([name.strip() for name in rows[0]], rows[1:]) if rows else Sheet([], [])


def longest_text(table: Sheet) -> str | None:
    """The column with the longest cells on average; None where no column holds words."""
    lengths = {column: fmean(map(len, values)) for column in table.columns if (values := table.values(column))}
    return max(lengths, key=lambda column: lengths[column], default=None)


def small_scale(table: Sheet) -> tuple[str, list[int]] | None:
    """The column of whole numbers with the fewest different values, and these; None where there is none."""
    scales = [(column, points) for column in table.columns if (points := _points(table.values(column)))]
    return min(scales, key=lambda scale: len(scale[1]), default=None)


def _points(values: Sequence[str]) -> list[int]:
    different = set(values)
    if not FEWEST_POINTS <= len(different) <= MOST_POINTS or not all(
        value.lstrip("-").isdigit() for value in different
    ):
        return []
    return sorted(map(int, different))
