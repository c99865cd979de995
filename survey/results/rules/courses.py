"""Steps of time: the months, weeks or days by which a chart tells how a number went."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from survey.foundation.errors import Refused
from survey.foundation.language import day_words, lazy_gettext, month_words
from survey.foundation.language import gettext as _
from survey.results.rules.groups import Batch
from survey.results.rules.periods import Period
from survey.results.rules.tally import Counts, added

MONTH, WEEK, DAY = "month", "week", "day"
STEPS: Mapping[str, str] = {
    DAY: lazy_gettext("By day"),
    WEEK: lazy_gettext("By week"),
    MONTH: lazy_gettext("By month"),
}
HEADS: Mapping[str, str] = {DAY: lazy_gettext("Day"), WEEK: lazy_gettext("Week from"), MONTH: lazy_gettext("Month")}
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
MOST: Mapping[str, int] = {DAY: 92, WEEK: 53}
# Where only answers are counted, each step is a column with its name, and fewer of them can be read.
MOST_COLUMNS: Mapping[str, int] = {DAY: 31, WEEK: 26}
# When something was, within a sentence: a day, and today.
WHEN: Mapping[str, Callable[[date, date], str]] = {
    DAY: lambda day, today: _("on %(day)s", day=day_words(day, today)),
    WEEK: lambda day, today: _("in the week of %(day)s", day=day_words(day, today)),
    MONTH: lambda day, today: _("in %(month)s", month=month_words(day, today)),
}


@dataclass(frozen=True)
class Span:
    """Days from one to another, both included."""

    first: date
    last: date


def chosen_step(name: str) -> str:
    """The step that an address asks for, "" for months; raises Refused where there is none of that name."""
    if name and name not in STEPS:
        raise Refused(_("A chart goes by day, week or month. Choose one of them."))
    return name or MONTH


def monday(day: date) -> date:
    """The first day of a day’s ISO week."""
    return day - timedelta(days=day.weekday())


def last_full_week(today: date) -> Span:
    """The ISO week that was over last."""
    last = monday(today) - timedelta(days=1)
    return Span(monday(last), last)


def begin_of(step: str, day: date) -> date:
    """The first day of the day or week that a day lies in."""
    return monday(day) if step == WEEK else day


def days_shown(days: Iterable[date], period: Period, step: str, most: int, today: date) -> Span | None:
    """The last days of a period, at most so many steps; None where nobody answered on any of its days."""
    until = min(period.until or today, today)
    inside = [day for day in days if day <= until and (period.since is None or day >= period.since)]
    if not inside:
        return None
    last = until if period.until else max(inside)
    earliest = begin_of(step, last) - (most - 1) * (A_WEEK if step == WEEK else A_DAY)
    return Span(max(min(inside), earliest), last)


def batches_by(step: str, days: Mapping[date, Counts], shown: Span) -> tuple[Batch, ...]:
    """The days or ISO weeks (named by their Mondays) that have answers, oldest first; of a week the days that are shown."""
    found: dict[date, list[Counts]] = {}
    for day in sorted(day for day in days if shown.first <= day <= shown.last):
        found.setdefault(begin_of(step, day), []).append(days[day])
    return tuple(Batch((first,), added(own)) for first, own in found.items())
