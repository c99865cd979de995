"""Where the hairlines of a chart stand, and where the names of its events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
MOST_HAIRLINES = 6
LEAST_SPAN = 20.0


def hairlines(low: float, high: float, *, floor_at: float, ceiling_at: float, least: float = LEAST_SPAN) -> list[int]:
    """Two to six round values that hold low to high, within the scale; never so close that noise looks big."""
    middle, half = (low + high) / 2, max(high - low, least) / 2
    middle = min(max(middle, floor_at + half), ceiling_at - half)  # at an end of the scale the room goes inwards
    low, high = max(floor_at, min(middle - half, low)), min(ceiling_at, max(middle + half, high))
    for step in STEPS:
        first, last = floor(low / step), ceil(high / step)
        if last - first < MOST_HAIRLINES:
            return [number * step for number in range(first, last + 1)]
    return [int(floor_at), int(ceiling_at)]


@dataclass(frozen=True)
class Flag:
    """The name of an event beside its tick: left of it or right of it, in a lane (0 is the highest)."""

    tick: float
    text: str
    width: float
    leftwards: bool = False
    lane: int = 0

    @property
    def span(self) -> tuple[float, float]:
        """From where to where the name reaches, its tick included."""
        return (self.tick - self.width, self.tick) if self.leftwards else (self.tick, self.tick + self.width)

    def crosses(self, tick: float) -> bool:
        """Whether a line that comes down at this tick would run through the name."""
        return self.span[0] + 1 < tick < self.span[1] - 1

    def meets(self, other: "Flag") -> bool:
        """Whether the two names would touch in one lane."""
        return self.span[0] < other.span[1] and other.span[0] < self.span[1]


def flags(named: Sequence[tuple[float, str, float]], *, left: float, right: float) -> list[Flag]:
    """Place (tick, text, width) so that no name covers a name or another event's line; some get narrower."""
    placed = [_within(Flag(tick, text, size), left, right) for tick, text, size in sorted(named)]
    for _ in placed:
        placed = [_turned(flag, placed, left) for flag in placed]
    return _in_lanes(placed)


def _within(flag: Flag, left: float, right: float) -> Flag:
    """Right of the tick where there is room, else left of it, else on the roomier side and cut."""
    if flag.span[1] <= right:
        return flag
    before, after = flag.tick - left, right - flag.tick
    if flag.width <= before or before > after:
        return replace(flag, leftwards=True, width=min(flag.width, before))
    return replace(flag, width=after)


def _turned(flag: Flag, placed: Sequence[Flag], left: float) -> Flag:
    """Two names that cross each other's line would never come apart: the left one turns away or is cut."""
    facing = [other.tick for other in placed if other.crosses(flag.tick) and flag.crosses(other.tick)]
    if flag.leftwards or not facing:
        return flag
    before, after = flag.tick - left, min(facing) - flag.tick
    if flag.width <= before or before > after:
        return replace(flag, leftwards=True, width=min(flag.width, before))
    return replace(flag, width=after)


def _in_lanes(flags_left: Sequence[Flag]) -> list[Flag]:
    """A name goes below every name that its own line would cut, and into no lane where it meets another."""
    waiting, placed = list(flags_left), list[Flag]()
    while waiting:
        flag = next((flag for flag in waiting if not _cuts_any(flag, waiting)), waiting[0])
        waiting.remove(flag)
        lane = max((other.lane + 1 for other in placed if other.crosses(flag.tick)), default=0)
        while any(other.lane == lane and other.meets(flag) for other in placed):
            lane += 1
        placed.append(replace(flag, lane=lane))
    return placed


def _cuts_any(flag: Flag, others: Sequence[Flag]) -> bool:
    return any(other.crosses(flag.tick) for other in others if other is not flag)
