"""Does it work? The figures of recovery, each with what it is a part of, its interval, and words for too few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from survey.departures.rules.survival import Median, Spell, median
from survey.departures.rules.waiting import span_words
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.results.rules.metrics import Metric, share
from survey.results.rules.words import interval_words, value_words

FEWEST = 5  # of fewer no share is told
HOUR = 3600


@dataclass(frozen=True)
class Parts:
    """So many of so many."""

    hits: int
    n: int

    @property
    def metric(self) -> Metric:
        """The share with Wilson's interval."""
        return share(self.hits, self.n)

    @property
    def is_enough(self) -> bool:
        """Whether a share may be told."""
        return self.n >= FEWEST

    @property
    def words(self) -> str:
        """Say the share, or that there are too few for one."""
        return value_words(self.metric) if self.is_enough else ""

    @property
    def interval(self) -> str:
        """Say how sure it is, or how many there are."""
        if self.is_enough:
            return interval_words(self.metric)
        if not self.n:
            return _("None yet.")
        return _("%(hits)s of %(n)s: too few for a share", hits=self.hits, n=self.n)


@dataclass(frozen=True)
class Course:
    """The moments of a case that tell how long somebody waited."""

    opened_at: datetime
    promised_until: datetime
    reached_at: datetime | None
    closed_at: datetime | None

    def spell(self, at: datetime) -> Spell:
        """How many hours they have waited; whoever was not reached is counted as waiting until the case was closed."""
        end = self.reached_at or self.closed_at or at
        return Spell(max(0.0, (end - self.opened_at).total_seconds() / HOUR), self.reached_at is not None)

    def is_met(self, at: datetime) -> bool | None:
        """Whether they were reached as promised; None as long as that is open, or the case ended before the promised time."""
        if self.reached_at is not None:
            return self.reached_at <= self.promised_until
        return False if (self.closed_at or at) > self.promised_until else None


def within_promise(courses: Iterable[Course], at: datetime) -> Parts:
    """How many were reached within the promised time, of those for whom that is decided; nobody reached counts as missed."""
    decided = [met for met in (course.is_met(at) for course in courses) if met is not None]
    return Parts(sum(decided), len(decided))


def time_to_contact(courses: Sequence[Course], at: datetime) -> Median:
    """How many hours it takes until half have been reached, with those who still wait counted as waiting."""
    return median(course.spell(at) for course in courses)


def median_words(found: Median) -> tuple[str, str]:
    """Say the middle wait, and between which it lies; for too few only how many there are."""
    if found.n < FEWEST:
        return "", ngettext("%(num)s case: too few to say", "%(num)s cases: too few to say", found.n)
    if found.value is None:
        return "", _("Fewer than half have been reached so far.")
    low = span_words(int(found.low)) if found.low is not None else ""
    high = span_words(int(found.high)) if found.high is not None else ""
    if low and high:
        return span_words(int(found.value)), _("between %(low)s and %(high)s", low=low, high=high)
    return span_words(int(found.value)), _("at least %(low)s", low=low) if low else ""
