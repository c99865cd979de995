"""How often each answer was given, as columns; groups of answers carry a colour, a place and a word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, number_words, percent_words
from survey.results.drawing.labels import clean, fit, width
from survey.results.drawing.look import Look
from survey.results.drawing.scales import Flag, flags
from survey.results.drawing.sheet import NARROW, WIDE, Sheet

Side = Literal["worse", "between", "better"]

Events = Sequence[tuple[float, str]]  # where among the columns, and what happened

MOST = 50
HEIGHTS = {True: 170.0, False: 150.0}
ABOVE = 36.0
BELOW = 30.0
GROUPS = 50.0
LANE, SMALL, NUMBER = 20.0, 12.0, 24.0
MOST_EVENTS, LONGEST_EVENT = 12, 260.0
NOTHING = lazy_gettext("No answers yet.")
ALONE = lazy_gettext("1 answer so far: read it, it is no pattern yet.")


@dataclass(frozen=True)
class Tone:
    """What a group of answers is called, and on which side it stands."""

    word: str
    side: Side


@dataclass(frozen=True)
class Column:
    """One answer with its count, its part of all, the pixels it stands on, and those that are its own."""

    value: str
    count: int
    total: int
    left: float
    width: float
    place: float
    tone: Tone | None

    @property
    def middle(self) -> float:
        """Where its words are centred."""
        return self.left + self.width / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def room(self) -> float:
        """What its words may take without touching its neighbour's."""
        return self.place - 2


def draw_distribution(
    values: Sequence[tuple[str, int]],
    *,
    title: str,
    source: str,
    tone: Mapping[str, Tone] | None,
    parts: bool,
    events: Events = (),
    look: Look,
    wide: bool,
) -> bytes:
    """The chart as SVG; see `charts.distribution`."""
    shown = [(value, max(count, 0)) for value, count in values[:MOST]]
    total = sum(count for _, count in shown)
    if not total:
        return Sheet(title, source, body=0, wide=wide, look=look, note=NOTHING).svg()
    named = _named(events, len(shown), WIDE if wide else NARROW)
    above = ABOVE + (LANE * (1 + max(flag.lane for flag in named)) + 8 if named else 0)
    body = above + HEIGHTS[wide] + BELOW + (GROUPS if tone else 0)
    left_out = ""
    if len(values) > MOST:
        left_out = " " + _("The first %(most)s of %(all)s.", most=MOST, all=len(values))
    sheet = Sheet(title, source + left_out, body=body, wide=wide, look=look, note=ALONE if total == 1 else "")
    columns = _columns(shown, total, tone or {}, sheet.width)
    base = sheet.top + above + HEIGHTS[wide]
    _events(sheet, named, columns, base, HEIGHTS[wide])
    _rectangles(sheet, columns, base, HEIGHTS[wide])
    for column in columns:
        top = base - HEIGHTS[wide] * column.count / max(count for _, count in shown)
        _numbers(sheet, column, top, size=_count_size(columns), parts=parts)
        _value(sheet, column, base)
    _groups(sheet, columns, base + BELOW)
    return sheet.svg()


def _named(events: Events, columns: int, width_of_sheet: float) -> list[Flag]:
    """Where the names of what happened stand, above the columns; of very many the last."""
    place = width_of_sheet / columns
    within = [(at * place, fit(clean(name), LONGEST_EVENT, SMALL)) for at, name in events if 0 <= at <= columns]
    asked = [(x, text, width(text, SMALL) + 12) for x, text in within[-MOST_EVENTS:]]
    return flags(asked, left=0, right=width_of_sheet) if asked else []


def _events(sheet: Sheet, named: Sequence[Flag], columns: Sequence[Column], base: float, height: float) -> None:
    """A tick and its words for everything that happened; the tick ends above the number of its column."""
    most = max(column.count for column in columns)
    for flag in named:
        y = sheet.top + LANE * flag.lane
        below = next((one for one in columns if one.left - 2 <= flag.tick <= one.right + 2), None)
        end = base - height * below.count / most - NUMBER if below else base
        sheet.line((flag.tick, y), (flag.tick, end), colour=sheet.look.muted, width=0.75)
        text = fit(flag.text, flag.width - 11, SMALL)  # a pixel more, for what rounding took
        side: Literal["left", "right"] = "right" if flag.leftwards else "left"
        sheet.words(flag.tick + (-6 if flag.leftwards else 6), y + 11, text, size=SMALL, align=side)


