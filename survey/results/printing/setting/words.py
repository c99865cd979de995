"""A paragraph."""

from typing import TYPE_CHECKING

from survey.results.printing.blocks import Words

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

SIZES = {"plain": 9.5, "strong": 11.0, "large": 11.5, "muted": 8.0}
AIR = 2.2


def height(paper: "Paper", block: Words) -> float:
    """How high it stands, in millimetres."""
    return paper.height_of(block.text, paper.epw, size=SIZES[block.tone], bold=block.tone == "strong") + AIR


def put(paper: "Paper", block: Words) -> None:
    """Set it."""
    colour = paper.look.muted if block.tone == "muted" else ""
    paper.paragraph(block.text, size=SIZES[block.tone], bold=block.tone == "strong", colour=colour)
    paper.down(AIR)
