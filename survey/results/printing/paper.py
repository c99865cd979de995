"""A sheet of paper in millimetres: fonts, colours, lines of words, and when a new page begins."""

from collections.abc import Sequence
from typing import Any, Literal

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import MethodReturnValue

from survey.results.drawing.look import look
from survey.results.printing.blocks import Report
from survey.results.printing.letters import STAND_IN, font_file, in_order, printable, runs_right_to_left

Align = Literal["L", "R"]

FONTS = {
    ("sans", ""): "DejaVuSans.ttf",
    ("sans", "B"): "DejaVuSans-Bold.ttf",
    ("serif", ""): "DejaVuSerif.ttf",
}
MARGIN, HEAD, FOOT = 22.0, 20.0, 22.0
LEADING = 0.353 * 1.45  # millimetres a point, and the air between lines


class Paper(FPDF):
    """The paper that one report is printed on; y runs downwards."""

    def __init__(self, report: Report, size: Literal["a4", "letter"]) -> None:
        super().__init__(format=size)
        self.report = report
        self.look = look("light", report.accent)
        self.has_stand_in = False
        self._broken: dict[tuple[str, float, float, bool, bool], list[str]] = {}
        for (family, style), name in FONTS.items():
            self.add_font(family, style, font_file(name))  # type: ignore[arg-type]
        self.set_fallback_fonts(["sans"], exact_match=False)
        self.set_margins(MARGIN, HEAD, MARGIN)
        self.set_auto_page_break(False)  # a line that fits nowhere begins a page by itself, whole blocks do so before
        self.c_margin = 0
        self._tell_about_itself()

    def _tell_about_itself(self) -> None:
        report = self.report
        self.set_title(f"{report.title} – {report.organisation}")
        self.set_author(report.organisation)
        self.set_subject(report.headline)
        self.set_creator("Hearback")
        self.set_lang(report.language)
        self.set_creation_date(report.made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def footer(self) -> None:
        """Under every page but the cover: whose report it is, and which page."""
        if self.page == 1:
            return
        y = self.h - FOOT + 8
        self.rule(y - 2)
        self.line_of(MARGIN, y, self.epw - 20, f"{self.report.organisation} · {self.report.title}", size=7.5, colour=self.look.muted)  # fmt: skip
        self.line_of(self.w - MARGIN - 20, y, 20, str(self.page_no()), size=7.5, colour=self.look.muted, align="R")

    # ---- room

    @property
    def left(self) -> float:
        """How much of the page is still free."""
        return self.h - FOOT - self.get_y()

    @property
    def whole(self) -> float:
        """How much room a page has."""
        return self.h - FOOT - HEAD

    def room_for(self, height: float) -> bool:
        """Begin a page where this much does not fit; return whether that was so."""
        if height <= self.left or self.get_y() <= HEAD + 1:
            return False
        self.add_page()
        self.set_y(HEAD)
        return True

    def down(self, height: float) -> None:
        """Leave some room free."""
        self.set_y(self.get_y() + height)

    # ---- words

    def ink(self, *, size: float, colour: str = "", bold: bool = False, serif: bool = False) -> None:
        """Choose the letters."""
        self.set_font("serif" if serif else "sans", "B" if bold else "", size)
        self.set_text_color(colour or self.look.ink)

    def broken(self, text: str, width: float, *, size: float, bold: bool = False, serif: bool = False) -> list[str]:
        """The lines of a text in a column of this width; kept, as heights are asked for before words are set."""
        key = (text, round(width, 3), size, bold, serif)
        if key not in self._broken:
            self.ink(size=size, bold=bold, serif=serif)
            self._broken[key] = self._lines(printable(text).strip(), width)
        return self._broken[key]

    def _lines(self, said: str, width: float) -> list[str]:
        self.has_stand_in |= STAND_IN in said
        if not said:
            return [""]
        lines: Any = self.multi_cell(width, text=said, dry_run=True, output=MethodReturnValue.LINES)
        return list(map(str, lines))

    def width_of(self, text: str, *, size: float) -> float:
        """How wide a text stands on one line."""
        self.ink(size=size)
        return float(self.get_string_width(printable(text)))

    def set_lines(
        self,
        x: float,
        y: float,
        width: float,
        lines: Sequence[str],
        *,
        size: float,
        colour: str = "",
        bold: bool = False,
        serif: bool = False,
        align: Align = "L",
    ) -> None:
        """Set lines one below the other; those that run from right to left stand on the right."""
        self.ink(size=size, colour=colour, bold=bold, serif=serif)
        backwards = runs_right_to_left(" ".join(lines))
        for number, line in enumerate(lines):
            self.set_xy(x, y + number * size * LEADING)
            self.cell(width, size * LEADING, in_order(line, right_to_left=backwards), align="R" if backwards else align)

    def line_of(
        self, x: float, y: float, width: float, text: str, *, size: float, colour: str = "", align: Align = "L"
    ) -> None:
        """Set one line; what does not fit into it is cut."""
        lines = self.broken(text, width, size=size)
        first = lines[0] if len(lines) == 1 else f"{lines[0].rstrip()[:-1]}…"
        self.set_lines(x, y, width, [first], size=size, colour=colour, align=align)

    def height_of(self, text: str, width: float, *, size: float, bold: bool = False, serif: bool = False) -> float:
        """How high a text stands in a column."""
        return len(self.broken(text, width, size=size, bold=bold, serif=serif)) * size * LEADING

    def paragraph(
        self,
        text: str,
        *,
        size: float = 9.5,
        colour: str = "",
        bold: bool = False,
        serif: bool = False,
        indent: float = 0,
        width: float | None = None,
    ) -> None:
        """Set a text from here on; where the page ends it goes on with no fewer than two lines on either side."""
        column = width or self.epw - indent
        lines, leading = self.broken(text, column, size=size, bold=bold, serif=serif), size * LEADING
        while lines:
            fits = max(0, int(self.left / leading + 0.01))
            taken = len(lines) if fits >= len(lines) else min(fits, len(lines) - 2)
            if taken < 2 and taken < len(lines):
                self.add_page()
                self.set_y(HEAD)
                continue
            self.set_lines(MARGIN + indent, self.get_y(), column, lines[:taken], size=size, colour=colour, bold=bold, serif=serif)  # fmt: skip
            self.set_y(self.get_y() + leading)
            lines = lines[taken:]

    # ---- lines and areas

    def rule(self, y: float, *, width: float = 0.15, colour: str = "", x: float = MARGIN, to: float = 0) -> None:
        """A line across the page."""
        self.set_draw_color(colour or self.look.hairline)
        self.set_line_width(width)
        self.line(x, y, to or self.w - MARGIN, y)

    def area(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self.set_fill_color(colour)
        self.rect(x, y, width, height, style="F")
