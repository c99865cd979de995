"""What works against what goes with high scores: a point for each thing that was asked, in four quiet quarters with names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, percent_words, signed_words
from survey.results.drawing.labels import clean, fit, width, wrap
from survey.results.drawing.look import Look
from survey.results.drawing.placing import ABOVE_LETTERS, BELOW_LETTERS, LINE, Box, Name, placed
from survey.results.drawing.scales import hairlines
from survey.results.drawing.sheet import Sheet

MOST = 20
HEIGHTS = {True: 340.0, False: 380.0}
ABOVE, BELOW = 34.0, 56.0
SMALL, SIZE = 12.0, 13.0
REACH = 6.0
NAME_ROOM = 0.45  # of the width: a name finds room on one side of its point wherever that is
LEAST_SPANS = 40.0
NOTHING = lazy_gettext("Too few answers to compare yet.")


@dataclass(frozen=True)
class Spot:
    """One thing that was asked: how well it works (0 to 100) and how it goes with the score (in points), each with its limits.

    `is_clear`: that it goes with the score is more than chance. `is_first`: it should be looked at first.
    """

    name: str
    works: tuple[float, float, float]
    matters: tuple[float, float, float]
    is_clear: bool
    is_first: bool = False


@dataclass(frozen=True)
class Frame:
    """The rectangle of the points in pixels of the sheet, and what its edges stand for."""

    box: Box
    across: tuple[int, ...]
    upwards: tuple[int, ...]

    def x(self, value: float) -> float:
        """Pixels from the left for how well something works."""
        return self.box.left + _part(value, self.across) * (self.box.right - self.box.left)

    def y(self, value: float) -> float:
        """Pixels from the top for how it goes with the score."""
        return self.box.bottom - _part(value, self.upwards) * (self.box.bottom - self.box.top)


def draw_quadrant(spots: Sequence[Spot], *, title: str, source: str, look: Look, wide: bool) -> bytes:
    """The chart as SVG; see `charts.quadrant`."""
    if not spots:
        return Sheet(title, source, body=0, wide=wide, look=look, note=NOTHING).svg()
    shown = sorted(spots, key=lambda spot: (not spot.is_first, not spot.is_clear, -spot.matters[0]))[:MOST]
    left_out = " " + _("The first %(most)s of %(all)s.", most=MOST, all=len(spots)) if len(spots) > MOST else ""
    sheet = Sheet(title, source + left_out, body=ABOVE + HEIGHTS[wide] + BELOW, wide=wide, look=look)
    frame = _frame(sheet, shown, wide=wide)
    _scales(sheet, frame)
    corners = _quarters(sheet, frame, _middle(spots))
    for spot in shown:
        _reach_of(sheet, frame, spot)
    _points(sheet, frame, shown)
    _names(sheet, frame, shown, corners)
    return sheet.svg()


def _middle(spots: Sequence[Spot]) -> tuple[float, float]:
    return sum(spot.works[0] for spot in spots) / len(spots), sum(spot.matters[0] for spot in spots) / len(spots)


def _frame(sheet: Sheet, spots: Sequence[Spot], *, wide: bool) -> Frame:
    across = hairlines(*_span(spot.works for spot in spots), floor_at=0, ceiling_at=100, least=LEAST_SPANS)
    upwards = hairlines(*_span(spot.matters for spot in spots), floor_at=-100, ceiling_at=100, least=LEAST_SPANS)
    left = max(width(signed_words(tick), SMALL) for tick in upwards) + 12
    top = sheet.top + ABOVE
    return Frame(Box(left, top, sheet.width - 8, top + HEIGHTS[wide]), tuple(across), tuple(upwards))


def _span(ranges: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    limits = [limit for one in ranges for limit in one]
    return min(limits), max(limits)


def _part(value: float, ticks: Sequence[int]) -> float:
    return (min(max(value, ticks[0]), ticks[-1]) - ticks[0]) / (ticks[-1] - ticks[0])


def _scales(sheet: Sheet, frame: Frame) -> None:
    """The two scales, each with what it measures: upwards over its numbers, across under them."""
    box, muted = frame.box, sheet.look.muted
    for tick in frame.upwards:
        sheet.line((box.left, frame.y(tick)), (box.right, frame.y(tick)), colour=sheet.look.hairline)
        sheet.words(box.left - 8, frame.y(tick) + 4, signed_words(tick), size=SMALL, colour=muted, align="right")
    for tick in frame.across:
        x = min(frame.x(tick), sheet.width - width(percent_words(tick / 100), SMALL) / 2)
        sheet.words(x, box.bottom + 20, percent_words(tick / 100), size=SMALL, colour=muted, align="center")
    up = fit(_("↑ goes with high scores, points"), sheet.width, SMALL)
    sheet.words(0, box.top - 20, up, size=SMALL, colour=muted)
    right = fit(_("works: share of good answers →"), sheet.width, SMALL)
    sheet.words(box.right, box.bottom + 40, right, size=SMALL, colour=muted, align="right")


def _quarters(sheet: Sheet, frame: Frame, middle: tuple[float, float]) -> list[Box]:
    """Two lines through the middle of all points, and the name of each quarter in its outer corner; the room of these."""
    box, look = frame.box, sheet.look
    x, y = frame.x(middle[0]), frame.y(middle[1])
    sheet.line((x, box.top), (x, box.bottom), colour=look.muted, width=0.75)
    sheet.line((box.left, y), (box.right, y), colour=look.muted, width=0.75)
    left, right = x - box.left - 12, box.right - x - 12
    return [
        _corner(sheet, (box.left + 6, box.top), left, _("matters, works less: first")),
        _corner(sheet, (box.right - 4, box.top), -right, _("works and matters: keep")),
        _corner(sheet, (box.left + 6, box.bottom), left, _("works less, matters less: later"), up=True),
        _corner(sheet, (box.right - 4, box.bottom), -right, _("works, matters less: enough"), up=True),
    ]


def _corner(sheet: Sheet, at: tuple[float, float], room: float, words: str, *, up: bool = False) -> Box:
    """A quarter's name in at most two lines, set from its corner inwards; room below 0 is to the left."""
    lines = wrap(words, max(abs(room), 1), SMALL, lines=2)
    size = max(width(line, SMALL) for line in lines)
    first = at[1] - 8 - (len(lines) - 1) * LINE if up else at[1] + 16
    for number, line in enumerate(lines):
        base = first + number * LINE
        sheet.words(at[0], base, line, size=SMALL, colour=sheet.look.muted, align="right" if room < 0 else "left")
    left = at[0] - size if room < 0 else at[0]
    return Box(left, first - ABOVE_LETTERS, left + size, first + (len(lines) - 1) * LINE + BELOW_LETTERS)


