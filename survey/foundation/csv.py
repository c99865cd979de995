"""The one CSV reader and the one CSV writer.

Writing: RFC 4180, every cell that a spreadsheet would run as a formula gets an apostrophe in front (headers too).
Reading: byte order mark, stray blanks around headers, cp1252 files; that apostrophe is taken off again.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from survey.foundation.errors import Refused
from survey.foundation.text import fold

COLUMN_LIMIT = 500
CELL_LIMIT = 131_072
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060 \u00a0"
FULL_WIDTH = str.maketrans("＝＋－＠", "=+-@")


def safe(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers.

    A cell that came with such an apostrophe gets another one, so that `unsafe` gives back exactly what it was.
    """
    if not isinstance(cell, str):
        return cell
    start = cell.lstrip("'").lstrip(INVISIBLE).translate(FULL_WIDTH)[:1]
    return f"'{cell}" if start in DANGEROUS and start else cell


def unsafe(cell: str) -> str:
    """Take off the apostrophe that `safe` put in front."""
    if cell.startswith("'") and safe(cell[1:]) == cell:
        return cell[1:]
    return cell


def lines(header: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = False) -> Iterator[str]:
    """Yield the lines of a CSV file, header first; with bom=True as spreadsheets expect it."""
    line = csv.writer(_Line()).writerow  # which returns what the file's `write` does: the line
    for number, row in enumerate(chain([header], rows)):
        # Most cells begin with a letter or a digit: to ask here is a tenth of the cost of a call.
        cells = [cell if isinstance(cell, str) and cell[:1].isalnum() else safe(cell) for cell in row]
        yield f"\ufeff{line(cells)}" if bom and number == 0 else line(cells)


class _Line:
    """A file that keeps nothing and hands back what is written."""

    def write(self, line: str) -> str:
        return line


@dataclass(frozen=True)
class Row:
    """One data row of a file: the line it begins on, and its cells by column name."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken, with its line number and the reason in words."""

    line: int
    reason: str


@dataclass(frozen=True)
class Table:
    """An open CSV file: its columns as named (outer blanks off) and its rows; a row of another width is Rejected."""

    columns: Sequence[str]
    rows: Iterator[Row | Rejected]


def read(path: Path) -> Table:
    """Open a CSV file; raise Refused where it is not one (empty, binary, twice the same column, too wide)."""
    reader = csv.reader(io.StringIO(_decode(path.read_bytes()), newline=""), strict=True)
    csv.field_size_limit(CELL_LIMIT)
    try:
        columns = [unsafe(cell).strip() for cell in next(reader)]
    except StopIteration:
        raise Refused("The file is empty.") from None
    except csv.Error as error:
        raise Refused(f"Line 1 cannot be read: {error}.") from None
    _check_columns(columns)
    return Table(columns, _rows(reader, columns))


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:4096]:
        raise Refused("This is not a text file with comma-separated values.")
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", errors="replace")  # it says what it is: a bad byte does not make it another
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _check_columns(columns: Sequence[str]) -> None:
    if len(columns) > COLUMN_LIMIT:
        raise Refused(f"The file has {len(columns):,} columns; at most {COLUMN_LIMIT} can be read.")
    seen: set[str] = set()
    for column in filter(None, columns):
        if column.casefold() in seen:
            raise Refused(f"Two columns are called “{column}”. Rename one of them.")
        seen.add(column.casefold())


def _rows(reader: Any, columns: Sequence[str]) -> Iterator[Row | Rejected]:
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Rejected(begins, _unreadable(error))
            continue
        if not cells:
            continue
        if len(cells) != len(columns):
            yield Rejected(begins, f"{len(cells)} cells where the header has {len(columns)}")
            continue
        yield Row(begins, {column: unsafe(cell) for column, cell in zip(columns, cells, strict=True) if column})


def _unreadable(error: csv.Error) -> str:
    """Say what is wrong with a line; one quotation mark that is never closed swallows all that follows."""
    if "unexpected end of data" in str(error):
        return "a quotation mark opens here and is never closed; the rows after it were not read"
    return f"the line cannot be read: {error}"


def mapping(
    pairs: Sequence[str], columns: Sequence[str], known: Mapping[str, str], *, open_prefix: str | None = None
) -> dict[str, str]:
    """Return column -> field: the given 'column=field' pairs, then columns whose names are well known.

    Names match without regard to case, blanks and punctuation. `known` maps folded names to fields; fields that start
    with open_prefix are free. Raises Refused for a column or field that does not exist, or a field given twice.
    """
    by_name = {fold(column): column for column in columns}
    fields = set(known.values())
    chosen: dict[str, str] = {}
    for pair in pairs:
        name, separator, field = (part.strip() for part in pair.rpartition("="))
        if not separator or fold(name) not in by_name:
            raise Refused(f"There is no column “{name or pair}”. The columns are: {', '.join(filter(None, columns))}.")
        if field not in fields and not (open_prefix and field.startswith(open_prefix)):
            raise Refused(f"There is no field “{field}”. The fields are: {', '.join(sorted(fields))}.")
        if field in chosen.values():
            raise Refused(f"The field “{field}” is given to two columns.")
        chosen[by_name[fold(name)]] = field
    for name, column in by_name.items():
        field = known.get(name, "")
        if field and column not in chosen and field not in chosen.values():
            chosen[column] = field
    return chosen
