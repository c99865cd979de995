"""Tables in files, whichever kind: what a file is shows its content, never its name."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.foundation import csv, jsonl, spreadsheets
from survey.foundation.csv import Rejected, Row
from survey.foundation.errors import Refused
from survey.foundation.jsonl import Entry
from survey.foundation.language import gettext as _

ROW_LIMIT = 200_000
CSV, SHEET, LINES = "csv", "sheet", "lines"
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"

Line = Row | Entry | Rejected


@dataclass(frozen=True)
class Table:
    """An open file: its columns (none where it is lines of JSON), and its rows. `sheets` are those of a spreadsheet."""

    columns: Sequence[str]
    rows: Iterator[Line]
    encoding: str = "utf-8"
    sheets: Sequence[str] = ()


@dataclass(frozen=True)
class Content:
    """What is in a file, as it is worked on: a spreadsheet is unfolded once."""

    form: str
    body: bytes

    def table(self) -> Table:
        """Open it from the beginning; raises Refused."""
        return OPEN[self.form](self.body)


def content_of(file: bytes) -> Content:
    """Return what is in a file; raise Refused where it is no table."""
    if not file.strip():
        raise Refused(_("The file is empty."))
    if spreadsheets.is_spreadsheet(file):
        return Content(SHEET, spreadsheets.lines(file, row_limit=ROW_LIMIT))
    if file.startswith((OLD_SPREADSHEET, b"PK", b"%PDF")):
        raise Refused(_("This kind of file cannot be read. Save the table as .xlsx or CSV."))
    return Content(LINES if _is_lines(file) else CSV, file)


def read(path: Path) -> Table:
    """Open a file with a table; raises Refused."""
    return content_of(path.read_bytes()).table()


def _is_lines(file: bytes) -> bool:
    """Whether the first line is an object of JSON."""
    first = file.lstrip()[:1] == b"{" and next(jsonl.read(io.BytesIO(file)), None)
    return isinstance(first, Entry)


def _csv(body: bytes) -> Table:
    found = csv.table(body)
    return Table(found.columns, found.rows, found.encoding)


def _sheet(body: bytes) -> Table:
    sheets, rows = json.loads(body.partition(b"\n")[0]), spreadsheets.rows(body)
    header = next(rows, None)
    if header is None:
        raise Refused(_("The first sheet of this spreadsheet is empty."))
    columns = csv.named(header[1])
    return Table(columns, (csv.row(number, cells, columns) for number, cells in rows), sheets=sheets)


def _lines(body: bytes) -> Table:
    return Table((), jsonl.read(io.BytesIO(body)))


OPEN: Mapping[str, Callable[[bytes], Table]] = {CSV: _csv, SHEET: _sheet, LINES: _lines}
