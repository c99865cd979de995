"""The CSV door: formulas are neutral, odd files are understood or refused in words."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.foundation.csv import Rejected, Row, lines, mapping, read, safe, unsafe
from survey.foundation.errors import Refused

FORMULAS = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\ufeff=1",
    "＝1+1",
    " =1",
    "\u200b=cmd",
    "\x00=1",
]


@pytest.fixture
def file(tmp_path):
    def write_file(content):
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_spreadsheet_takes_a_cell_for_a_formula(cell):
    assert safe(cell) == f"'{cell}"
    assert unsafe(safe(cell)) == cell


@given(st.text())
def test_writing_and_reading_a_cell_gives_it_back(cell):
    assert unsafe(str(safe(cell))) == cell or cell.startswith("'")


@pytest.mark.parametrize("cell", ["plain", "a=b", "1-2", "", "don’t", 12, -3, 2.5])
def test_harmless_cells_and_numbers_stay_as_they_are(cell):
    assert safe(cell) == cell


def test_headers_are_made_safe_too_and_the_mark_comes_first():
    written = "".join(lines(["=header", "b"], [["x", -1]], bom=True))
    assert written.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(written.removeprefix("\ufeff")))) == [["'=header", "b"], ["x", "-1"]]


def test_a_byte_order_mark_and_stray_blanks_in_the_header_do_no_harm(file):
    table = read(file("\ufeffCustomer id ,Name\r\n7,Ada\r\n"))
    assert table.columns == ["Customer id", "Name"]
    assert list(table.rows) == [Row(2, {"Customer id": "7", "Name": "Ada"})]


def test_a_row_of_another_width_is_rejected_with_its_line_and_the_rest_is_read(file):
    rows = list(read(file('a,b\n1,2\n3\n"4\n4",5\n6,7\n')).rows)
    assert [row.line for row in rows] == [2, 3, 4, 6]
    assert rows[1] == Rejected(3, "1 cells where the header has 2")
    assert rows[3].cells == {"a": "6", "b": "7"}


def test_a_file_from_an_old_spreadsheet_is_read(file):
    assert next(iter(read(file("name\nJosé\n".encode("cp1252"))).rows)).cells == {"name": "José"}


@pytest.mark.parametrize("content", ["", "a,A\n1,2\n", b"\x89PNG\x00\x00", ",".join(map(str, range(600)))])
def test_what_is_no_table_is_refused_in_words(file, content):
    with pytest.raises(Refused, match=r"\w+ \w+"):
        read(file(content))


def test_columns_are_matched_without_regard_to_case_and_blanks():
    known = {"customerid": "external_id", "name": "name"}
    assert mapping(["TOTAL revenue = name"], ["CustomerID", "Total Revenue"], known) == {
        "Total Revenue": "name",
        "CustomerID": "external_id",
    }


@pytest.mark.parametrize("pair", ["nothere=name", "Name=nofield", "name", "Name=name2"])
def test_a_map_to_nowhere_is_refused(pair):
    with pytest.raises(Refused):
        mapping([pair], ["Name"], {"name": "name"})


def test_a_quotation_mark_that_is_never_closed_is_said_and_swallows_nothing_in_silence(file):
    rows = list(read(file('a,b\n1,x\n2,"open\n3,y\n4,z\n')).rows)
    assert rows[0].cells == {"a": "1", "b": "x"}
    assert rows[1].line == 3
    assert "never closed" in rows[1].reason
    assert len(rows) == 2


def test_a_bad_byte_does_not_change_the_first_column(file):
    table = read(file(b"\xef\xbb\xbfname,b\nJos\xe9,1\n"))
    assert table.columns == ["name", "b"]
