"""Where the names of points stand, so that none covers another, a point or a word that is there already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LINE = 18.0
ABOVE_LETTERS, BELOW_LETTERS = 12.0, 4.0  # how far letters reach from their base line
BESIDE, OVER = 8.0, 5.0
FARTHEST = 24


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any room."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Name:
    """Where a name begins, its base line, and whether it had to go so far from its point that a line must lead there."""

    x: float
    base: float
    is_far: bool


def around(x: float, y: float, reach: float) -> Box:
    """The room of a point."""
    return Box(x - reach, y - reach, x + reach, y + reach)


def written(x: float, base: float, size: float) -> Box:
    """The room of words that begin at x."""
    return Box(x, base - ABOVE_LETTERS, x + size, base + BELOW_LETTERS)


def placed(
    points: Sequence[tuple[float, float, float]], *, within: Box, taken: Sequence[Box], reach: float
) -> list[Name | None]:
    """A place for the name of each point (x, y, width of the name), near it if there is room; None where there is none at all."""
    rooms = [*taken, *(around(x, y, reach) for x, y, _size in points)]
    found: list[Name | None] = []
    for x, y, size in points:
        name = next((one for one in _candidates(x, y, size) if _is_free(one, size, within, rooms)), None)
        if name:
            rooms.append(written(name.x, name.base, size))
        found.append(name)
    return found


def _is_free(name: Name, size: float, within: Box, rooms: Sequence[Box]) -> bool:
    box = written(name.x, name.base, size)
    return within.holds(box) and not any(box.meets(room) for room in rooms)


def _candidates(x: float, y: float, size: float) -> Iterator[Name]:
    """Beside the point, just over its own line or under it, then farther and farther up and down."""
    right, left = x + BESIDE, x - BESIDE - size
    for base in (y - OVER, y + OVER + ABOVE_LETTERS):
        yield Name(right, base, is_far=False)
        yield Name(left, base, is_far=False)
    for step in range(1, FARTHEST):
        for base in (y - OVER - step * LINE, y + OVER + ABOVE_LETTERS + step * LINE):
            yield Name(right, base, is_far=True)
            yield Name(left, base, is_far=True)
