"""Labels with bars and numbers: how answers are spread."""

from typing import TYPE_CHECKING

from survey.results.printing.blocks import Bar, Bars
from survey.results.printing.setting.table import SIZE, heads, number_widths

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

THICK, AIR, AFTER = 2.8, 0.9, 4.0
HEADS, LABEL = 6.0, 0.46  # of the page’s width are at most for labels


def height(paper: "Paper", block: Bars) -> float:
    """How high they stand, in millimetres."""
    label = _widths(paper, block)[0]
    return HEADS + sum(_row(paper, row, label) for row in block.rows) + AFTER


def put(paper: "Paper", block: Bars) -> None:
    """Set them on one scale from 0 to the longest; no row is broken, and the last never stands alone."""
    wide, longest = _widths(paper, block), max((row.n for row in block.rows), default=0) or 1
    _heads(paper, block, wide)
    for number, row in enumerate(block.rows):
        together = block.rows[number : number + 2] if number == len(block.rows) - 2 else [row]
        if paper.room_for(sum(_row(paper, one, wide[0]) for one in together)):
            _heads(paper, block, wide)
        _put_row(paper, row, wide, longest)
    paper.down(AFTER)


def _widths(paper: "Paper", block: Bars) -> list[float]:
    """The widths of label, bar and numbers: the bars begin where the longest label ends."""
    numbers = number_widths(paper, block.heads[1:], [row.numbers for row in block.rows])
    label = max(paper.width_of(text, size=SIZE) for text in (block.heads[0], *(row.label for row in block.rows)))
    label = min(label + 4, LABEL * paper.epw)
    return [label, paper.epw - label - sum(numbers), *numbers]


def _heads(paper: "Paper", block: Bars, wide: list[float]) -> None:
    heads(paper, [block.heads[0], "", *block.heads[1:]], wide)


def _put_row(paper: "Paper", row: Bar, wide: list[float], longest: float) -> None:
    y, x, label = paper.get_y(), paper.l_margin, wide[0] - 3
    colour = paper.look.muted if row.is_grey else ""
    paper.set_lines(x, y + AIR, label, paper.broken(row.label, label, size=SIZE), size=SIZE, colour=colour)
    long = max(row.n, 0) / longest * (wide[1] - 2)
    if long:
        paper.area(x + wide[0], y + AIR + 0.8, long, THICK, paper.look.nobody if row.is_grey else paper.look.accent)
    x += wide[0] + wide[1]
    for text, width in zip(row.numbers, wide[2:], strict=True):
        paper.set_lines(x, y + AIR, width, [text], size=SIZE, colour=colour, align="R")
        x += width
    paper.set_y(y + _row(paper, row, wide[0]))


def _row(paper: "Paper", row: Bar, width: float) -> float:
    return paper.height_of(row.label, width - 3, size=SIZE) + 2 * AIR
