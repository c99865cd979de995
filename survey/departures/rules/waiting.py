"""The promise that everybody who leaves is called within the same time, and how far a case is from it.

The clock starts when we learn that somebody left and runs through nights and weekends, as it does for them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext

HALF, WHOLE, TWICE = 0.5, 1.0, 2.0  # of the promised time: where a wait is told more loudly
HOURS_A_DAY, SPEAK_OF_DAYS = 24, 72


@dataclass(frozen=True)
class Wait:
    """How long somebody has waited of the time that was promised; `ended_at`: when we first reached them."""

    since: datetime
    until: datetime
    at: datetime
    ended_at: datetime | None = None

    @property
    def part(self) -> float:
        """How much of the promised time has passed: 1 when all of it has."""
        return (self.at - self.since) / (self.until - self.since)

    @property
    def is_over(self) -> bool:
        """Whether somebody reached them, so that nobody waits any more."""
        return self.ended_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether they wait longer than was promised."""
        return not self.is_over and self.part >= WHOLE

    @property
    def level(self) -> int:
        """How loudly to tell it: 0 not at all, then at 50, 100 and 200 % of the promised time."""
        return 0 if self.is_over else sum(self.part >= limit for limit in (HALF, WHOLE, TWICE))

    @property
    def kind(self) -> str:
        """The badge of the level."""
        return "off" if self.is_over else ("", "", "worse", "worse")[self.level]

    @property
    def words(self) -> str:
        """Say how it stands with the promise."""
        if self.ended_at is not None:
            return _("reached after %(time)s", time=span_words(_hours(self.ended_at - self.since)))
        late = span_words(_hours(self.at - self.until))
        left = span_words(_hours(self.until - self.at))
        return (
            _("%(time)s left", time=left),
            _("%(time)s left, more than half has passed", time=left),
            _("%(time)s late", time=late),
            _("%(time)s late, more than twice the promised wait", time=late),
        )[self.level]


def promised_until(known_at: datetime, *, hours: int) -> datetime:
    """Return until when somebody is to be reached of whose leaving we learned at a moment."""
    return known_at + timedelta(hours=hours)


def span_words(hours: int) -> str:
    """Say a time: “less than an hour”, “5 hours”, “3 days”."""
    if hours < 1:
        return _("less than an hour")
    if hours < SPEAK_OF_DAYS:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return ngettext("%(num)s day", "%(num)s days", hours // HOURS_A_DAY)


def _hours(span: timedelta) -> int:
    return max(0, int(span.total_seconds() // 3600))
