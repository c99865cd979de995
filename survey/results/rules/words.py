"""What results are called: how many people and answers, values with their interval, periods."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from survey.foundation.language import gettext as _
from survey.foundation.language import (
    ngettext,
    number_words,
    percent_words,
    short_day_words,
    signed_words,
    span_words,
    whole,
)
from survey.results.rules.metrics import Metric

SAID: dict[str, Callable[[float], str]] = {
    "nps": signed_words,
    "csat": percent_words,
    "ces": percent_words,
    "share": percent_words,
    "mean": lambda value: number_words(value, places=1),
}

EXACT: dict[str, Callable[[float], str]] = {
    "nps": lambda value: signed_words(value, places=2),
    "mean": lambda value: number_words(value, places=2),
}
PERCENT = {"csat", "ces", "share"}


def value_words(metric: Metric) -> str:
    """The metric's value in its own unit: +24, 69%, 4.1; “no answers yet” when there is none."""
    return answers_words(0) if metric.value is None else SAID[metric.name](metric.value)


def interval_words(metric: Metric) -> str:
    """“between +14 and +34”; empty when the metric has no interval."""
    if metric.low is None or metric.high is None:
        return ""
    say = SAID[metric.name]
    return _("between %(low)s and %(high)s", low=say(metric.low), high=say(metric.high))


def exact_words(name: str, value: float | None) -> str:
    """A value, or a limit of it, of the metric of this name as tables show it: +33.33, 69.16%, 4.07; a dash for none."""
    if value is None:
        return "–"
    return EXACT[name](value) if name in EXACT else percent_words(value, places=2)


def exact(name: str, value: float | None) -> Decimal | None:
    """The same as a number for files: two places, shares in per cent."""
    if value is None:
        return None
    return Decimal(whole(value * (100 if name in PERCENT else 1) * 100)).scaleb(-2)


def answers_words(n: int) -> str:
    """“no answers yet”, “1 answer”, “1,212 answers”."""
    return ngettext("%(num)s answer", "%(num)s answers", n) if n else _("no answers yet")


def people_words(n: int) -> str:
    """“no people yet”, “1 person”, “1,212 people”."""
    return ngettext("%(num)s person", "%(num)s people", n) if n else _("no people yet")


def comments_words(n: int) -> str:
    """“no comments yet”, “1 comment”, “1,212 comments”."""
    return ngettext("%(num)s comment", "%(num)s comments", n) if n else _("no comments yet")


def too_few_words(n: int) -> str:
    """“3 answers so far: too few for a score; read them”."""
    if not n:
        return answers_words(0)
    return ngettext(
        "%(num)s answer so far: too few for a score; read it",
        "%(num)s answers so far: too few for a score; read them",
        n,
    )


def spelled(n: int) -> str:
    """A small number within a sentence, in words: “five”; a large one in digits."""
    small = _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"), _("ten")
    return small[n - 2] if 2 <= n <= 10 else number_words(n)


def period_words(start: date | None, end: date | None, *, today: date) -> str:
    """“1 Aug – 31 Oct”, both days included, with the year where it is not this one; open ends in words."""
    if start is not None and end is not None:
        return span_words(start, end, today)
    if start is not None:
        return _("since %(day)s", day=short_day_words(start, today))
    return _("all time") if end is None else _("until %(day)s", day=short_day_words(end, today))
