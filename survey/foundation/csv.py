"""The one CSV reader and the one CSV writer.

Writing: RFC 4180, every cell that a spreadsheet would run as a formula gets an apostrophe in front (headers too).
Reading: cells parted by commas, semicolons or tabs; byte order mark, stray blanks around headers, cp1252 files; that
apostrophe is taken off again.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import fold

COLUMN_LIMIT = 500
CELL_LIMIT = 131_072
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060 \u00a0"
SEPARATORS = (",", ";", "\t")
LOOKED_AT = 20  # so many rows show what parts the cells
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
    """A row that was not taken, with its line number and the reason in words; and its cells, where it could be read."""

    line: int
    reason: str
    cells: Sequence[str] = field(default=(), compare=False)


@dataclass(frozen=True)
class Table:
    """An open CSV file: its columns as named (outer blanks off) and its rows; a row of another width is Rejected.

    `encoding` says how its letters are written.
    """

    columns: Sequence[str]
    rows: Iterator[Row | Rejected]
    encoding: str = "utf-8"


def read(path: Path) -> Table:
    """Open a CSV file; raise Refused where it is not one (empty, binary, twice the same column, too wide)."""
    return table(path.read_bytes())


def table(content: bytes) -> Table:
    """Open the content of a CSV file; raises Refused as `read` does."""
    text, encoding = decoded(content)
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        columns = named(next(reader))
    except StopIteration:
        raise Refused(_("The file is empty.")) from None
    except csv.Error as error:
        raise Refused(_("Line 1 cannot be read: %(why)s.", why=error)) from None
    return Table(columns, _rows(reader, columns), encoding)


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a file, and how its letters are written; raise Refused where it is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    if b"\x00" in content[:4096]:
        raise Refused(_("This is not a text file with comma-separated values."))
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", errors="replace"), "utf-8"  # it says so: a bad byte makes it no other
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _separator(text: str) -> str:
    """Return what parts the cells: what gives most of the first rows as many cells as the header, and the most cells."""
    return max(SEPARATORS, key=lambda separator: _regularity(text, separator))  # of equals the first


def _regularity(text: str, separator: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(text[: CELL_LIMIT * 2], newline=""), delimiter=separator)
    try:
        widths = [len(row) for row in islice(reader, LOOKED_AT) if row]
    except csv.Error:
        return 0, 0
    wide = widths[0] if widths else 0
    return (widths.count(wide), wide) if wide > 1 else (0, 0)


def named(cells: Iterable[str]) -> list[str]:
    """Return the names of columns; raise Refused where there are too many, or two are called the same."""
    columns = [unsafe(cell).strip() for cell in cells]
    if len(columns) > COLUMN_LIMIT:
        raise Refused(
            _("The file has %(many)s columns; at most %(limit)s can be read.", many=len(columns), limit=COLUMN_LIMIT)
        )
    seen: set[str] = set()
    for column in filter(None, columns):
        if column.casefold() in seen:
            raise Refused(_("Two columns are called “%(column)s”. Rename one of them.", column=column[:100]))
        seen.add(column.casefold())
    return columns


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
        if cells:
            yield row(begins, cells, columns)


def row(line: int, cells: Sequence[str], columns: Sequence[str]) -> Row | Rejected:
    """Return a row with its cells by column; Rejected where it has another width than the header."""
    if len(cells) != len(columns):
        why = _("%(many)s cells where the header has %(columns)s", many=len(cells), columns=len(columns))
        return Rejected(line, why, tuple(cells))
    return Row(line, {column: unsafe(cell) for column, cell in zip(columns, cells, strict=True) if column})


def _unreadable(error: csv.Error) -> str:
    """Say what is wrong with a line; one quotation mark that is never closed swallows all that follows."""
    if "unexpected end of data" in str(error):
        return _("a quotation mark opens here and is never closed; the rows after it were not read")
    return _("the line cannot be read: %(why)s", why=error)


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
            raise Refused(no_column(name or pair, columns))
        if field not in fields and not (open_prefix and field.startswith(open_prefix)):
            raise Refused(
                _("There is no field “%(name)s”. The fields are: %(all)s.", name=field, all=", ".join(sorted(fields)))
            )
        if field in chosen.values():
            raise Refused(_("The field “%(name)s” is given to two columns.", name=field))
        chosen[by_name[fold(name)]] = field
    for name, column in by_name.items():
        field = known.get(name, "")
        if field and column not in chosen and field not in chosen.values():
            chosen[column] = field
    return chosen


def no_column(name: str, columns: Iterable[str]) -> str:
    """Say that there is no such column, and which there are."""
    return _(
        "There is no column “%(name)s”. The columns are: %(all)s.", name=name, all=", ".join(filter(None, columns))
    )
