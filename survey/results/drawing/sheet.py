"""A sheet of paper in pixels: title above, source below, room for the drawing between them."""

import atexit
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from survey.config import tell_libraries
from survey.results.drawing.labels import clean, wrap
from survey.results.drawing.look import Look
from survey.results.drawing.svg import finished

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CACHE_FOLDER = "MPLCONFIGDIR"
WIDE = 640.0
NARROW = 343.0
TITLE_SIZE, TITLE_LINE = 16.0, 22.0
NOTE_SIZE, NOTE_LINE = 13.0, 20.0
SOURCE_SIZE, SOURCE_LINE = 12.0, 17.0
GAP = 14.0
DOTS_PER_INCH = 72  # one point is one pixel

_drawing = threading.Lock()


def keep_cache_in(folder: Path) -> None:
    """Let matplotlib keep its list of fonts in this folder; to be said before the first chart is drawn."""
    if tell_libraries(CACHE_FOLDER, str(folder)):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def pen(*, outlines: bool = False) -> Iterator[None]:
    """The right to draw: one thread at a time, quiet about characters that only the reader's font has.

    With outlines letters are drawn as shapes, for paper, which has no reader's font.
    """
    with _drawing, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        _prepare()
        import matplotlib

        with matplotlib.rc_context({"svg.fonttype": "path"} if outlines else {}):
            yield


@lru_cache(maxsize=1)
def _prepare() -> None:
    """Import matplotlib once, writing nowhere but in the folder it was given, or one that goes away again."""
    passing = tempfile.TemporaryDirectory(prefix="hearback-charts-")
    atexit.register(passing.cleanup)
    tell_libraries(CACHE_FOLDER, passing.name)
    import matplotlib

    settings = matplotlib.rcParams
    settings["svg.fonttype"] = "none"  # text stays text: selectable, and set in the reader's font
    settings["svg.hashsalt"] = "hearback"  # the same drawing has the same bytes: it can be cached by content
    settings["text.parse_math"] = False  # a customer's dollar sign is a dollar sign
    settings["font.family"] = "DejaVu Sans"


class Sheet:
    """One chart being drawn; x and y are pixels from the upper left corner, y runs downwards."""

    def __init__(self, title: str, source: str, *, body: float, wide: bool, look: Look, note: str = "") -> None:
        self.look = look
        self.width = WIDE if wide else NARROW
        self.title = clean(title, 200)
        titles = wrap(self.title, self.width, TITLE_SIZE, bold=True, lines=4)
        notes = wrap(clean(note, 200), self.width, NOTE_SIZE)
        sources = wrap(clean(source, 300), self.width, SOURCE_SIZE, lines=5)
        self.top = len(titles) * TITLE_LINE + len(notes) * NOTE_LINE + GAP
        self.bottom = self.top + body
        self.height = self.bottom + len(sources) * SOURCE_LINE + GAP
        self.figure = self._figure()
        for line, text in enumerate(titles):
            self.words(0, line * TITLE_LINE + TITLE_SIZE, text, size=TITLE_SIZE, bold=True)
        for line, text in enumerate(notes):
            below = len(titles) * TITLE_LINE + line * NOTE_LINE
            self.words(0, below + NOTE_SIZE, text, size=NOTE_SIZE, colour=look.muted)
        for line, text in enumerate(sources):
            self.words(0, self.bottom + GAP + line * SOURCE_LINE + 4, text, size=SOURCE_SIZE, colour=look.muted)

    def _figure(self) -> "Figure":
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure

        figure = Figure(figsize=(self.width / DOTS_PER_INCH, self.height / DOTS_PER_INCH), dpi=DOTS_PER_INCH)
        FigureCanvasSVG(figure)
        return figure

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 13,
        colour: str = "",
        bold: bool = False,
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """Set text with its base line at y."""
        self.figure.text(
            x / self.width,
            1 - y / self.height,
            text,
            fontsize=size,
            color=colour or self.look.ink,
            fontweight="bold" if bold else "normal",
            ha=align,
            va="baseline",
        )

    def plot(self, left: float, top: float, width: float, height: float) -> "Axes":
        """Axes without frame, ticks or clipping in this rectangle."""
        box = (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(box)
        axes.set_axis_off()
        return axes

    def line(self, start: tuple[float, float], end: tuple[float, float], *, colour: str, width: float = 1) -> None:
        """A straight line between two points of the sheet, under everything that is plotted."""
        from matplotlib.lines import Line2D

        across = (start[0] / self.width, end[0] / self.width)
        down = (1 - start[1] / self.height, 1 - end[1] / self.height)
        self.figure.add_artist(Line2D(across, down, color=colour, linewidth=width, solid_capstyle="butt", zorder=-1))

    def svg(self) -> bytes:
        """The finished chart."""
        written = BytesIO()
        self.figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        return finished(written.getvalue(), self.title)
