"""Reading a spreadsheet that was written, for tests."""

import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

ORIGIN = date(1899, 12, 30)
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_rows(content: bytes) -> list[list[str | float]]:
    """The cells of the first worksheet: words as words, numbers (days too, see `day_of`) as numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - we wrote it
    return [[_cell(cell) for cell in row] for row in root.iter(f"{SPACE}row")]


def _cell(cell: ElementTree.Element) -> str | float:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{SPACE}t"))
    return float(cell.findtext(f"{SPACE}v") or 0)


def day_of(number: str | float) -> date:
    """The day that a number in a spreadsheet stands for."""
    return ORIGIN + timedelta(days=int(number))
