"""Spans of days that a list of lost people can be asked for, besides whole months: so that a number over days opens its people."""

import re
from datetime import date, timedelta

from survey.foundation.language import gettext as _
from survey.results.rules.periods import Period
from survey.results.rules.words import period_words

COUNTED = (
    "counted:"  # before a code: people by the reason that counts, which is what staff coded, else what was stated first
)
DAYS = re.compile(r"([1-9][0-9]{0,2})-days")
FROM = re.compile(r"from-([0-9]{4}-[0-9]{2}-[0-9]{2})")


def window(name: str, today: date) -> Period | None:
    """“90-days”: so many days, today the last of them; “from-2026-09-01”: from a day until today. None for another name."""
    if found := DAYS.fullmatch(name):
        since = today - timedelta(days=int(found[1]) - 1)
        return Period(name, since, today, _("in the last %(number)s days", number=int(found[1])))
    since_day = _day(name)
    return Period(name, since_day, today, period_words(since_day, today, today=today)) if since_day else None


def from_name(day: date) -> str:
    """The name of the days from this one on."""
    return f"from-{day.isoformat()}"


def _day(name: str) -> date | None:
    found = FROM.fullmatch(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
