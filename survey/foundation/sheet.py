"""Reads a spreadsheet in a process of its own, with little memory and time: a few kilobytes can be made to unfold into all of
both. Run by `spreadsheets` as a script, so it knows nothing of the house.

In comes an .xlsx file; out come lines of JSON: first the names of its sheets, then an array of texts for each row of the one that
is read. Formulas are never run: their cells hold what the spreadsheet showed when it was saved.
"""

import json
import resource
import sys
from datetime import date, datetime, time
from io import BytesIO

MEMORY, SECONDS, OUTPUT = 1024**3, 30, 200 * 1024**2
WHOLE_LIMIT = 10**15


def main(row_limit: int) -> None:
    """Read standard input, write standard output; end with an error where it takes too much."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    seen = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible]  # fmt: skip
    sys.stdout.write(json.dumps(seen) + "\n")
    written = 0
    for number, row in enumerate(book.get_sheet_by_name(seen[0]).iter_rows() if seen else ()):
        line = json.dumps([cell(one) for one in row]) + "\n"
        written += len(line)
        if number > 2 * row_limit or written > OUTPUT:
            sys.exit("too much")
        sys.stdout.write(line)


def cell(value: object) -> str:
    """Return a cell as text: whole numbers without decimals, days as 2026-09-30."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < WHOLE_LIMIT else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


if __name__ == "__main__":
    main(int(sys.argv[1]))
