"""The press: any words fit on the page, nothing overlaps, lines run the right way, and no row is broken."""

import io
import logging
from collections import Counter
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from survey.results.printing.blocks import Bar, Bars, Facts, Figure, Quote, Report, Section, Span, Table, Words
from survey.results.printing.letters import in_order, printable, runs_right_to_left
from survey.results.printing.press import printed
from tests.results.test_charts import HOSTILE

LABELS = [*HOSTILE, *(f"Option {number}" for number in range(60 - len(HOSTILE)))]


def _report(*sections, headline="A finding.", cover=()):
    return Report("Café", "A survey", headline, cover, sections, datetime(2026, 10, 1, tzinfo=UTC), "Made today.", "#0B6B5D",
                  missing_letters="▯ stands for more.")  # fmt: skip


def _placed(content):
    """Where each piece of text stands: page, x, y, text."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):

        def visit(text, _cm, tm, _font, _size, number=number):
            if text.strip():
                found.append((number, tm[4], tm[5], text.strip()))

        page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_sixty_labels_of_any_words_stay_on_the_page_and_apart(size, caplog):
    bars = Bars(["Answer", "People", "Share"], [Bar(label, 60 - n, [str(n), "1.67%"]) for n, label in enumerate(LABELS)])  # fmt: skip
    with caplog.at_level(logging.WARNING):
        content = printed(_report(Section("Labels", [bars])), size)
    assert caplog.records == []
    placed = _placed(content)
    assert min(y for _page, _x, y, _text in placed) > 30  # points from the lower edge, where the page number stands
    rows = Counter((page, round(y, 1)) for page, x, y, text in placed if text == "1.67%")
    assert len(rows) == 60  # each number on a line of its own


def test_a_table_over_several_pages_names_its_columns_on_each():
    table = Table(["Month", "Answers"], [[f"Month {number}", str(number)] for number in range(120)])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed(_report(Section("Long", [table]))))).pages]
    of_table = [text for text in pages if "Month 1" in text or "Answers" in text]
    assert len(of_table) >= 3
    assert all("Month Answers" in text for text in of_table)
    assert of_table[-1].count("Month ") > 2  # its heads, and never one row alone


def test_a_heading_never_stands_alone_at_the_foot_of_a_page():
    for lines in range(26, 44, 2):
        parts = [Section("Part", [Table(["A", "B"], [["a", "1"]] * 3)])]
        content = printed(
            _report(Section("First", [Words(f"line {n}") for n in range(lines)]), Section("Second", parts=parts))
        )
        for page in PdfReader(io.BytesIO(content)).pages:
            said = page.extract_text().split("\n")
            assert "Second" not in said or "A B" in said


def test_a_paragraph_never_leaves_one_line_alone():
    text = " ".join(f"word{number}" for number in range(4000))
    content = printed(_report(Section("Long", [Words("x " * 300), Words(text)])))
    pages = [page.extract_text().split("\n") for page in PdfReader(io.BytesIO(content)).pages]
    assert all(sum("word" in line for line in lines) != 1 for lines in pages)
    assert "word3999" in pages[-1][-2] + pages[-1][-3]


def test_every_block_takes_nothing_and_much():
    blocks = [Words(""), Facts([("", ""), ("Label " * 20, "words " * 300)]), Table(["", ""], []), Bars(["", ""], []), Quote("", ""),
              Quote("“" + "long " * 2000 + "”", "below"), Figure("", "", ()), Figure("+100", "NPS", ["x"], Span(-100, 100, 100, -100, 100)),
              Table([f"Column {number}" for number in range(12)], [["x " * 400, *["1,000,000.00"] * 11]])]  # fmt: skip
    content = printed(_report(*[Section("S " * 100, [block]) for block in blocks], headline="H" * 500, cover=blocks))
    assert len(PdfReader(io.BytesIO(content)).pages) > 5


def test_lines_run_as_their_script_does():
    assert in_order("Hello world", right_to_left=False) == "Hello world"
    assert in_order("שלום (עולם) 12%", right_to_left=True) == "12% (םלוע) םולש"
    assert in_order("Say שלום twice", right_to_left=False) == "Say םולש twice"
    assert runs_right_to_left("12 שלום")
    assert not runs_right_to_left("OK שלום")
    assert not runs_right_to_left("")


def test_what_cannot_be_seen_goes_and_what_cannot_be_printed_is_a_box():
    assert printable("a\u202eb\u200bc\ufe0f\x00") == "abc"
    assert printable("e\u0301") == "é"
    assert printable("日本語 OK") == "▯ OK"
    assert printable("a\tb\u2028c\nd") == "a b c\nd"
    assert printable("\ud800") == ""


def test_words_that_could_not_be_printed_are_explained_where_there_are_any():
    def said(words):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed(_report(Section("S", [Words(words)]))))).pages)  # fmt: skip

    assert "▯ stands for more." in said("日本語")
    assert "stands for more" not in said("Plain")
