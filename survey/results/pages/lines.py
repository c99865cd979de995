"""Lines of a comparison: what was said, chosen or rated, in two groups of people, with what opens it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from survey.results.rules.contrasts import Contrast, judged


@dataclass(frozen=True)
class Line:
    """One thing in two groups (`contrast.here` against `contrast.there`): the address of what is behind it, and what more
    there is to say of it, if any.
    """

    label: str
    contrast: Contrast
    href: str = ""
    more: str = ""


def lines(found: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with their findings, corrected for how many there are."""
    all_of_them = tuple(found)
    contrasts = judged(line.contrast for line in all_of_them)
    return tuple(replace(line, contrast=one) for line, one in zip(all_of_them, contrasts, strict=True))


def by_difference(found: Iterable[Line]) -> tuple[Line, ...]:
    """The largest surplus first, what is too few to compare last."""
    return tuple(sorted(found, key=_order))


def _order(line: Line) -> tuple[bool, float, str]:
    difference = line.contrast.difference
    return difference is None, -(difference or 0.0), line.label
