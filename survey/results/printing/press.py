"""The press: sets a report on paper and gives it back as PDF."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from survey.results.printing.blocks import Bars, Drawing, Facts, Figure, Quote, Report, Section, Table, Words
from survey.results.printing.setting import bars, drawing, facts, figure, quote, table, words

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

SET: Mapping[type, Callable[["Paper", Any], None]] = {
    Words: words.put, Figure: figure.put, Facts: facts.put, Table: table.put, Bars: bars.put, Drawing: drawing.put,
    Quote: quote.put,
}  # fmt: skip
HEIGHTS: Mapping[type, Callable[["Paper", Any], float]] = {
    Words: words.height, Figure: figure.height, Facts: facts.height, Table: table.height, Bars: bars.height,
    Drawing: drawing.height, Quote: quote.height,
}  # fmt: skip
Size = Literal["a4", "letter"]
HEADINGS = ((15.0, 10.0), (11.0, 6.0))  # size in points, and the air above
AFTER_HEADING = 2.5
TOP = 20.0
LEAST_BELOW = 34.0  # millimetres of a section that stand together with its heading
TOGETHER = 0.55  # of a page: what is no higher is never broken over two


def printed(report: Report, size: Size = "a4") -> bytes:
    """The report as PDF."""
    from survey.results.printing.paper import Paper

    paper = Paper(report, size)
    _cover(paper)
    for section in report.sections:
        _section(paper, section, 0)
    if paper.has_stand_in:
        paper.down(4)
        paper.paragraph(report.missing_letters, size=8, colour=paper.look.muted)
    return bytes(paper.output())


def _cover(paper: "Paper") -> None:
    report = paper.report
    paper.add_page()
    paper.start_section(report.title)
    paper.area(0, 0, paper.w, 3.2, paper.look.accent)
    paper.set_y(24)
    paper.paragraph(report.organisation, size=11, bold=True, colour=paper.look.accent)
    paper.paragraph(report.title, size=11, colour=paper.look.muted)
    paper.down(20)
    paper.paragraph(report.headline, size=23 if len(report.headline) < 160 else 18, bold=True)
    paper.down(10)
    for block in report.cover:
        SET[type(block)](paper, block)
    paper.line_of(paper.l_margin, paper.h - 20, paper.epw, report.made_words, size=8.5, colour=paper.look.muted)
    paper.add_page()
    paper.set_y(TOP)


def _needed(paper: "Paper", section: Section, level: int) -> float:
    """How much room a heading needs with what must stand below it: all of it, where that is not too high."""
    size, above = HEADINGS[level]
    heading = above + paper.height_of(section.title, paper.epw, size=size, bold=True) + AFTER_HEADING
    if not section.blocks:
        return heading + (_needed(paper, section.parts[0], level + 1) if section.parts else 0)
    below = sum(HEIGHTS[type(block)](paper, block) for block in section.blocks)
    return heading + (below if below <= TOGETHER * paper.whole else LEAST_BELOW)


def _section(paper: "Paper", section: Section, level: int) -> None:
    """A heading and what belongs under it."""
    size, above = HEADINGS[level]
    if not paper.room_for(_needed(paper, section, level)) and paper.get_y() > TOP + 1:
        paper.down(above)
    if level == 0:
        paper.rule(paper.get_y(), width=0.7, colour=paper.look.ink)
        paper.down(2.5)
    paper.start_section(section.title[:120] or "–", level=level)
    paper.paragraph(section.title, size=size, bold=True)
    paper.down(AFTER_HEADING)
    for block in section.blocks:
        SET[type(block)](paper, block)
    for part in section.parts:
        _section(paper, part, level + 1)
