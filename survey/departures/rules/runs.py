"""A run chart: is it a shift, or is it chance that months lie on one side of their median?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from survey.foundation.language import gettext as _
from survey.foundation.language import month_words, ngettext, number_words

Side = Literal["above", "below", "on"]

SHIFT = 8  # so many points in a row on one side are a shift (C30)
FEWEST = 12  # of fewer months no median is told


@dataclass(frozen=True)
class Run:
    """Months with their people, the median of all of them, and the last stretch on one side of it."""

    months: tuple[tuple[date, int], ...]
    middle: float | None = None
    side: Side = "on"
    length: int = 0
    since: date | None = None

    @property
    def is_shift(self) -> bool:
        """Whether the stretch that reaches to the last month is too long for chance."""
        return self.length >= SHIFT

    def side_of(self, people: int) -> Side:
        """On which side of the median a month lies."""
        if self.middle is None or people == self.middle:
            return "on"
        return "above" if people > self.middle else "below"


def run_of(months: Sequence[tuple[date, int]]) -> Run:
    """Return the run of months that are over, oldest first; with fewer than FEWEST of them nothing is judged.

    Source: shift rule of run charts, 8 or more consecutive points on one side of the median; points on it neither
    break a stretch nor count in it.
    """
    whole = tuple(months)
    if len(whole) < FEWEST:
        return Run(whole)
    middle = float(median(n for _month, n in whole))
    run = Run(whole, middle)
    stretch: list[date] = []
    side: Side = "on"
    for month, people in reversed(whole):
        here = run.side_of(people)
        if here == "on":
            continue
        if side not in ("on", here):
            break
        side = here
        stretch.append(month)
    return Run(whole, middle, side, len(stretch), stretch[-1] if stretch else None)


def run_words(run: Run, today: date) -> str:
    """Say whether the months are a shift: “8 months in a row lie above the median of 24, 3 people: a shift, not chance.”"""
    n = len(run.months)
    if run.middle is None:
        return ngettext(
            "%(num)s full month so far: from 12 on a median is told, and whether a change is more than chance.",
            "%(num)s full months so far: from 12 on a median is told, and whether a change is more than chance.",
            n,
        )
    middle = number_words(run.middle, places=1 if run.middle % 1 else 0)
    if not run.is_shift or run.since is None:
        return _("The median of %(months)s months is %(middle)s people. The last months are no stretch of 8 on one side of it, so nothing has lastingly shifted.",
                 months=n, middle=middle)  # fmt: skip
    since = month_words(run.since, today)
    said = {"length": run.length, "months": n, "middle": middle, "since": since}
    if run.side == "above":
        return _(
            "%(length)s months in a row, since %(since)s, lie above the median of %(months)s months, %(middle)s people: a shift, not chance.",
            **said,
        )
    return _(
        "%(length)s months in a row, since %(since)s, lie below the median of %(months)s months, %(middle)s people: a shift, not chance.",
        **said,
    )
