"""Which characters can be printed, and in which order a line stands where it runs from right to left."""

import unicodedata
from functools import lru_cache
from pathlib import Path

STAND_IN = "\N{WHITE VERTICAL RECTANGLE}"
UNSEEN = {"Cf", "Cc", "Cs", "Co", "Cn"}
RIGHT_TO_LEFT = {"R", "AL"}
SELECTORS = range(0xFE00, 0xFE10)
MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def font_file(name: str) -> Path:
    """The file of a font that comes with matplotlib, so that a report looks alike on every machine."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name


@lru_cache(maxsize=1)
def known() -> frozenset[int]:
    """The characters of the font that stands in for all others."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(font_file("DejaVuSans.ttf")).get_charmap())


def printable(text: str) -> str:
    """The text without marks that cannot be seen; what the fonts have no letters for is one box each time it begins."""
    written: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        shown = _shown(character)
        if shown != STAND_IN or written[-1:] != [STAND_IN]:
            written.append(shown)
    return "".join(written)


def _shown(character: str) -> str:
    if character == "\n":
        return character
    if character.isspace():
        return " "
    if ord(character) in SELECTORS or unicodedata.category(character) in UNSEEN:
        return ""
    return character if ord(character) in known() else STAND_IN


def runs_right_to_left(text: str) -> bool:
    """Whether a text begins in a script that runs from right to left, as its first letter says."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((one in RIGHT_TO_LEFT for one in strong if one in RIGHT_TO_LEFT or one == "L"), False)


def in_order(line: str, *, right_to_left: bool) -> str:
    """The characters of a line as they stand from left to right."""
    if not any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in line):
        return line
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    direction = TextDirection.RTL if right_to_left else TextDirection.LTR
    set_out = BidiParagraph(text=line, base_direction=direction).get_reordered_characters()
    return "".join(one.character.translate(MIRRORED) if one.embedding_level % 2 else one.character for one in set_out)
