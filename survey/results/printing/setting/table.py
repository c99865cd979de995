"""Rows between hairlines: words on the left, numbers on the right; the headings come again on every page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from survey.results.printing.blocks import Table

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

SIZE, HEAD, AIR = 8.5, 7.5, 1.1
NUMBER, NARROWEST = 27.0, 40.0
AFTER = 4.0


def height(paper: "Paper", block: Table) -> float:
    """How high it stands, in millimetres."""
    wide = widths(paper, len(block.heads) - 1)
    return sum(_row(paper, row, wide) for row in [block.heads, *block.rows]) + AFTER


def put(paper: "Paper", block: Table) -> None:
    """Set it; no row is broken, and the last never stands alone."""
    wide = widths(paper, len(block.heads) - 1)
    heads(paper, block.heads, wide)
    for number, row in enumerate(block.rows):
        together = block.rows[number : number + 2] if number == len(block.rows) - 2 else [row]
        if paper.room_for(sum(_row(paper, one, wide) for one in together)):
            heads(paper, block.heads, wide)
        _put_row(paper, row, wide)
    paper.down(AFTER)


def widths(paper: "Paper", numbers: int, *, bar: float = 0) -> list[float]:
    """The widths of the column of words and of so many columns of numbers."""
    room = paper.epw - NARROWEST - bar
    number = min(NUMBER, room / numbers) if numbers else 0
    return [paper.epw - bar - numbers * number, *[number] * numbers]


def heads(paper: "Paper", names: Sequence[str], wide: Sequence[float], *, bar: float = 0) -> None:
    """The headings, over a rule."""
    paper.set_y(paper.get_y() + _cells(paper, names, wide, bar=bar, size=HEAD, colour=paper.look.muted))
    paper.rule(paper.get_y(), width=0.3, colour=paper.look.ink)


def _put_row(paper: "Paper", row: Sequence[str], wide: Sequence[float]) -> None:
    paper.set_y(paper.get_y() + _cells(paper, row, wide, size=SIZE))
    paper.rule(paper.get_y())


def _cells(
    paper: "Paper", row: Sequence[str], wide: Sequence[float], *, size: float, colour: str = "", bar: float = 0
) -> float:
    """Set the cells of one row; return how high it is."""
    x, y = paper.l_margin, paper.get_y()
    for number, (text, width) in enumerate(zip(row, wide, strict=True)):
        lines = paper.broken(text, width - 3, size=size)
        if number:
            paper.set_lines(x, y + AIR, width, lines, size=size, colour=colour, align="R")
        else:
            paper.set_lines(x, y + AIR, width - 3, lines, size=size, colour=colour)
        x += width + (0 if number else bar)
    return _row(paper, row, wide, size=size)


def _row(paper: "Paper", row: Sequence[str], wide: Sequence[float], *, size: float = SIZE) -> float:
    cells = zip(row, wide, strict=True)
    return max(paper.height_of(text, width - 3, size=size) for text, width in cells) + 2 * AIR
