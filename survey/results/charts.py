"""Charts as SVG: the only door to matplotlib, which is imported when the first one is drawn.

Each chart is drawn for light or dark paper (its own ground is clear) and for a wide column (640 px) or a
phone (343 px); a page offers the four as sources of one picture, with the same numbers in a table beside
it. Any text may be passed: it is cut, cleaned and set as plain text. The same input gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from survey.foundation.language import lazy_gettext
from survey.results.drawing.bars import Row, draw_bars
from survey.results.drawing.columns import Side, Tone, draw_distribution
from survey.results.drawing.look import ThemeName, look
from survey.results.drawing.quadrant import Spot, draw_quadrant
from survey.results.drawing.sheet import keep_cache_in, pen
from survey.results.drawing.trend import Unit, draw_trend
from survey.results.rules.metrics import TrendPoint

__all__ = [
    "NPS_TONE",
    "Row",
    "Spot",
    "ThemeName",
    "Tone",
    "TrendPoint",
    "Unit",
    "bars",
    "csat_tone",
    "distribution",
    "keep_cache_in",
    "quadrant",
    "trend",
]

NPS_SIDES: tuple[tuple[range, Tone], ...] = (
    (range(7), Tone(lazy_gettext("detractors"), "worse")),
    (range(7, 9), Tone(lazy_gettext("passives"), "between")),
    (range(9, 11), Tone(lazy_gettext("promoters"), "better")),
)
NPS_TONE: Mapping[str, Tone] = {str(grade): tone for grades, tone in NPS_SIDES for grade in grades}


def csat_tone(*, points: int = 5, top: int = 2) -> Mapping[str, Tone]:
    """Tones for a scale 1..points: its top boxes are satisfied, as CSAT counts them, its middle is neither."""
    words: dict[Side, Tone] = {
        "worse": Tone(lazy_gettext("not satisfied"), "worse"),
        "between": Tone(lazy_gettext("neither"), "between"),
        "better": Tone(lazy_gettext("satisfied"), "better"),
    }
    middle = (points + 1) / 2
    sides: dict[str, Tone] = {}
    for grade in range(1, points + 1):
        side: Side = "better" if grade > points - top else "between" if grade == middle else "worse"
        sides[str(grade)] = words[side]
    return sides


def trend(
    points: Sequence[TrendPoint],
    *,
    title: str,
    source: str,
    unit: Unit,
    theme: ThemeName,
    accent: str | None = None,
    events: Sequence[tuple[date, str]] = (),
    wide: bool = True,
    for_print: bool = False,
) -> bytes:
    """A metric over time as SVG; the title says the finding, `source` who answered, when, and n.

    NPS in points; "percent" takes fractions. Months without a value, or not passed at all, are gaps.
    Events within the time shown (the latest twelve) stand as named ticks. For print, letters are shapes.
    """
    with pen(outlines=for_print):
        return draw_trend(points, events, title=title, source=source, unit=unit, look=look(theme, accent), wide=wide)


def bars(
    rows: Sequence[Row], *, title: str, source: str, theme: ThemeName, accent: str | None = None, wide: bool = True
) -> bytes:
    """Rows of (name, people, belongs to nobody) as horizontal bars in SVG: sorted, at most 50, nobody's grey."""
    with pen():
        return draw_bars(rows, title=title, source=source, look=look(theme, accent), wide=wide)


def distribution(
    values: Sequence[tuple[str, int]],
    *,
    title: str,
    source: str,
    theme: ThemeName,
    accent: str | None = None,
    tone: Mapping[str, Tone] | None = None,
    parts: bool = True,
    events: Sequence[tuple[float, str]] = (),
    wide: bool = True,
    for_print: bool = False,
) -> bytes:
    """Answers in the order given, with count and part of all over each, as columns in SVG.

    `tone` groups neighbouring answers under a word and a colour: `NPS_TONE`, `csat_tone()`, or none.
    With parts=False only the counts stand over the columns. Events stand as named ticks, each at its place in columns: 2.5
    is the middle of the third. For print, letters are shapes.
    """
    with pen(outlines=for_print):
        return draw_distribution(
            values,
            title=title,
            source=source,
            tone=tone,
            parts=parts,
            events=events,
            look=look(theme, accent),
            wide=wide,
        )


def quadrant(
    spots: Sequence[Spot], *, title: str, source: str, theme: ThemeName, accent: str | None = None, wide: bool = True
) -> bytes:
    """How well things work against how they go with the score, as points with their names in SVG; at most 20 are drawn.

    Two lines through the middle of all points part four quarters, each named in words.
    """
    with pen():
        return draw_quadrant(spots, title=title, source=source, look=look(theme, accent), wide=wide)
