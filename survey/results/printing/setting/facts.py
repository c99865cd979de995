"""Label and words, line by line."""

from typing import TYPE_CHECKING

from survey.results.printing.blocks import Facts

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

SIZE, LABEL, AIR, ABOVE = 9.5, 42.0, 1.6, 5.0


def height(paper: "Paper", block: Facts) -> float:
    """How high they stand, in millimetres."""
    return sum(_row(paper, words) for _label, words in block.rows) + ABOVE + 4


def put(paper: "Paper", block: Facts) -> None:
    """Set them between hairlines."""
    paper.down(ABOVE)
    for label, words in block.rows:
        paper.room_for(_row(paper, words))
        y = paper.get_y()
        paper.rule(y)
        paper.line_of(paper.l_margin, y + AIR, LABEL - 3, label, size=SIZE, colour=paper.look.muted)
        lines = paper.broken(words, paper.epw - LABEL, size=SIZE)
        paper.set_lines(paper.l_margin + LABEL, y + AIR, paper.epw - LABEL, lines, size=SIZE)
        paper.set_y(y + _row(paper, words))
    paper.rule(paper.get_y())
    paper.down(4)


def _row(paper: "Paper", words: str) -> float:
    return paper.height_of(words, paper.epw - LABEL, size=SIZE) + 2 * AIR
