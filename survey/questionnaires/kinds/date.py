"""A day."""

import datetime
from collections.abc import Mapping, Sequence

from survey.customers.rules.cells import Unreadable, day
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Answer, Band, Given, Invalid, Kind, Question
from survey.questionnaires.kinds.settings import Day

FEW, MONTHS = 8, 24
LONGEST = 40


class Date(Kind):
    """A day, picked or written; the answer is that day as 2026-09-30."""

    name = "date"
    holds = "day"
    label = lazy_gettext("Day")
    about = lazy_gettext("A day, such as that of a visit.")
    words = _m("When did you visit us last?")
    settings = (
        Day("earliest", lazy_gettext("Not before"), hint=lazy_gettext("Empty: any day.")),
        Day("latest", lazy_gettext("Not after"), hint=lazy_gettext("Empty: any day.")),
    )

    def clean(self, question: Question, given: Given) -> str | None:
        """Return the day; dots mean day first, and a day that can be read in two ways is asked for again."""
        typed = given.typed()
        if not typed:
            return None
        earliest, latest = self.bounds(question)
        found = _day(typed[0]) if len(typed) == 1 else ""
        if not (earliest or found) <= found <= (latest or found) or not found:
            raise Invalid(self.missing(question))
        return found

    def bounds(self, question: Question) -> tuple[str, str]:
        """Return the first and the last day that can be given; "" where there is no such."""
        return question.settings.get("earliest", ""), question.settings.get("latest", "")

    def guide(self, question: Question) -> str:
        """Say between which days it is."""
        earliest, latest = map(_said, self.bounds(question))
        if earliest and latest:
            return _("From %(earliest)s to %(latest)s.", earliest=earliest, latest=latest)
        if earliest:
            return _("Not before %(earliest)s.", earliest=earliest)
        return _("Not after %(latest)s.", latest=latest) if latest else ""

    def missing(self, question: Question) -> str:
        """Say how a day is written."""
        return " ".join(filter(None, (_("Write the day as 30.09.2026 or 2026-09-30."), self.guide(question))))

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the day."""
        return (answer,)

    def number(self, question: Question, answer: Answer) -> float:
        """Return the day as a number, so that days can be compared."""
        return float(datetime.date.fromisoformat(answer).toordinal())

    def said(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the day as people say it."""
        return (_said(answer),)

    def problems(self, question: Question) -> tuple[str, ...]:
        """The first day must come before the last."""
        earliest, latest = self.bounds(question)
        return (
            (_("The first day that can be given must come before the last."),)
            if earliest and latest and earliest > latest
            else ()
        )

    def seconds(self, question: Question) -> int:
        """Return how long a day takes."""
        return 8

    def bands(self, counts: Mapping[str, int]) -> Sequence[Band]:
        """Return how days are spread: each by itself where they are few, else by month, or by year."""
        given = sorted((value, n) for value, n in counts.items() if n > 0)
        if len(given) <= FEW:
            return [Band(_said(value), n, value) for value, n in given]
        length = len("2026-09") if len({value[:7] for value, _n in given}) <= MONTHS else len("2026")
        sums: dict[str, int] = {}
        for value, n in given:
            sums[value[:length]] = sums.get(value[:length], 0) + n
        return [Band(_month_said(start), n) for start, n in sums.items()]


def _day(typed: str) -> str:
    """Return a day as 2026-09-30; "" where what was typed is none."""
    try:
        found = day(typed[:LONGEST])
    except Unreadable:
        return ""
    return found.isoformat() if found else ""


def _said(value: str) -> str:
    if not value:
        return ""
    found = datetime.date.fromisoformat(value)
    return f"{found.day} {found:%B} {found.year}"


def _month_said(start: str) -> str:
    return f"{datetime.date.fromisoformat(f'{start}-01'):%B} {start[:4]}" if len(start) > 4 else start


KIND = Date()
