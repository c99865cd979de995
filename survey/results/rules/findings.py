"""What a survey’s results say, in a sentence: the head of its page, and the title of its chart."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, month_words, ngettext, whole, within_sentence
from survey.results.rules.comparisons import NOTHING, Change, mean_change, nps_change, share_change
from survey.results.rules.metrics import Distribution, Metric, TrendPoint, enough
from survey.results.rules.words import answers_words, interval_words, value_words

SHORT: Mapping[str, str] = {
    "nps": "NPS",
    "csat": "CSAT",
    "ces": "CES",
    "share": lazy_gettext("the share"),
    "mean": lazy_gettext("the mean"),
}
EXPLAINED: Mapping[str, str] = {
    "nps": lazy_gettext(
        "NPS is the share of people who would recommend us (9–10) less the share who would not (0–6), from −100 to +100."
    ),
    "csat": lazy_gettext("CSAT is the share of people who answered with one of the two best grades."),
    "ces": lazy_gettext("CES is the share of people who agreed that it was easy: 5, 6 or 7 of 7."),
    "mean": lazy_gettext("The mean is the average grade."),
}


def head(n: int, metric: Metric | None, *, minimum: int, title: str = "", at_least: bool = False) -> str:
    """The first sentence of a survey’s page, for nobody, few and many, with a score or without one.

    `at_least`: where numbers are told in whole groups.
    """
    if not n:
        return (
            _("Nobody has answered “%(title)s” here yet.", title=title) if title else _("Nobody has answered here yet.")
        )
    answered = _answered(n, title, at_least=at_least)
    if metric is None or metric.value is None:
        return f"{answered}."
    if not enough(metric.n, minimum):
        return _("%(answered)s: too few for a score.", answered=answered)
    return _(
        "%(answered)s. %(name)s is %(value)s, %(interval)s.",
        answered=answered, name=SHORT[metric.name], value=value_words(metric), interval=interval_words(metric),
    )  # fmt: skip


def _answered(n: int, title: str, *, at_least: bool) -> str:
    if at_least:
        return (
            _("At least %(number)s people answered “%(title)s”", number=n, title=title)
            if title
            else _("At least %(number)s people answered", number=n)
        )
    if title:
        return ngettext("One person answered “%(title)s”", "%(num)s people answered “%(title)s”", n, title=title)
    return ngettext("One person answered", "%(num)s people answered", n)


DOUBTFUL: Mapping[str, Callable[[int], str]] = {
    "": lambda n: ngettext(
        "One answer looks as if no person had given it. It is counted.",
        "%(num)s answers look as if no person had given them. They are counted.",
        n,
    ),
    "without": lambda n: ngettext(
        "One answer that looks as if no person had given it is left out.",
        "%(num)s answers that look as if no person had given them are left out.",
        n,
    ),
    "only": lambda n: ngettext(
        "You see the one answer alone that looks as if no person had given it.",
        "You see the %(num)s answers alone that look as if no person had given them.",
        n,
    ),
}


def doubtful_words(n: int, flagged: str = "") -> str:
    """“3 answers look as if no person had given them. They are counted.”"""
    return DOUBTFUL[flagged](n)


WROTE: Mapping[str, Callable[[int], str]] = {
    "positive": lambda n: ngettext(
        "One person wrote something positive.", "%(num)s people wrote something positive.", n
    ),
    "negative": lambda n: ngettext(
        "One person wrote something negative.", "%(num)s people wrote something negative.", n
    ),
    "mixed": lambda n: ngettext(
        "One person wrote something good and something bad.",
        "%(num)s people wrote something good and something bad.",
        n,
    ),
    "none": lambda n: ngettext(
        "One person wrote words without a signal.", "%(num)s people wrote words without a signal.", n
    ),
    "not_scored": lambda n: ngettext(
        "One person wrote words that are not scored.", "%(num)s people wrote words that are not scored.", n
    ),
}


def wrote(n: int, sentiment: str) -> str:
    """“17 people wrote something negative.”"""
    return WROTE[sentiment](n)


def why_they_left(n: int, named: Sequence[tuple[str, int]]) -> str:
    """What an exit survey says: “76 people told us why they left. Quality and waiting are named most, 16 each.”"""
    most = max(count for _label, count in named)
    first = sorted(label for label, count in named if count == most)
    if len(first) > 2:
        finding = _("No reason stands out.")
    elif len(first) == 2:
        finding = _(
            "%(first)s and %(second)s are named most, %(most)s each.",
            first=first[0], second=within_sentence(first[1]), most=most,
        )  # fmt: skip
    else:
        finding = _("%(first)s is named most: %(most)s of %(all)s.", first=first[0], most=most, all=n)
    told = ngettext("One person told us why this person left.", "%(num)s people told us why they left.", n)
    return f"{told} {finding}"


def tie_words(counts: Iterable[int]) -> str:
    """What is not sure about the order of reasons of which the first could be first by chance."""
    first, second, third = sorted([*counts, 0, 0, 0], reverse=True)[:3]
    if first == second:
        return _("No reason stands out.") if second == third else _("The first two are equal.")
    return _("The first is not surely ahead.") if second == third else _("The first two are too close to rank.")


def recommended(metric: Metric | None, *, minimum: int) -> str:
    """What a score means, in a sentence for everybody; empty where there is none or where it has no such meaning."""
    if metric is None or metric.name != "nps" or metric.low is None or metric.high is None:
        return ""
    if not enough(metric.n, minimum):
        return ""
    if metric.low > 0:
        return _("More would recommend us than not.")
    if metric.high < 0:
        return _("More would not recommend us than would.")
    return _("About as many would recommend us as not.")


def moved(now: Distribution, before: Distribution, metric: Metric, earlier: Metric) -> Change:
    """How far the leading number moved, and whether that is more than chance; in the number’s own points."""
    if metric.name == "nps":
        return nps_change(now, before)
    if metric.name == "mean":
        return mean_change(now, before)
    if metric.value is None or earlier.value is None or metric.name not in ("csat", "ces", "share"):
        return NOTHING
    hits = round(metric.value * metric.n), round(earlier.value * earlier.n)
    return share_change(hits[0], metric.n, hits[1], earlier.n)


def in_month(day: date, today: date) -> str:
    """“in October”"""
    return _("in %(month)s", month=month_words(day, today))


def trend_title(
    points: Sequence[TrendPoint], change: Change | None, today: date, when: Callable[[date, date], str] = in_month
) -> str:
    """What a line over time says: “NPS rose from +12 in May to +31 in October.”; `when` says when a step of time was."""
    told = [point for point in points if point.metric.value is not None]
    if not told:
        return (
            _("Too few answers for a score.")
            if any(point.metric.n for point in points)
            else _("No answers in this period yet.")
        )
    first, last = told[0], told[-1]
    said = {
        "name": SHORT[last.metric.name],
        "value": value_words(last.metric),
        "when": when(last.period_start, today),
    }
    if len(told) == 1 or change is None or change.difference is None:
        return _("%(name)s was %(value)s %(when)s.", **said)
    said |= {"first": value_words(first.metric), "first_when": when(first.period_start, today)}
    if change.verdict == "no clear change":
        return _("%(name)s was %(first)s %(first_when)s and %(value)s %(when)s: no clear change.", **said)
    if change.verdict == "more":
        return _("%(name)s rose from %(first)s %(first_when)s to %(value)s %(when)s.", **said)
    return _("%(name)s fell from %(first)s %(first_when)s to %(value)s %(when)s.", **said)


def change_since(change: Change, earlier: Metric, since: str) -> str:
    """“Up 7 from +17 in the time before (1 May – 31 Jul, 80 answers): no clear change.”; empty where nothing can be compared."""
    if change.difference is None:
        return ""
    points = whole(change.difference)
    said = {"value": value_words(earlier), "since": since, "answers": answers_words(earlier.n), "points": abs(points)}
    if not points:
        return _("The same from %(value)s in the time before (%(since)s, %(answers)s).", **said)
    if change.verdict == "no clear change":
        return (
            _("Up %(points)s from %(value)s in the time before (%(since)s, %(answers)s): no clear change.", **said)
            if points > 0
            else _(
                "Down %(points)s from %(value)s in the time before (%(since)s, %(answers)s): no clear change.", **said
            )
        )
    if points > 0:
        return _("Up %(points)s from %(value)s in the time before (%(since)s, %(answers)s).", **said)
    return _("Down %(points)s from %(value)s in the time before (%(since)s, %(answers)s).", **said)


def counts_title(months: Sequence[tuple[str, int]]) -> str:
    """What answers by month say: “Most answers came in October: 31.”"""
    if not months:
        return _("No answers in this period yet.")
    most = max(n for _name, n in months)
    names = [name for name, n in months if n == most]
    if len(names) > 1:
        answers = answers_words(sum(n for _name, n in months))
        return _("%(answers)s in %(months)s months.", answers=answers, months=len(months))
    return _("Most answers came in %(month)s: %(most)s.", month=names[0], most=most)


def most_title(steps: Sequence[tuple[date, int]], today: date, when: Callable[[date, date], str]) -> str:
    """The same of days or weeks, which `when` names: “Most answers came on 3 November: 31.”"""
    if not steps:
        return _("No answers in this period yet.")
    most = max(n for _day, n in steps)
    days = [day for day, n in steps if n == most]
    if len(days) > 1:
        return _("%(answers)s in this time.", answers=answers_words(sum(n for _day, n in steps)))
    return _("Most answers came %(when)s: %(most)s.", when=when(days[0], today), most=most)