def _columns(
    values: Sequence[tuple[str, int]], total: int, tone: Mapping[str, Tone], width_of_sheet: float
) -> list[Column]:
    place = width_of_sheet / len(values)
    gap = min(12.0, 0.16 * place)
    wide = min(place - gap, 96.0)
    return [
        Column(clean(value), count, total, place * (index + 0.5) - wide / 2, wide, place, tone.get(value))
        for index, (value, count) in enumerate(values)
    ]


def _colour(look: Look, tone: Tone | None) -> str:
    if tone is None:
        return look.accent
    return {"worse": look.worse, "between": look.nobody, "better": look.better}[tone.side]


def _rectangles(sheet: Sheet, columns: Sequence[Column], base: float, height: float) -> None:
    axes = sheet.plot(0, base - height, sheet.width, height)
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(0, max(column.count for column in columns))
    axes.bar(
        [column.middle for column in columns],
        [column.count for column in columns],
        width=[column.width for column in columns],
        color=[_colour(sheet.look, column.tone) for column in columns],
        linewidth=0,
        clip_on=False,
    )
    sheet.line((0, base), (sheet.width, base), colour=sheet.look.ink)


def _count_size(columns: Sequence[Column]) -> float:
    """One size for all counts: the usual one where every count fits at it."""
    fits = all(width(number_words(column.count), 13, bold=True) <= column.room for column in columns)
    return 13 if fits else 11


def _numbers(sheet: Sheet, column: Column, top: float, *, size: float, parts: bool) -> None:
    """The count over the column and its part of all over that, where they fit."""
    if not column.count:
        sheet.words(column.middle, top - 6, "0", size=12, colour=sheet.look.muted, align="center")
        return
    count = _short(column.count, column.room, size)
    sheet.words(column.middle, top - (21 if parts else 7), count, size=size, bold=True, align="center")
    part = _part(column)
    if parts and width(part, 11) <= column.room:
        sheet.words(column.middle, top - 6, part, size=11, colour=sheet.look.muted, align="center")


def _part(column: Column) -> str:
    part = percent_words(column.count / column.total)
    return f"<{percent_words(0.01)}" if part == percent_words(0) else part


def _short(count: int, room: float, size: float) -> str:
    """The whole count, in thousands where it is too long, or nothing."""
    shorter = (
        _("%(number)sk", number=number_words(count / 1000, places=1)),
        _("%(number)sk", number=number_words(count / 1000)),
        _("%(number)sm", number=number_words(count / 1_000_000)),
    )
    for text in (number_words(count), *shorter):
        if width(text, size, bold=True) <= room:
            return text
    return ""


def _value(sheet: Sheet, column: Column, base: float) -> None:
    text = fit(column.value, column.room, 13)
    sheet.words(column.middle, base + 20, text, size=13, align="center")


def _groups(sheet: Sheet, columns: Sequence[Column], top: float) -> None:
    """Words under the groups, set from the right: where one needs more room than its columns, it reaches left."""
    toned = [column for column in columns if column.tone]
    groups = [(tone, list(members)) for tone, members in groupby(toned, key=lambda column: column.tone)]
    free = sheet.width
    for tone, members in reversed(groups):
        if tone:
            free = _group(sheet, tone, members, top=top, free=free) - 10


def _group(sheet: Sheet, tone: Tone, members: Sequence[Column], *, top: float, free: float) -> float:
    """A rule under the group's columns, its word, its count and part; where its words begin."""
    count = sum(column.count for column in members)
    colour = sheet.look.muted if tone.side == "between" else _colour(sheet.look, tone)
    word = fit(clean(tone.word), free, 13, bold=True)
    said = fit(f"{number_words(count)} · {percent_words(count / members[0].total)}", free, 12)
    left = max(0.0, min(members[0].left, free - max(width(word, 13, bold=True), width(said, 12))))
    ends = (members[0].left, top + 4), (members[-1].right, top + 4)
    sheet.line(*ends, colour=_colour(sheet.look, tone), width=3)
    sheet.words(left, top + 23, word, bold=True, colour=colour)
    sheet.words(left, top + 40, said, size=12, colour=sheet.look.muted)
    return left
