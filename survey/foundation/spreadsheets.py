"""Spreadsheets (.xlsx) as rows of texts: unpacked and read in a process of its own (`sheet`), which may fail without harm."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _

SCRIPT = Path(__file__).with_name("sheet.py")
UNPACKED = 200 * 1024**2
SECONDS = 60


def is_spreadsheet(content: bytes) -> bool:
    """Whether a file is a spreadsheet of today (.xlsx), by what is in it."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return False
    return any(name.startswith("xl/") for name in names)


def lines(content: bytes, *, row_limit: int) -> bytes:
    """Return lines of JSON: the names of the sheets, then each row of the first as an array of texts. Raises Refused."""
    _check_size(content)
    command = [sys.executable, "-I", str(SCRIPT), str(row_limit)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise Refused(_too_much()) from None
    if done.returncode == 0:
        return done.stdout
    raise Refused(_too_much() if _was_stopped(done) else _("This spreadsheet cannot be read. Save it anew, or as CSV."))


def _was_stopped(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether it took too much: then it was ended by a signal, or says so."""
    return done.returncode < 0 or done.stderr.strip() in (b"too much",) or b"MemoryError" in done.stderr


def _too_much() -> str:
    return _("This spreadsheet unfolds into more than can be read at once. Save what matters of it as CSV.")


def _check_size(content: bytes) -> None:
    try:
        sizes = [part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist()]
    except zipfile.BadZipFile:
        raise Refused(_("This spreadsheet cannot be read. Save it anew, or as CSV.")) from None
    if sum(sizes) > UNPACKED:
        raise Refused(_too_much())


def rows(lines: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of `lines` with their number, as the spreadsheet numbers them; empty ones are passed over."""
    for number, line in enumerate(io.BytesIO(lines)):
        cells = json.loads(line)
        if number and any(cells):
            yield number, cells
