"""Counts by name as horizontal bars, the longest on top; grey for what belongs to nobody."""

from collections.abc import Sequence

from survey.foundation.language import gettext, lazy_gettext, number_words
from survey.results.drawing.labels import clean, fit, width
from survey.results.drawing.look import Look
from survey.results.drawing.sheet import WIDE, Sheet

Row = tuple[str, int, bool]

MOST = 50
SIZE = 13.0
ROWS = {True: 30.0, False: 46.0}
THICK = {True: 16.0, False: 12.0}
NOTHING = lazy_gettext("Nobody to count yet.")


def draw_bars(rows: Sequence[Row], *, title: str, source: str, look: Look, wide: bool) -> bytes:
    """The chart as SVG; see `charts.bars`."""
    shown = in_order(rows)[:MOST]
    if not any(count > 0 for _, count, _ in shown):
        return Sheet(title, source, body=0, wide=wide, look=look, note=NOTHING).svg()
    left_out = ""
    if len(rows) > MOST:
        left_out = " " + gettext("The %(most)s largest of %(all)s.", most=MOST, all=len(rows))
    sheet = Sheet(title, source + left_out, body=ROWS[wide] * len(shown) + 8, wide=wide, look=look, note=_alone(shown))
    left = _label_room(shown) if wide else 0.0
    _rectangles(sheet, shown, left=left, right=_count_room(shown), wide=wide)
    for index, row in enumerate(shown):
        _name(sheet, row, index, room=left - 14 if wide else sheet.width, wide=wide)
    return sheet.svg()


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Ours to mend first, then nobody's, each with the most people on top."""
    return sorted(rows, key=lambda row: (row[2], -row[1], row[0]))


def _alone(rows: Sequence[Row]) -> str:
    total = sum(count for _, count, _ in rows)
    return gettext("One so far: a story, not yet a pattern.") if total == 1 else ""


def _label_room(rows: Sequence[Row]) -> float:
    return min(0.42 * WIDE, max(width(clean(name), SIZE) for name, _, _ in rows) + 14)


def _count_room(rows: Sequence[Row]) -> float:
    return max(width(number_words(count), SIZE, bold=True) for _, count, _ in rows) + 10


def _rectangles(sheet: Sheet, rows: Sequence[Row], *, left: float, right: float, wide: bool) -> None:
    """The bars on a scale from 0 to the longest, each with its count at its end."""
    height, most = ROWS[wide], max(count for _, count, _ in rows)
    axes = sheet.plot(left, sheet.top, sheet.width - left - right, height * len(rows))
    axes.set_xlim(0, most)
    axes.set_ylim(height * len(rows), 0)
    middles = [height * index + _middle(wide) for index in range(len(rows))]
    colours = [sheet.look.nobody if nobodys else sheet.look.accent for _, _, nobodys in rows]
    axes.barh(middles, [count for _, count, _ in rows], height=THICK[wide], color=colours, linewidth=0, clip_on=False)
    for middle, (_, count, nobodys) in zip(middles, rows, strict=True):
        end = left + max(count, 0) / most * (sheet.width - left - right)
        colour = sheet.look.muted if nobodys else sheet.look.ink
        sheet.words(end + 8, sheet.top + middle + 4.5, number_words(count), bold=True, colour=colour, size=SIZE)
    if wide:
        sheet.line((left, sheet.top), (left, sheet.top + height * len(rows)), colour=sheet.look.ink)


def _middle(wide: bool) -> float:
    return ROWS[True] / 2 if wide else 32.0


def _name(sheet: Sheet, row: Row, index: int, *, room: float, wide: bool) -> None:
    name, _, nobodys = row
    base = sheet.top + ROWS[wide] * index + (_middle(wide) + 4.5 if wide else 18)
    colour = sheet.look.muted if nobodys else sheet.look.ink
    sheet.words(0, base, fit(clean(name), room, SIZE), size=SIZE, colour=colour)
