"""When letters to staff go: soon but together, each morning, each Monday."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TOGETHER = timedelta(minutes=10)  # what happens within this time goes in one letter
APART = timedelta(hours=1)  # from one letter to the next
MORNING = time(7)
MONDAY = 0


def last_morning(time_zone: str, *, now: datetime) -> datetime:
    """Return the last seven o'clock in the morning of a time zone."""
    local = now.astimezone(ZoneInfo(time_zone))
    here = datetime.combine(local.date(), MORNING, local.tzinfo)
    return here if here <= local else datetime.combine(local.date() - timedelta(days=1), MORNING, local.tzinfo)


def monday_of_letter(time_zone: str, *, now: datetime) -> date | None:
    """Return the Monday whose weekly letter goes now: from its seven o'clock on for a day, so that an outage is made up for."""
    morning = last_morning(time_zone, now=now)
    return morning.date() if morning.weekday() == MONDAY else None


def begin_of(day: date, time_zone: str) -> datetime:
    """Return the moment at which a day begins in a time zone."""
    return datetime.combine(day, time(), ZoneInfo(time_zone))
