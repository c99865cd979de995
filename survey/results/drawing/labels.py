"""Words on a chart: made harmless, measured, wrapped and cut to the room they have."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

LONGEST = 80
DOTS = "…"
# Marks that turn the reading direction of everything after them around.
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str, longest: int = LONGEST) -> str:
    """The text as one line that any XML reader takes, cut to `longest` characters."""
    # Looking at a bounded part keeps a label of a million characters as cheap as a short one.
    line = " ".join("".join(map(_harmless, text[: 4 * longest])).split())
    return line if len(line) <= longest and len(text) <= 4 * longest else f"{line[: longest - 1].rstrip()}{DOTS}"


def _harmless(character: str) -> str:
    if character.isspace():
        return " "
    refused = unicodedata.category(character) in {"Cc", "Cs"} or ord(character) & 0xFFFE == 0xFFFE
    return "" if refused or character in BIDI_CONTROLS else character


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how many pixels the text takes; the measuring font is wide, so most systems need less."""
    if not text:
        return 0.0
    font = _font(bold)
    font.set_size(size, 72)
    # Full-width characters are not in the font and would be measured as a narrow box.
    full = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    font.set_text(text, 0.0)
    return font.get_width_height()[0] / 64 + 0.4 * size * full


def fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with dots where it does not fit into `room` pixels; empty where nothing does."""
    if width(text, size, bold=bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + DOTS, size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + DOTS if low else ""


def wrap(text: str, room: float, size: float, *, bold: bool = False, lines: int = 3) -> list[str]:
    """The text broken at blanks into at most so many lines; the last is cut where more would follow."""
    wrapped: list[str] = []
    words = text.split()
    while words and len(wrapped) < lines - 1:
        taken = _words_that_fit(words, room, size, bold=bold)
        wrapped.append(fit(" ".join(words[:taken]), room, size, bold=bold))
        words = words[taken:]
    return [*wrapped, fit(" ".join(words), room, size, bold=bold)] if words else wrapped


def _words_that_fit(words: list[str], room: float, size: float, *, bold: bool) -> int:
    taken = 1
    while taken < len(words) and width(" ".join(words[: taken + 1]), size, bold=bold) <= room:
        taken += 1
    return taken


@lru_cache(maxsize=2)
def _font(bold: bool) -> "FT2Font":
    """The font that comes with matplotlib, so that a chart is laid out alike on every machine."""
    import matplotlib
    from matplotlib.ft2font import FT2Font

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FT2Font(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name)
