"""Hostile strings through the house: form, database, pages and exports must give back exactly what was typed.

Three rules of the text boundary are part of the promise: NUL is dropped, what cannot be written in UTF-8 is no text, and
an export puts an apostrophe before what a spreadsheet would run (our import takes it off again).
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from markupsafe import escape

from bench.desk import Desk
from bench.load import hidden_fields
from survey.foundation.csv import unsafe

TEXTAREA = re.compile(r"<textarea\b[^>]*>(.*?)</textarea>", re.DOTALL)


def strings(document: Any) -> Iterator[str]:
    """Every string in nested lists and objects, names of members included."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, Mapping):
        yield from document
        for value in document.values():
            yield from strings(value)
    elif isinstance(document, list):
        for value in document:
            yield from strings(value)


@dataclass
class Findings:
    """What became of the strings of one file: how many, and every one that came back otherwise, by place."""

    sent: int = 0
    blank: int = 0
    not_text: int = 0
    broken: dict[str, list[str]] = field(default_factory=dict)

    def note(self, place: str, sent: str, is_kept: bool) -> None:
        """Write down a string that was not given back."""
        if not is_kept:
            self.broken.setdefault(place, []).append(sent)


def check(desk: Desk, path: Path, slug: str) -> Findings:
    """Send every string of a JSON file as an answer to a survey of its own, and look at it everywhere."""
    found, kept = Findings(), {}
    for text in strings(json.loads(path.read_text(encoding="utf-8"))):
        found.sent += 1
        if not _is_text(text):
            found.not_text += 1
            continue
        wanted = text.replace("\x00", "")
        response = _answer(desk, slug, text, found)
        if response is not None:
            kept[response] = wanted if wanted.strip() else None
            found.blank += kept[response] is None
    _look_in_database(desk, slug, kept, found)
    _look_at_pages(desk, kept, found)
    _look_in_exports(desk, slug, kept, found)
    return found


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _answer(desk: Desk, slug: str, text: str, found: Findings) -> str | None:
    """Send it once with an answer missing, then as it should be; return the id of the response."""
    page = desk.get(f"/s/{slug}")
    again = desk.post(f"/s/{slug}", _body(page, reason=text, nps="11"))
    found.note("form, shown again", text, again[0] == 422 and _typed(again[1]) == _in_a_form(text))
    status, _ = desk.post(f"/s/{slug}", _body(page, reason=text, nps="5"))
    found.note("form, sent", text, status == 303)
    return desk.newest_response(slug) if status == 303 else None


def _body(page: bytes, **answers: str) -> str:
    return urlencode([*hidden_fields(page), *answers.items()])


def _typed(page: bytes) -> str:
    """What the text box of a page holds, as a browser reads it: without the first line break."""
    box = TEXTAREA.search(page.decode())
    return _in_a_form(unescape(box[1]).removeprefix("\n")) if box else "no text box"


def _in_a_form(text: str) -> str:
    """A text as a form shows it: without NUL, which no page can hold, and with one kind of line break."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


Kept = Mapping[str, str | None]


def _look_in_database(desk: Desk, slug: str, kept: Kept, found: Findings) -> None:
    stored = desk.answers(slug, "reason")
    for response, text in kept.items():
        found.note("database", text or "", stored.get(response, "not stored") == text)


def _look_at_pages(desk: Desk, kept: Kept, found: Findings) -> None:
    for response, text in kept.items():
        page = desk.get(f"/responses/{response}").decode()
        found.note("page", text or "", text is None or str(escape(text)) in page)


def _look_in_exports(desk: Desk, slug: str, kept: Kept, found: Findings) -> None:
    exported = desk.run("responses", "export", slug, "--format", "jsonl")
    by_line = {row["id"]: row["answers"].get("reason") for row in map(json.loads, exported.strip().split("\n"))}
    table = csv.DictReader(io.StringIO(desk.run("responses", "export", slug, "--format", "csv"), newline=""))
    by_row = {row["id"]: row["reason"] for row in table}
    for response, text in kept.items():
        found.note("JSONL export", text or "", by_line.get(response, "not exported") == text)
        cell = by_row.get(response, "not exported")
        found.note("CSV export", text or "", unsafe(cell) == (text or ""))
