"""Rows between hairlines: words on the left, numbers on the right; the headings come again on every page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from survey.results.printing.blocks import Table

if TYPE_CHECKING:
    from survey.results.printing.paper import Align, Paper

SIZE, HEAD, AIR = 8.5, 7.5, 1.1
NUMBER, NARROWEST, GAP = 20.0, 40.0, 7.0
AFTER = 4.0


def height(paper: "Paper", block: Table) -> float:
    """How high it stands, in millimetres."""
    wide = _widths(paper, block)
    return sum(_row(paper, row, wide) for row in [block.heads, *block.rows]) + AFTER


def put(paper: "Paper", block: Table) -> None:
    """Set it; no row is broken, and the last never stands alone."""
    wide = _widths(paper, block)
    heads(paper, block.heads, wide)
    for number, row in enumerate(block.rows):
        together = block.rows[number : number + 2] if number == len(block.rows) - 2 else [row]
        if paper.room_for(sum(_row(paper, one, wide) for one in together)):
            heads(paper, block.heads, wide)
        _put_row(paper, row, wide)
    paper.down(AFTER)


def _widths(paper: "Paper", block: Table) -> list[float]:
    numbers = number_widths(paper, block.heads[1:], [row[1:] for row in block.rows])
    return [paper.epw - sum(numbers), *numbers]


def number_widths(paper: "Paper", names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column of numbers must be: as its widest, with air, but never so wide that no room is left for words."""
    most = (paper.epw - NARROWEST) / max(1, len(names))
    columns = zip(names, *rows, strict=True)
    wanted = (max(paper.width_of(text, size=SIZE) for text in column) + GAP for column in columns)
    return [min(most, max(NUMBER, width)) for width in wanted]


def heads(paper: "Paper", names: Sequence[str], wide: Sequence[float]) -> None:
    """The headings, over a rule."""
    _put_cells(paper, names, wide, size=HEAD, colour=paper.look.muted)
    paper.set_y(paper.get_y() + _row(paper, names, wide, size=HEAD))
    paper.rule(paper.get_y(), width=0.3, colour=paper.look.ink)


def _put_row(paper: "Paper", row: Sequence[str], wide: Sequence[float]) -> None:
    _put_cells(paper, row, wide, size=SIZE)
    paper.set_y(paper.get_y() + _row(paper, row, wide))
    paper.rule(paper.get_y())


def _put_cells(paper: "Paper", row: Sequence[str], wide: Sequence[float], *, size: float, colour: str = "") -> None:
    x, y = paper.l_margin, paper.get_y()
    for number, (text, width) in enumerate(zip(row, wide, strict=True)):
        lines = paper.broken(text, _room(width), size=size)
        align: Align = "R" if number else "L"
        paper.set_lines(x, y + AIR, width if number else _room(width), lines, size=size, colour=colour, align=align)
        paper.set_y(y)
        x += width


def _row(paper: "Paper", row: Sequence[str], wide: Sequence[float], *, size: float = SIZE) -> float:
    cells = zip(row, wide, strict=True)
    return max(paper.height_of(text, _room(width), size=size) for text, width in cells) + 2 * AIR


def _room(width: float) -> float:
    return max(2.0, width - 3)
