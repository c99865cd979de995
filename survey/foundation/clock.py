"""The one clock of the house: aware UTC. Rules take time as a parameter; only doors and jobs ask here."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """Return the present day in an IANA time zone, such as the organisation's."""
    return now().astimezone(ZoneInfo(time_zone)).date()
