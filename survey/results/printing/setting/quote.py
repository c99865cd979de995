"""What a customer wrote, in letters of its own."""

from typing import TYPE_CHECKING

from survey.results.printing.blocks import Quote

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

SIZE, BELOW, INDENT, AFTER = 13.0, 8.5, 6.0, 7.0


def height(paper: "Paper", block: Quote) -> float:
    """How high it stands, in millimetres."""
    wide = paper.epw - INDENT
    return (
        paper.height_of(block.text, wide, size=SIZE, serif=True)
        + paper.height_of(block.below, wide, size=BELOW)
        + 1.5
        + AFTER
    )


def put(paper: "Paper", block: Quote) -> None:
    """Set it beside a line, whole on one page."""
    paper.room_for(min(height(paper, block), paper.whole))
    y, page = paper.get_y(), paper.page
    paper.paragraph(block.text, size=SIZE, serif=True, indent=INDENT)
    paper.down(1.5)
    paper.paragraph(block.below, size=BELOW, colour=paper.look.muted, indent=INDENT)
    if paper.page == page:
        paper.area(paper.l_margin, y + 1, 0.8, paper.get_y() - y - 1.5, paper.look.accent)
    paper.down(AFTER)
