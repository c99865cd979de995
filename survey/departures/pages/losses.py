"""What the lost page shows: people first, then why, then what they were worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from survey.customers.queries import count_people
from survey.departures import queries
from survey.departures.models import Departure
from survey.departures.rules import (
    AT_LENGTH,
    LABELS,
    SAID,
    SHORT,
    ReasonCount,
    ReasonRow,
    is_label,
    lost_words,
    named_most,
    reason_counts,
    reason_label,
    usual_words,
    values_of,
)
from survey.foundation.language import gettext as _
from survey.foundation.language import month_words, ngettext, short_month_words
from survey.foundation.paging import Page
from survey.results.models import Mark
from survey.results.queries.marks import marks
from survey.results.rules.lost import Piece
from survey.results.rules.metrics import Metric, share
from survey.results.rules.periods import Period, last_day
from survey.results.rules.words import people_words
from survey.text.models import Comment

MONTHS = 12
SAID_SHOWN = 12
REASONS_SHOWN = 14
FEWEST = 5  # of fewer people no share is told


@dataclass(frozen=True)
class Base:
    """Of whom those who left are a share: everybody who was a customer when the period began; of all time it is of nobody."""

    people: int
    status: str
    on: date | None


@dataclass(frozen=True)
class Said:
    """A short text that people gave as their reason."""

    key: str
    words: str
    people: int


@dataclass(frozen=True)
class Overview:
    """Everything above the list of people."""

    people: int
    rows: Sequence[ReasonRow]
    sentence: Sequence[Piece]
    reasons: Sequence[ReasonCount]
    named_most: str
    usual: str
    said: Sequence[Said]
    is_said_whole: bool
    words: Sequence[tuple[Departure, Comment]]
    share: Metric | None
    base: Base
    values: Mapping[str, int]
    valued: int
    unmatched: int
    months: Sequence[tuple[date, int]]

    @property
    def shown(self) -> Sequence[ReasonCount]:
        """The reasons with the most people, and always those that are not ours and what is not known."""
        rare = {row.key for row in self.rare}
        return [row for row in self.reasons if row.key not in rare]

    @property
    def rare(self) -> Sequence[ReasonCount]:
        """The reasons that can wait until somebody asks for them."""
        return [row for row in self.reasons if row.is_known and row.is_ours][REASONS_SHOWN:]


def overview(period: Period, today: date) -> Overview:
    """Read what the page shows above the list."""
    since, until, base = period.since, period.until, _base(period)
    rows = queries.reason_rows(
        since=since, until=until
    )  # asked once: everything that is added up of everybody is in it
    reasons, said, people = reason_counts(rows), _said(rows), sum(row.people for row in rows)
    told, course = people - sum(row.people for row in reasons if not row.is_known), _course(period, today)
    return Overview(
        people=people,
        rows=rows,
        sentence=lost_words(period, people, told=told, usual=course.verdict, today=today),
        reasons=reasons,
        named_most=named_most(reasons, told),
        usual=usual_words(course.about, course.by),
        said=said[:SAID_SHOWN],
        is_said_whole=len(said) <= SAID_SHOWN,
        words=queries.newest_words(since=since, until=until),
        share=share(people, base.people) if base.on and FEWEST <= base.people >= people else None,
        base=base,
        values=values_of(rows),
        valued=sum(row.valued for row in rows),
        unmatched=queries.count_unmatched(since=since, until=until),
        months=queries.monthly_losses(last_month(period, today), MONTHS),
    )


def _said(rows: Sequence[ReasonRow]) -> list[Said]:
    """Short reasons in other words than ours, those that most people gave first."""
    people: dict[str, int] = {}
    codes: dict[str, str | None] = {}
    for row in rows:
        if row.words and len(row.words) <= SHORT:
            people[row.words] = people.get(row.words, 0) + row.people
            codes[row.words] = codes.get(row.words) or row.code
    others = [words for words in people if not is_label(words, codes[words])]
    return [Said(SAID + words, words, people[words]) for words in sorted(others, key=lambda one: (-people[one], one))]


def _base(period: Period) -> Base:
    return Base(count_people(on=period.since) if period.since else 0, "all", period.since)


def _course(period: Period, today: date) -> queries.Course:
    """Whether a month is like those before it; for longer periods that is not asked."""
    if period.months != 1 or period.since is None:
        return queries.Course()
    return queries.course(period.since, today)


def last_month(period: Period, today: date) -> date:
    """The month with which the run ends: the present one, or an older period's own."""
    oldest = date(today.year - 1, today.month, 1)
    return period.until if period.until is not None and period.until < oldest else today


