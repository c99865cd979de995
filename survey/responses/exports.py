"""Answers as files: comma-separated values, lines of JSON, a spreadsheet. Written row by row, so that memory stays flat."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from survey.foundation import csv
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.organisation.queries import organisation
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import merged_questions
from survey.responses.models import ResponseDraft
from survey.responses.queries import answers_of, asked_in, count_of, drafts_of
from survey.responses.rules import (
    FLAGGED,
    Kept,
    answers_typed,
    as_json,
    cells_of_row,
    columns,
    header,
    outcome,
    sees_single_answers,
)

SHEET_ROWS = 1_048_575  # rows of a worksheet, its header not counted


@dataclass(frozen=True)
class Export:
    """The answers of one survey, ready to be written; a survey that shows only groups gives answers without anything beside."""

    survey: Survey
    flagged: str = ""

    @property
    def is_identified(self) -> bool:
        """Whether rows say whose, when and of which segments."""
        return sees_single_answers(self.survey.privacy)

    def rows(self) -> Iterator[Kept]:
        """Yield the responses; where nobody may tell which came when, in no order that tells it."""
        return answers_of(self.survey.id, is_shuffled=not self.is_identified, flagged=self.flagged)

    def table(self) -> tuple[list[str], Iterator[list[str]]]:
        """Return headings and rows."""
        wanted, is_identified = columns(merged_questions(self.survey.id)), self.is_identified
        rows = (cells_of_row(row, wanted, is_identified=is_identified) for row in self.rows())
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


def export_of(survey: Survey, *, flagged: str = "") -> Export:
    """Return the export of a survey; raise Refused where so few answered that rows would show people.

    Where only groups are shown, doubtful answers cannot be left out: the difference of two files would show few people's.
    """
    fewest = organisation().minimum_comments
    if flagged not in FLAGGED or (flagged and not sees_single_answers(survey.privacy)):
        raise Refused(_("Doubtful answers of this survey cannot be handed out apart: it shows groups only."))
    if not sees_single_answers(survey.privacy) and count_of(survey.id) < fewest:
        raise Refused(
            _(
                "This survey shows only groups, and fewer than %(fewest)s people have answered so far. "
                "There is nothing to export yet.",
                fewest=fewest,
            )
        )
    return Export(survey, flagged)


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


def write_spreadsheet(export: Export, path: Path) -> None:
    """Write an .xlsx file; every cell is text, so that nothing in it is run; further worksheets where one is full."""
    from xlsxwriter import Workbook

    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    names, rows = export.table()
    with Workbook(str(path), settings) as book:
        number = SHEET_ROWS
        for row in rows:
            if number == SHEET_ROWS:
                sheet, number = book.add_worksheet(), 0
                _write(sheet.write_string, 0, names)
            number += 1
            _write(sheet.write_string, number, row)
        if number == SHEET_ROWS and not book.worksheets():
            _write(book.add_worksheet().write_string, 0, names)


def _write(write_string: Callable[[int, int, str], object], number: int, cells: list[str]) -> None:
    for place, cell in enumerate(cells):
        write_string(number, place, cell)
