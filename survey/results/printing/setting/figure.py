"""The number at the head, with its whisker on the whole scale."""

from typing import TYPE_CHECKING

from survey.results.printing.blocks import Figure, Span

if TYPE_CHECKING:
    from survey.results.printing.paper import Paper

SIZE, NAME, SMALL = 40.0, 13.0, 10.0
WHISKER, THICK = 110.0, 2.6


def height(paper: "Paper", block: Figure) -> float:
    """How high it stands, in millimetres."""
    lines = sum(paper.height_of(text, paper.epw, size=SMALL) for text in block.details)
    return 22 + lines + (14 if block.span else 0) + 6


def put(paper: "Paper", block: Figure) -> None:
    """Set it: the number, its name beside it, whisker and words below."""
    y = paper.get_y()
    paper.ink(size=SIZE, bold=True)
    wide = paper.get_string_width(block.value) if block.value else 0
    paper.set_lines(paper.l_margin, y, wide + 2, [block.value], size=SIZE, bold=True, colour=paper.look.accent)
    x = paper.l_margin + (wide + 4 if block.value else 0)
    paper.line_of(x, y + 10.6, paper.w - paper.r_margin - x, block.name, size=NAME, colour=paper.look.muted)
    paper.set_y(y + 22)
    if block.span:
        _whisker(paper, block.span)
    for text in block.details:
        paper.paragraph(text, size=SMALL)
    paper.down(6)


def _whisker(paper: "Paper", span: Span) -> None:
    y, left = paper.get_y() + 2, paper.l_margin

    def at(value: float) -> float:
        return left + (value - span.least) / (span.most - span.least) * WHISKER

    paper.rule(y + THICK / 2, width=0.3, colour=paper.look.nobody, x=left, to=left + WHISKER)
    if span.least < 0 < span.most:
        paper.area(at(0) - 0.15, y - 0.6, 0.3, THICK + 1.2, paper.look.muted)
    paper.area(at(span.low), y + 0.5, max(0.3, at(span.high) - at(span.low)), THICK - 1, paper.look.accent)
    paper.area(at(span.value) - 0.6, y - 1, 1.2, THICK + 2, paper.look.ink)
    _ends(paper, y + THICK + 1.6, span, at(0))
    paper.set_y(y + 12)


def _ends(paper: "Paper", y: float, span: Span, zero: float) -> None:
    say = {"size": 7.5, "colour": paper.look.muted}
    paper.line_of(paper.l_margin, y, 14, _end(span.least), **say)  # type: ignore[arg-type]
    paper.line_of(paper.l_margin + WHISKER - 14, y, 14, _end(span.most), **say, align="R")  # type: ignore[arg-type]
    if span.least < 0 < span.most:
        paper.line_of(zero - 1, y, 8, "0", **say)  # type: ignore[arg-type]


def _end(value: float) -> str:
    return f"{value:+.0f}".replace("-", "\N{MINUS SIGN}") if value else "0"
