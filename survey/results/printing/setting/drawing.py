"""A chart, as lines and not as dots."""

from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from survey.results.printing.blocks import Drawing

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

AFTER = 2.0


def height(paper: "Paper", block: Drawing) -> float:
    """How high it stands where it is as wide as the page."""
    _x, _y, width, high = ElementTree.fromstring(block.svg).attrib["viewBox"].split()  # noqa: S314 - our own drawing
    return paper.epw * float(high) / float(width) + AFTER


def put(paper: "Paper", block: Drawing) -> None:
    """Set it."""
    high = height(paper, block)
    paper.room_for(high)
    y = paper.get_y()
    paper.image(BytesIO(block.svg), x=paper.l_margin, y=y, w=paper.epw, alt_text=block.says)
    paper.set_y(y + high)