@dataclass(frozen=True)
class PeopleList:
    """One page of the people who left, with how many there are in all."""

    title: str
    page: Page[Departure]
    total: int
    cursor: str | None
    is_by_first: bool  # whether they are listed by the reason that they stated first


def people_list(
    period: Period, reason: str | None, cursor: str | None, layer: str = "stated", *, total: int | None = None
) -> PeopleList:
    """Read the list of people behind a number of the page; how many they are only where that is not known yet."""
    since, until = period.since, period.until
    return PeopleList(
        title=reason_label(reason) if reason else _("Who left"),
        page=queries.lost_people(since=since, until=until, reason=reason, cursor=cursor, layer=layer),
        total=queries.count_lost(since=since, until=until, reason=reason, layer=layer) if total is None else total,
        cursor=cursor,
        is_by_first=bool(reason) and (reason == AT_LENGTH or reason not in LABELS),
    )


def run_title(months: Sequence[tuple[date, int]], today: date) -> str:
    """The finding of the run of months: its highest month, where one stands out; a month that is not over is no match."""
    over = [(month, n) for month, n in months if not _is_unfinished(month, today)]
    most = max((n for _month, n in over), default=0)
    highest = [month for month, n in over if n == most]
    so_far = _so_far(months, today)
    if not most:
        nobody = _("Nobody left in the months before") if so_far else _("Nobody left in these months")
        return f"{nobody}{so_far}"
    if len(highest) > 1:
        left = ngettext("At most %(num)s person left in a month", "At most %(num)s people left in a month", most)
    else:
        month = month_words(highest[0], today)
        left = ngettext(
            "Most left in %(month)s: %(num)s person", "Most left in %(month)s: %(num)s people", most, month=month
        )
    return f"{left}{so_far}"


def _so_far(months: Sequence[tuple[date, int]], today: date) -> str:
    month, n = months[-1]
    if not n or not _is_unfinished(month, today):
        return ""
    return _("; %(number)s in %(month)s so far", number=n, month=month_words(month, today))


def _is_unfinished(month: date, today: date) -> bool:
    return (month.year, month.month) == (today.year, today.month)


def run_labels(months: Sequence[tuple[date, int]], today: date, *, wide: bool = True) -> list[str]:
    """The names below the columns of the run; on narrow paper every second is named, the last one always."""
    last = len(months) - 1
    named = [short_month_words(month, month) for month, _n in months]
    if _is_unfinished(months[last][0], today):
        named[last] = _("so far") if wide else named[last]
    return [name if wide or (last - index) % 2 == 0 else "" for index, name in enumerate(named)]


def run_marks(months: Sequence[tuple[date, int]]) -> list[Mark]:
    """What was marked on the time line within the run, oldest first."""
    return [mark for mark in marks() if months[0][0] <= mark.day <= last_day(months[-1][0])]


def run_events(found: Sequence[Mark], months: Sequence[tuple[date, int]]) -> tuple[tuple[float, str], ...]:
    """The marks as the chart takes them: where among its columns each stands, and its words."""
    first = months[0][0]
    return tuple((_columns_from(first, mark.day), mark.words) for mark in found)


def _columns_from(first: date, day: date) -> float:
    whole = (day.year - first.year) * 12 + day.month - first.month
    return whole + (day.day - 0.5) / last_day(day).day


def run_source(months: Sequence[tuple[date, int]], today: date, *, earlier: int) -> str:
    """Whom the run counts: everybody in its columns; and how many left before them."""
    first, last = (month_words(month, today) for month, _n in (months[0], months[-1]))
    said = {"people": people_words(sum(n for _month, n in months)), "first": first, "last": last}
    drawn = (
        _("%(people)s, %(first)s – %(last)s so far.", **said)
        if _is_unfinished(months[-1][0], today)
        else _("%(people)s, %(first)s – %(last)s.", **said)
    )
    rest = ngettext("%(num)s person left earlier.", "%(num)s people left earlier.", earlier) if earlier else ""
    return f"{drawn} {rest}".rstrip()
