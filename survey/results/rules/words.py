"""Numbers and dates the way people say them."""

from collections.abc import Callable
from datetime import date
from math import floor

from survey.results.rules.comparisons import Change
from survey.results.rules.metrics import Metric

MINUS = "\N{MINUS SIGN}"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PLURALS = {"person": "people", "reply": "replies", "survey": "surveys", "company": "companies"}


def whole(value: float) -> int:
    """The nearest whole number, halves away from zero, as people round."""
    return floor(abs(value) + 0.5) * (1 if value >= 0 else -1)


def signed(value: float) -> str:
    """A score with its sign: +24, −7, 0."""
    number = whole(value)
    if not number:
        return "0"
    return f"+{number:,}" if number > 0 else f"{MINUS}{-number:,}"


def percent(fraction: float) -> str:
    """A fraction as whole per cent: 0.6916 is 69%."""
    return f"{whole(100 * fraction)}%".replace("-", MINUS)


def decimal(value: float) -> str:
    """A mean with one decimal: 4.1."""
    return f"{whole(10 * value) / 10:,.1f}".replace("-", MINUS)


SAID: dict[str, Callable[[float], str]] = {
    "nps": signed,
    "csat": percent,
    "ces": percent,
    "share": percent,
    "mean": decimal,
}


def value_words(metric: Metric) -> str:
    """The metric's value in its own unit: +24, 69%, 4.1; “no answers yet” when there is none."""
    return n_words(0, "answer") if metric.value is None else SAID[metric.name](metric.value)


def interval_words(metric: Metric) -> str:
    """“between +14 and +34”; empty when the metric has no interval."""
    if metric.low is None or metric.high is None:
        return ""
    say = SAID[metric.name]
    return f"between {say(metric.low)} and {say(metric.high)}"


def change_words(change: Change, since: str) -> str:
    """“down 7 since spring: no clear change yet”; empty when there is nothing to compare."""
    if change.difference is None:
        return ""
    points = whole(change.difference)
    moved = f"up {points}" if points > 0 else f"down {-points}" if points else "the same"
    unclear = ": no clear change yet" if change.verdict == "no clear change" and points else ""
    return f"{moved} since {since}{unclear}"


def n_words(n: int, noun: str) -> str:
    """“no answers yet”, “1 answer”, “1,212 answers”."""
    plural = PLURALS.get(noun, f"{noun}s")
    if not n:
        return f"no {plural} yet"
    return f"{n:,} {noun if n == 1 else plural}"


def too_few_words(n: int) -> str:
    """“3 answers so far: too few for a score; read them”."""
    if not n:
        return n_words(0, "answer")
    return f"{n_words(n, 'answer')} so far: too few for a score; read {'it' if n == 1 else 'them'}"


def date_words(day: date, today: date) -> str:
    """“24 October” in this year, “24 Oct 2025” in another."""
    month = MONTHS[day.month - 1]
    return f"{day.day} {month}" if day.year == today.year else f"{day.day} {month[:3]} {day.year}"


def month_words(day: date, today: date) -> str:
    """“October” in this year, “October 2025” in another."""
    month = MONTHS[day.month - 1]
    return month if day.year == today.year else f"{month} {day.year}"


def period_words(start: date | None, end: date | None, *, today: date) -> str:
    """“1 Aug – 31 Oct”, both days included, with the year where it is not this one; open ends in words."""
    if start is None or end is None:
        return _open_period(start, end, today)
    if start == end:
        return _short(end, today)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} – {_short(end, today)}"
    # The end's year speaks for both unless they differ.
    first = _short(start, end if start.year == end.year else today)
    return f"{first} – {_short(end, today) if start.year == end.year else _dated(end)}"


def _open_period(start: date | None, end: date | None, today: date) -> str:
    if start is not None:
        return f"since {_short(start, today)}"
    return "all time" if end is None else f"until {_short(end, today)}"


def _short(day: date, today: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}" if day.year == today.year else _dated(day)


def _dated(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
