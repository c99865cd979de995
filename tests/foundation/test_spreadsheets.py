"""Spreadsheets and other tables: understood by what is in them, and never more of them than can be borne."""

import io
import zipfile
from datetime import date

import pytest
from xlsxwriter import Workbook

from survey.foundation import tables
from survey.foundation.csv import Rejected, Row
from survey.foundation.errors import Refused

BIG_TEXT = "<si><t>" + "x" * 1_000_000 + "</t></si>"


def workbook(*rows, sheets=("Answers",), at=0):
    """The bytes of a spreadsheet."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows, start=at):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    else:
                        sheet.write(number, place, cell)
    return buffer.getvalue()


def changed(content, name, change):
    """A spreadsheet in which one part is another."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            body = old.read(part).decode()
            new.writestr(part, change(body) if part == name else body)
    return buffer.getvalue()


def opened(content):
    table = tables.content_of(content).table()
    return table.columns, list(table.rows)


def test_cells_of_a_spreadsheet_are_read_as_they_are_seen(sqlite_app):
    content = workbook(
        [" Id ", "Score", "When", "Sum"], ["a", 9, date(2026, 5, 1), 1.5], [], [True, "", "", -0.5], at=1
    )
    columns, rows = opened(content)
    assert columns == ["Id", "Score", "When", "Sum"]
    assert rows == [
        Row(3, {"Id": "a", "Score": "9", "When": "2026-05-01", "Sum": "1.5"}),
        Row(5, {"Id": "true", "Score": "", "When": "", "Sum": "-0.5"}),
    ]


def test_a_formula_is_never_run(sqlite_app):
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=1+1", None, 7)
        sheet.write_string(1, 1, "=1+1")
    assert opened(buffer.getvalue())[1] == [Row(2, {"a": "7", "b": "=1+1"})]


def test_the_first_sheet_is_read_and_all_are_named(sqlite_app):
    table = tables.content_of(workbook(["a"], [1], sheets=("One", "Two"))).table()
    assert table.sheets == ["One", "Two"]
    assert len(list(table.rows)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04 and then nothing", "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "cannot be read"),
        (b"%PDF-1.7", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        (workbook(), "first sheet"),
        (workbook(["a", "A"], [1, 2]), "Two columns"),
        (changed(workbook(["a"]), "xl/worksheets/sheet1.xml", lambda _body: "<no"), "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(sqlite_app, content, words):
    with pytest.raises(Refused, match=words):
        opened(content)


def test_a_spreadsheet_that_unfolds_into_too_much_is_refused(sqlite_app, monkeypatch):
    bombs = [
        # a cell at the end of the world: what lies between would be kept too
        changed(workbook(["a"], [1]), "xl/worksheets/sheet1.xml", lambda body: body.replace('r="A2"', 'r="XFD1048576"')),
        # one long text, of which each cell is a copy
        changed(
            changed(workbook(["a"], *(["x"] for _ in range(5000))), "xl/sharedStrings.xml",
                    lambda body: body.replace("<si><t>x</t></si>", BIG_TEXT)),
            "[Content_Types].xml", lambda body: body,
        ),
    ]  # fmt: skip
    for bomb in bombs:
        assert len(bomb) < 200_000
        with pytest.raises(Refused, match="unfolds"):
            opened(bomb)
    monkeypatch.setattr("survey.foundation.spreadsheets.UNPACKED", 1000)
    with pytest.raises(Refused, match="unfolds"):
        opened(workbook(["a"], [1]))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_parts_the_cells_is_seen(sqlite_app, separator):
    lines = [separator.join(cells) for cells in (("id", "comment"), ("1", "fine"), ("2", '"good, or not; or"'))]
    columns, rows = opened("\n".join(lines).encode())
    assert columns == ["id", "comment"]
    assert [row.cells["comment"] for row in rows] == ["fine", "good, or not; or"]


def test_one_column_may_hold_any_mark(sqlite_app):
    assert opened(b"comment\nfine; really\n")[1] == [Row(2, {"comment": "fine; really"})]


def test_lines_of_json_are_known_by_their_first(sqlite_app):
    content = tables.content_of(b'{"answers": {}}\nnot json\n[1]\n')
    rows = list(content.table().rows)
    assert content.form == tables.LINES
    assert [type(row).__name__ for row in rows] == ["Entry", "Rejected", "Rejected"]
    assert rows[1].cells == ("not json",)


def test_a_cell_of_a_megabyte_and_a_ragged_row_cost_only_themselves(sqlite_app):
    _columns, rows = opened(b"a,b\n1," + b"x" * 1_000_000 + b"\n2\n3,4\n")
    assert [type(row) for row in rows] == [Rejected, Rejected, Row]
    assert rows[1].cells == ("2",)
