"""Does it work? The figures of recovery, each with what it is a part of, its interval, and words for too few."""

from dataclasses import dataclass

from survey.departures.rules.survival import Median
from survey.departures.rules.waiting import span_words
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.results.rules.metrics import Metric, share
from survey.results.rules.words import interval_words, value_words

FEWEST = 5  # of fewer no share is told


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
