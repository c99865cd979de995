"""What a survey’s results say, in a sentence: the head of its page, and the title of its chart."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from survey.foundation.language import ngettext
from survey.results.rules.comparisons import Change, nps_change
from survey.results.rules.intervals import newcombe
from survey.results.rules.metrics import Distribution, Metric, TrendPoint, enough
from survey.results.rules.words import interval_words, month_words, n_words, value_words, whole

NAMES = {
    "nps": "NPS",
    "csat": "CSAT, the share of satisfied people,",
    "ces": "CES, the share of people who found it easy,",
    "share": "the share",
    "mean": "the mean",
}
SHORT = {"nps": "NPS", "csat": "CSAT", "ces": "CES", "share": "the share", "mean": "the mean"}
EXPLAINED = {
    "nps": "NPS is the share of people who would recommend us (9–10) less the share who would not (0–6), from −100 to +100.",
    "csat": "CSAT is the share of people who answered with one of the two best grades.",
    "ces": "CES is the share of people who agreed that it was easy: 5, 6 or 7 of 7.",
    "mean": "The mean is the average grade.",
}


def people(n: int) -> str:
    """“one person”, “1,212 people”."""
    return "one person" if n == 1 else n_words(n, "person")


def head(n: int, metric: Metric | None, *, minimum: int, title: str = "") -> str:
    """The first sentence of a survey’s page, for nobody, few and many, with a score or without one."""
    what = f" “{title}”" if title else ""
    if not n:
        return f"Nobody has answered{what} here yet."
    who = f"{people(n)} answered{what}"
    who = who[:1].upper() + who[1:]
    if metric is None or metric.value is None:
        return f"{who}."
    if not enough(metric.n, minimum):
        return f"{who}: too few for a score."
    return f"{who}. {SHORT[metric.name]} is {value_words(metric)}, {interval_words(metric)}."


def doubtful_words(n: int, flagged: str = "") -> str:
    """“3 answers look as if no person had given them. They are counted.”"""
    one, many = {
        "": ("One answer looks as if no person had given it. It is counted.",
             "%(num)s answers look as if no person had given them. They are counted."),
        "without": ("One answer that looks as if no person had given it is left out.",
                    "%(num)s answers that look as if no person had given them are left out."),
        "only": ("You see the one answer alone that looks as if no person had given it.",
                 "You see the %(num)s answers alone that look as if no person had given them."),
    }[flagged]  # fmt: skip
    return ngettext(one, many, n)


WROTE: Mapping[str, str] = {
    "positive": "wrote something positive",
    "negative": "wrote something negative",
    "mixed": "wrote something good and something bad",
    "none": "wrote words without a signal",
    "not_scored": "wrote words that are not scored",
}


def wrote(n: int, sentiment: str) -> str:
    """“17 people wrote something negative.”"""
    who = people(n)
    return f"{who[:1].upper()}{who[1:]} {WROTE[sentiment]}."


def why_they_left(n: int, named: Sequence[tuple[str, int]]) -> str:
    """What an exit survey says: “76 people told us why they left. Quality and waiting are named most, 16 each.”"""
    who = people(n)
    most = max(count for _, count in named)
    first = sorted(label for label, count in named if count == most)
    if len(first) > 2:
        finding = "No reason stands out."
    elif len(first) == 2:
        finding = f"{first[0]} and {first[1][:1].lower()}{first[1][1:]} are named most, {most:,} each."
    else:
        finding = f"{first[0]} is named most: {most:,} of {n:,}."
    return f"{who[:1].upper()}{who[1:]} told us why {'this person' if n == 1 else 'they'} left. {finding}"


def tie_words(counts: Iterable[int]) -> str:
    """What is not sure about the order of reasons of which the first could be first by chance."""
    first, second, third = sorted([*counts, 0, 0, 0], reverse=True)[:3]
    if first == second:
        return "No reason stands out." if second == third else "The first two are equal."
    return "The first is not surely ahead." if second == third else "The first two are too close to rank."


def recommended(metric: Metric | None, *, minimum: int) -> str:
    """What a score means, in a sentence for everybody; empty where there is none or where it has no such meaning."""
    if metric is None or metric.name != "nps" or metric.low is None or metric.high is None:
        return ""
    if not enough(metric.n, minimum):
        return ""
    if metric.low > 0:
        return "More would recommend us than not."
    return "More would not recommend us than would." if metric.high < 0 else "About as many would recommend us as not."


def moved(now: Distribution, before: Distribution, metric: Metric, earlier: Metric) -> Change:
    """How far the leading number moved, and whether that is more than chance; in the number’s own points."""
    if metric.name == "nps":
        return nps_change(now, before)
    if metric.value is None or earlier.value is None or metric.name not in ("csat", "ces", "share"):
        return Change(None, None, None, None, "no clear change")
    hits = round(metric.value * metric.n), round(earlier.value * earlier.n)
    low, high = newcombe(hits[0], metric.n, hits[1], earlier.n)
    verdict = "more" if low > 0 else "less" if high < 0 else "no clear change"
    return Change(100 * (metric.value - earlier.value), 100 * low, 100 * high, None, verdict)  # type: ignore[arg-type]


def trend_title(points: Sequence[TrendPoint], change: Change | None, today: date) -> str:
    """What a line over time says: “NPS rose from +12 in May to +31 in October.”"""
    told = [point for point in points if point.metric.value is not None]
    if not told:
        return "No answers in this period yet."
    last = told[-1]
    name, value, month = SHORT[last.metric.name], value_words(last.metric), month_words(last.period_start, today)
    if len(told) == 1 or change is None or change.difference is None:
        return f"{name} was {value} in {month}."
    first = told[0]
    start = f"{value_words(first.metric)} in {month_words(first.period_start, today)}"
    if change.verdict == "no clear change":
        return f"{name} was {start} and {value} in {month}: no clear change."
    return f"{name} {'rose' if change.verdict == 'more' else 'fell'} from {start} to {value} in {month}."


def change_since(change: Change, earlier: Metric, since: str) -> str:
    """“Up 7 from +17 in 1 May – 31 Jul: no clear change.”; empty where there is nothing to compare."""
    if change.difference is None:
        return ""
    points = whole(change.difference)
    how = f"Up {points}" if points > 0 else f"Down {-points}" if points < 0 else "The same"
    unclear = ": no clear change" if change.verdict == "no clear change" and points else ""
    return f"{how} from {value_words(earlier)} in the time before ({since}, {n_words(earlier.n, 'answer')}){unclear}."


def counts_title(months: Sequence[tuple[str, int]]) -> str:
    """What answers by month say: “Most answers came in October: 31.”"""
    if not months:
        return "No answers in this period yet."
    most = max(n for _, n in months)
    names = [name for name, n in months if n == most]
    if len(names) > 1:
        return f"{n_words(sum(n for _, n in months), 'answer')} in {len(months)} months."
    return f"Most answers came in {names[0]}: {most:,}."
