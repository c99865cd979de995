"""When a letter is tried, and tried again; at what hours and how many at a time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LEASE = timedelta(minutes=5)  # longer than a mail server may keep us waiting
TRIES = 48  # of one letter that is asked to come later; about four hours
SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(seconds=320)
UNREACHABLE_WAIT = timedelta(minutes=1)
PATIENCE = timedelta(days=5)  # with a mail server of our own that cannot be reached (RFC 5321, 4.5.4.1)
PER_DOMAIN = 600  # letters to one domain in a minute


def next_try(tries: int, *, now: datetime) -> datetime | None:
    """When to try a letter again that was asked to come later for the `tries`-th time; None when it is given up."""
    if tries >= TRIES:
        return None
    return now + min(SHORTEST_WAIT * (1 << min(tries - 1, 10)), LONGEST_WAIT)


@dataclass(frozen=True)
class Hours:
    """Between which full hours of a day letters may go; from 0 until 24 is always."""

    since: int = 0
    until: int = 24

    @property
    def is_always(self) -> bool:
        """Whether no hour is left out."""
        return self.since <= 0 and self.until >= 24


def opening(hours: Hours, zone: str, *, now: datetime) -> datetime | None:
    """Return when a recipient in this time zone may be written to next; None where that is now."""
    local = now.astimezone(_zone(zone))
    if hours.is_always or hours.since <= local.hour < hours.until:
        return None
    day = local.date() if local.hour < hours.since else local.date() + timedelta(days=1)
    return datetime.combine(day, time(hours.since), tzinfo=_zone(zone)).astimezone(now.tzinfo)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
