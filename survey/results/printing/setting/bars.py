"""Labels with bars and numbers: how answers are spread."""

from typing import TYPE_CHECKING

from survey.results.printing.blocks import Bar, Bars
from survey.results.printing.setting.table import SIZE, heads, widths

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

BAR, THICK, AIR, AFTER = 46.0, 2.8, 0.9, 4.0
HEADS = 6.0


def height(paper: "Paper", block: Bars) -> float:
    """How high they stand, in millimetres."""
    wide = _widths(paper, block)
    return HEADS + sum(_row(paper, row, wide[0]) for row in block.rows) + AFTER


def put(paper: "Paper", block: Bars) -> None:
    """Set them on one scale from 0 to the longest; no row is broken, and the last never stands alone."""
    wide, longest = _widths(paper, block), max((row.n for row in block.rows), default=0) or 1
    heads(paper, block.heads, wide, bar=BAR)
    for number, row in enumerate(block.rows):
        together = block.rows[number : number + 2] if number == len(block.rows) - 2 else [row]
        if paper.room_for(sum(_row(paper, one, wide[0]) for one in together)):
            heads(paper, block.heads, wide, bar=BAR)
        _put_row(paper, row, wide, longest)
    paper.down(AFTER)


def _widths(paper: "Paper", block: Bars) -> list[float]:
    return widths(paper, len(block.heads) - 1, bar=BAR)


def _put_row(paper: "Paper", row: Bar, wide: list[float], longest: float) -> None:
    y, x = paper.get_y(), paper.l_margin
    colour = paper.look.muted if row.is_grey else ""
    paper.set_lines(x, y + AIR, wide[0] - 3, paper.broken(row.label, wide[0] - 3, size=SIZE), size=SIZE, colour=colour)
    x += wide[0]
    long = max(row.n, 0) / longest * (BAR - 4)
    if long:
        paper.area(x, y + AIR + 0.8, long, THICK, paper.look.nobody if row.is_grey else paper.look.accent)
    x += BAR
    for text, width in zip(row.numbers, wide[1:], strict=True):
        paper.set_lines(x, y + AIR, width, [text], size=SIZE, colour=colour, align="R")
        x += width
    paper.set_y(y + _row(paper, row, wide[0]))


def _row(paper: "Paper", row: Bar, width: float) -> float:
    return paper.height_of(row.label, width - 3, size=SIZE) + 2 * AIR
