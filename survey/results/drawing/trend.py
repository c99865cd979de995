"""A metric over time: a line that breaks where a month is missing, its interval as a band, events as ticks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, percent_words, signed_words, whole
from survey.results.drawing.labels import clean, fit, width
from survey.results.drawing.look import Look
from survey.results.drawing.scales import Flag, flags, hairlines
from survey.results.drawing.sheet import NARROW, WIDE, Sheet
from survey.results.rules.metrics import TrendPoint

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Unit = Literal["nps", "percent"]
Events = Sequence[tuple[date, str]]

HEIGHTS = {True: 190.0, False: 170.0}
BELOW = 32.0
LANE = 20.0
MOST_EVENTS = 12
LONGEST_EVENT = 260.0
SMALL = 12.0
BIG = 17.0
BAND = 0.16
MONTH, SHORTEST_MONTH = 31, 28
NEAR = 40.0
MANY = 30  # points in a line, whose dots get smaller
FLOORS: dict[Unit, float] = {"nps": -100.0, "percent": 0.0}
LEAST_SPANS: dict[Unit, float] = {"nps": 60.0, "percent": 20.0}
END_ABOVE = 26.0  # of the axis, so that the last value's words stand clear of the dates
BANDED = lazy_gettext("Band: interval of 95 per cent.")
ALONE = lazy_gettext("One point so far: a line needs two.")
NOTHING = lazy_gettext("No answers in this period yet.")


@dataclass(frozen=True)
class Spot:
    """A measured point in the chart's own units: day number, value, and limits where there are any."""

    x: float
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Frame:
    """The rectangle of the line, in pixels, and what its edges stand for."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    ticks: tuple[int, ...]

    def x(self, day: float) -> float:
        """Pixels from the left for a day number."""
        return self.left + (day - self.first) / (self.last - self.first) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Pixels below the title for a value."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)


def draw_trend(
    points: Sequence[TrendPoint], events: Events, *, title: str, source: str, unit: Unit, look: Look, wide: bool
) -> bytes:
    """The chart as SVG; see `charts.trend`."""
    runs = list(_runs(points, unit))
    spots = [spot for run in runs for spot in run]
    if not spots:
        note = "" if any(point.metric.n for point in points) else NOTHING  # of too few the title speaks
        return Sheet(title, source, body=0, wide=wide, look=look, note=note).svg()
    ends = _end_words(spots[-1], unit)
    frame, named = _layout(points, spots, events, unit=unit, wide=wide, right_margin=_end_width(ends))
    banded = any(spot.low < spot.high for spot in spots)
    sheet = Sheet(
        title,
        f"{source} {BANDED}" if banded else source,
        body=frame.bottom + BELOW,
        wide=wide,
        look=look,
        note=ALONE if len(spots) == 1 else "",
    )
    _scale(sheet, frame, unit)
    _dates(sheet, frame, points)
    _events(sheet, frame, named)
    _lines(sheet, frame, runs)
    _end(sheet, frame, spots[-1], ends)
    return sheet.svg()


def _runs(points: Sequence[TrendPoint], unit: Unit) -> Iterator[list[Spot]]:
    """Stretches without a hole: a hole is a point without a value, or a step much longer than the usual one."""
    ordered = sorted(points, key=lambda point: point.period_start)
    days, step = [point.period_start.toordinal() for point in ordered], _step(points)
    run: list[Spot] = []
    for index, point in enumerate(ordered):
        spot = _spot(point, days[index] + step / 2, 1 if unit == "nps" else 100)
        if run and (spot is None or days[index] - days[index - 1] > 1.5 * step):
            yield run
            run = []
        run += [spot] if spot else []
    if run:
        yield run


def _step(points: Sequence[TrendPoint]) -> int:
    """Days in a period: the shortest distance between two starts, where every month counts 31."""
    days = sorted({point.period_start.toordinal() for point in points})
    shortest = min((later - earlier for earlier, later in pairwise(days)), default=MONTH)
    return MONTH if SHORTEST_MONTH <= shortest <= MONTH else shortest


def _spot(point: TrendPoint, day: float, factor: int) -> Spot | None:
    metric = point.metric
    if metric.value is None:
        return None
    value = factor * metric.value
    low = value if metric.low is None else min(value, factor * metric.low)
    high = value if metric.high is None else max(value, factor * metric.high)
    return Spot(day, value, low, high)


def _layout(
    points: Sequence[TrendPoint], spots: Sequence[Spot], events: Events, *, unit: Unit, wide: bool, right_margin: float
) -> tuple[Frame, list[Flag]]:
    """Everything in pixels below the title: the frame from first to last day, and the flags above it."""
    days = [point.period_start.toordinal() for point in points]
    first, last = min(days), max(days) + _step(points)
    ticks = tuple(
        hairlines(
            min(spot.low for spot in spots),
            max(spot.high for spot in spots),
            floor_at=FLOORS[unit],
            ceiling_at=100,
            least=LEAST_SPANS[unit],
        )
    )
    left = max(width(_said(tick, unit), SMALL) for tick in ticks) + 18
    right = (WIDE if wide else NARROW) - right_margin
    flat = Frame(left, right, 0, 1, first, last, ticks)
    within = [(day, name) for day, name in sorted(events) if first <= day.toordinal() < last]
    named = flags([_flag(flat, day, name) for day, name in within[-MOST_EVENTS:]], left=0, right=right + right_margin)
    above = LANE * (1 + max(flag.lane for flag in named)) + 8 if named else 8
    return Frame(left, right, above, above + HEIGHTS[wide], first, last, ticks), named


def _flag(frame: Frame, day: date, name: str) -> tuple[float, str, float]:
    text = fit(clean(name), LONGEST_EVENT, SMALL)
    return frame.x(day.toordinal()), text, width(text, SMALL) + 12


def _said(value: float, unit: Unit) -> str:
    return signed_words(value) if unit == "nps" else percent_words(value / 100)


def _end_words(spot: Spot, unit: Unit) -> tuple[str, str]:
    limits = ""
    if spot.low < spot.high:
        limits = _("%(low)s to %(high)s", low=_said(spot.low, unit), high=_said(spot.high, unit))
    return _said(spot.value, unit), limits


def _end_width(ends: tuple[str, str]) -> float:
    return max(width(ends[0], BIG, bold=True), width(ends[1], SMALL)) + 14


def _scale(sheet: Sheet, frame: Frame, unit: Unit) -> None:
    for tick in frame.ticks:
        y = sheet.top + frame.y(tick)
        zero = unit == "nps" and not tick
        sheet.line((frame.left - 10, y), (frame.right, y), colour=sheet.look.muted if zero else sheet.look.hairline)
        sheet.words(frame.left - 18, y + 4, _said(tick, unit), size=SMALL, colour=sheet.look.muted, align="right")


def _dates(sheet: Sheet, frame: Frame, points: Sequence[TrendPoint]) -> None:
    """The last period is always named; before it every one, every second, every third: the most that fit evenly."""
    ordered = sorted(points, key=lambda point: point.period_start, reverse=True)
    places = [_date(sheet, frame, point, _step(points)) for point in ordered]
    for every in range(1, len(places) + 1):
        named = places[::every]
        if all(later[0] - earlier[0] >= (later[1] + earlier[1]) / 2 + 12 for later, earlier in pairwise(named)):
            break
    for x, _width, text in named:
        sheet.words(x, sheet.top + frame.bottom + 22, text, size=SMALL, colour=sheet.look.muted, align="center")


def _date(sheet: Sheet, frame: Frame, point: TrendPoint, step: int) -> tuple[float, float, str]:
    """Where the name of a period is centred, how wide it is, and the name."""
    text = fit(clean(point.label), 120, SMALL)
    size = width(text, SMALL)
    x = frame.x(point.period_start.toordinal() + step / 2)
    return min(max(x, size / 2), sheet.width - size / 2), size, text


def _events(sheet: Sheet, frame: Frame, named: Sequence[Flag]) -> None:
    for flag in named:
        y = sheet.top + LANE * flag.lane
        sheet.line((flag.tick, y), (flag.tick, sheet.top + frame.bottom), colour=sheet.look.muted, width=0.75)
        text = fit(flag.text, flag.width - 11, SMALL)  # a pixel more, for what rounding took
        if flag.leftwards:
            sheet.words(flag.tick - 6, y + 11, text, size=SMALL, align="right")
        else:
            sheet.words(flag.tick + 6, y + 11, text, size=SMALL)


def _lines(sheet: Sheet, frame: Frame, runs: Sequence[Sequence[Spot]]) -> None:
    axes = sheet.plot(frame.left, sheet.top + frame.top, frame.right - frame.left, frame.bottom - frame.top)
    axes.set_xlim(frame.first, frame.last)
    axes.set_ylim(frame.ticks[0], frame.ticks[-1])
    for run in runs:
        _line(axes, run, sheet.look.accent)


def _line(axes: "Axes", run: Sequence[Spot], accent: str) -> None:
    days, values = [spot.x for spot in run], [spot.value for spot in run]
    lows, highs = [spot.low for spot in run], [spot.high for spot in run]
    if len(run) == 1:
        axes.vlines(days, lows, highs, color=accent, alpha=2 * BAND, linewidth=8, clip_on=False)
    axes.fill_between(days, lows, highs, color=accent, alpha=BAND, linewidth=0, clip_on=False)
    size = 5 if len(run) <= MANY else 3
    axes.plot(days, values, color=accent, linewidth=2.25, marker="o", markersize=size, markeredgewidth=0, clip_on=False)


def _end(sheet: Sheet, frame: Frame, spot: Spot, ends: tuple[str, str]) -> None:
    """The last value in words, outside the hairlines where the line reaches their end."""
    x, y = frame.x(spot.x), sheet.top + frame.y(spot.value)
    x = frame.right - 4 if frame.right - x < NEAR else x
    y = min(y, sheet.top + frame.bottom - END_ABOVE)
    sheet.words(x + 12, y + whole(BIG / 3), ends[0], size=BIG, colour=sheet.look.accent, bold=True)
    if ends[1]:
        sheet.words(x + 12, y + whole(BIG / 3) + 17, ends[1], size=SMALL, colour=sheet.look.muted)