def _reach_of(sheet: Sheet, frame: Frame, spot: Spot) -> None:
    """The limits of both numbers, as thin lines through the point."""
    (works, least, most), (matters, low, high) = spot.works, spot.matters
    colour = sheet.look.nobody
    sheet.line((frame.x(least), frame.y(matters)), (frame.x(most), frame.y(matters)), colour=colour, width=0.75)
    sheet.line((frame.x(works), frame.y(low)), (frame.x(works), frame.y(high)), colour=colour, width=0.75)


def _points(sheet: Sheet, frame: Frame, spots: Sequence[Spot]) -> None:
    """A square for what comes first, a full circle for what clearly goes with the score, an open one for what may be chance."""
    box = frame.box
    axes = sheet.plot(box.left, box.top, box.right - box.left, box.bottom - box.top)
    axes.set_xlim(box.left, box.right)
    axes.set_ylim(box.bottom, box.top)
    for spot in spots:
        colour = sheet.look.worse if spot.is_first else sheet.look.accent
        axes.plot(
            [frame.x(spot.works[0])], [frame.y(spot.matters[0])], marker="s" if spot.is_first else "o", markersize=9,
            markeredgecolor=colour, markeredgewidth=1.75, markerfacecolor=colour if spot.is_clear else "none", clip_on=False,
        )  # fmt: skip


def _names(sheet: Sheet, frame: Frame, spots: Sequence[Spot], corners: Sequence[Box]) -> None:
    box = frame.box
    room = NAME_ROOM * (box.right - box.left)
    texts = [fit(clean(spot.name), room, SIZE, bold=spot.is_first) for spot in spots]
    points = [
        (frame.x(spot.works[0]), frame.y(spot.matters[0]), width(text, SIZE, bold=spot.is_first))
        for spot, text in zip(spots, texts, strict=True)
    ]
    places = placed(points, within=box, taken=corners, reach=REACH)
    for spot, text, point, place in zip(spots, texts, points, places, strict=True):
        if place:
            _name(sheet, text, point, place, bold=spot.is_first)


def _name(sheet: Sheet, text: str, point: tuple[float, float, float], place: Name, *, bold: bool) -> None:
    x, y, size = point
    sheet.words(place.x, place.base, text, size=SIZE, bold=bold)
    if place.is_far:
        end = place.x - 2 if place.x > x else place.x + size + 2
        sheet.line((x, y), (end, place.base - 4), colour=sheet.look.muted, width=0.75)
