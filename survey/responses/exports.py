"""Answers as files: comma-separated values, lines of JSON, a spreadsheet. Written row by row, so that memory stays flat."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from survey.foundation import csv
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.organisation.queries import organisation
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import merged_questions
from survey.responses.models import ResponseDraft
from survey.responses.queries import answers_of, asked_in, count_of, drafts_of
from survey.responses.rules import (
    BOTH,
    FLAGGED,
    VALUES,
    Column,
    Exact,
    Kept,
    answers_typed,
    as_json,
    cells_of_row,
    columns,
    exact_cells,
    header,
    outcome,
    sees_single_answers,
)

SHEET_ROWS = 1_048_575  # rows of a worksheet, its header not counted
BLOCK = 500  # lines that are sent together


@dataclass(frozen=True)
class Export:
    """The answers of one survey, ready to be written; a survey that shows only groups gives answers without anything beside."""

    survey: Survey
    narrowed: Mapping[str, Any] = field(default_factory=dict)
    values: str = BOTH  # words, codes or both where words stand for values

    @property
    def is_identified(self) -> bool:
        """Whether rows say whose, when and of which segments."""
        return sees_single_answers(self.survey.privacy)

    def rows(self) -> Iterator[Kept]:
        """Yield the responses; where nobody may tell which came when, in no order that tells it."""
        return answers_of(self.survey.id, is_shuffled=not self.is_identified, **self.narrowed)

    def _columns(self) -> tuple[Column, ...]:
        return columns(merged_questions(self.survey.id), self.values)

    def table(self) -> tuple[list[str], Iterator[list[str]]]:
        """Return headings and rows."""
        wanted, is_identified = self._columns(), self.is_identified
        rows = (cells_of_row(row, wanted, is_identified=is_identified) for row in self.rows())
        return header(wanted, is_identified=is_identified), rows

    def sheet(self) -> tuple[list[str], Iterator[list[Exact]]]:
        """Return headings and rows for a spreadsheet, which tells numbers and days from words."""
        wanted, is_identified = self._columns(), self.is_identified
        rows = (exact_cells(row, wanted, is_identified=is_identified) for row in self.rows())
        return header(wanted, is_identified=is_identified), rows


UNFINISHED = ("outcome", "began_on", "changed_on", "channel", "language")


@dataclass(frozen=True)
class UnfinishedExport:
    """What was begun and not sent, apart from the answers: never in the same file."""

    survey: Survey

    def table(self) -> tuple[list[str], Iterator[list[str]]]:
        """Return headings and rows."""
        wanted = columns(merged_questions(self.survey.id))
        return [*UNFINISHED, *(column.name for column in wanted)], (
            [*_about_draft(draft), *(column.cell(_answers(draft)) for column in wanted)]
            for draft in drafts_of(self.survey.id)
        )


def _about_draft(draft: ResponseDraft) -> tuple[str, ...]:
    days = draft.began_on.isoformat(), draft.changed_on.isoformat()
    return outcome(draft.asked, draft.answered), *days, draft.channel, draft.language


def _answers(draft: ResponseDraft) -> dict[str, object]:
    return answers_typed(draft.typed, asked_in(draft.version_id).questions)


def unfinished_of(survey: Survey) -> UnfinishedExport:
    """Return what was begun and not sent; raise Refused where nobody may open single answers."""
    if not sees_single_answers(survey.privacy):
        raise Refused(
            _("This survey shows only groups: what people began and did not send is counted, and not handed out.")
        )
    return UnfinishedExport(survey)


def export_of(survey: Survey, *, values: str = BOTH, **narrowed: Any) -> Export:
    """Return the export of a survey, of the answers that a list with these filters shows, with words, codes or both.

    Raises Refused where so few answered that rows would show people. Where only groups are shown nothing can be left out: the
    difference of two files would show few people's.
    """
    if values not in VALUES:
        raise Refused(_("There is no such choice of words and codes."))
    fewest = organisation().minimum_comments
    if narrowed.get("flagged", "") not in FLAGGED or (
        any(narrowed.values()) and not sees_single_answers(survey.privacy)
    ):
        raise Refused(
            _("Some answers of this survey cannot be handed out apart from the others: it shows groups only.")
        )
    if not sees_single_answers(survey.privacy) and count_of(survey.id) < fewest:
        raise Refused(
            _(
                "This survey shows only groups, and fewer than %(fewest)s people have answered so far. "
                "There is nothing to export yet.",
                fewest=fewest,
            )
        )
    return Export(survey, narrowed, values)


def csv_lines(export: Export | UnfinishedExport, *, bom: bool = False) -> Iterator[str]:
    """Yield the lines of a CSV file, safe to open in a spreadsheet."""
    names, rows = export.table()
    return csv.lines(names, rows, bom=bom)


def json_lines(export: Export) -> Iterator[str]:
    """Yield one JSON object a line, each answer exactly as it is kept."""
    for row in export.rows():
        # In ASCII: some readers take U+2028 and its like, written as they are, for the end of a line.
        yield json.dumps(as_json(row, is_identified=export.is_identified)) + "\n"


LINES: Mapping[str, Callable[[Export], Iterator[str]]] = {"csv": csv_lines, "jsonl": json_lines}
TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sav": "application/x-spss-sav",
    "parquet": "application/vnd.apache.parquet",
}


def in_blocks(lines: Iterator[str]) -> Iterator[bytes]:
    """Yield lines as UTF-8, many at a time: each piece that is sent costs more than a line."""
    while block := "".join(islice(lines, BLOCK)):
        yield block.encode()


def write_spreadsheet(export: Export, path: Path) -> int:
    """Write an .xlsx file and return how many responses are in it; words are never a formula.

    Further worksheets follow where one is full.
    """
    from xlsxwriter import Workbook

    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    names, rows = export.sheet()
    written = 0
    with Workbook(str(path), settings) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = _new_sheet(book, names)
        for row in rows:
            if written and written % SHEET_ROWS == 0:
                sheet = _new_sheet(book, names)
            _write(sheet, written % SHEET_ROWS + 1, row, day)
            written += 1
    return written


def _new_sheet(book: Any, names: list[str]) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    _write(sheet, 0, names, None)
    return sheet


def _write(sheet: Any, number: int, cells: Sequence[Exact], day: Any) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(number, place, cell)
        elif isinstance(cell, date):
            sheet.write_datetime(number, place, cell, day)
        else:
            sheet.write_number(number, place, cell)
