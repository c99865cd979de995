"""The numbers: month by month, reasons, and every question with its metrics and how its answers are spread."""

from collections.abc import Iterator, Sequence
from typing import Any

from survey.foundation.language import gettext as _
from survey.foundation.language import number_words, percent_words, upper_first
from survey.results.pages.one import SurveyPage
from survey.results.pages.picture import picture
from survey.results.printing.blocks import Bar, Bars, Block, Drawing, Section, Table, Words
from survey.results.rules.findings import SHORT
from survey.results.rules.metrics import Metric
from survey.results.rules.reading import Told
from survey.results.rules.words import answers_words, exact_words, too_few_words

MOST_BARS = 200


def over_time(page: SurveyPage) -> Section | None:
    """The chart of the page with its finding, and the same numbers as a table; nothing where there is one month only."""
    if len(page.results.months) < 2:
        return None
    chart = picture(page)
    heads = [head.removeprefix("#") for head in chart.columns]
    blocks: list[Block] = [
        Words(chart.title, "strong"),
        Drawing(chart.for_print(), chart.title),
        Words(chart.source, "muted"),
        Table(heads, chart.rows),
    ]
    return Section(_("Month by month"), blocks)


def moved(page: SurveyPage) -> Section | None:
    """What moved since the time before, and everything that was compared; nothing where there is no time before."""
    if page.moves is None or not page.moves.every:
        return None
    corrected = _(
        "Against %(days)s. A move is called clear only where chance would make one in 20 such comparisons as a whole "
        "(Holm’s correction). It says that something moved, not why.",
        days=page.before_words,
    )
    heads = [_("What"), _("Before"), _("Now"), _("Difference"), _("More than chance?")]
    return Section(
        _("What moved"), [Words(page.moves.words, "strong"), Words(corrected, "muted"), Table(heads, page.move_rows)]
    )


def reasons(page: SurveyPage) -> Section | None:
    """Why: what people said themselves, where the survey asks; else what their comments are about."""
    question = page.reasons_question
    if question is not None:
        return Section(_("Why"), list(_asked_reasons(page, page.results.tell(question))))
    return Section(_("What it is about"), list(_read_reasons(page))) if page.suggested else None


def _asked_reasons(page: SurveyPage, told: Told) -> Iterator[Block]:
    yield Words(told.question.words, "strong")
    if why_not := _why_not(told):
        yield Words(why_not, "muted")
        return
    named, nobodys = told.values[:-2], told.values[-2:]  # the two that name no reason stay last
    rows, so_far = [], 0
    for value, label in sorted(named, key=lambda one: -told.distribution.get(one[0], 0)):
        n = told.distribution.get(value, 0)
        so_far += n
        rows.append(_bar(told, value, label, n, [_share(so_far, told.answered) if not told.hidden else "–"]))
    rows += [_bar(told, value, label, told.distribution.get(value, 0), ["–"], is_grey=True) for value, label in nobodys]
    yield Bars([_("Reason"), _("People"), _("Share"), _("Together")], rows)
    yield Words(_together(_("Each person counts once, by the reason that mattered most."), page.tie_words, _source(page, told)), "muted")  # fmt: skip


def _read_reasons(page: SurveyPage) -> Iterator[Block]:
    rows = [Bar(label, n, [number_words(n)]) for _code, label, n in page.suggested]
    yield Bars([_("Reason"), _("People")], rows)
    said = _("People whose comments sound like a reason, as the machine read them; one person may be in several lines.")
    yield Words(_together(said, page.tie_words), "muted")


def questions(page: SurveyPage) -> Section:
    """Every question that is not told elsewhere."""
    return Section(
        _("Question by question"), parts=[Section(told.question.words, list(_told(page, told))) for told in page.told]
    )


def _told(page: SurveyPage, told: Told) -> Iterator[Block]:
    if why_not := _why_not(told):
        yield Words(why_not, "muted")
        return
    if told.is_too_few:
        yield Words(f"{upper_first(too_few_words(told.answered))}.", "muted")
    if told.metrics:
        yield metric_table(told.metrics)
    if told.standings:
        yield Table(
            [_("Thing"), _("Mean place"), _("People")],
            [[one.words, number_words(one.mean, places=2), number_words(one.n)] for one in told.standings],
        )
    if rows := _spread(told):
        yield Bars([_("Answer"), _("People"), _("Share")], rows)
    yield Words(_source(page, told), "muted")


def metric_table(metrics: Sequence[Metric]) -> Table:
    """Each metric with its interval, to two places."""
    heads = [_("Number"), _("Value"), _("From"), _("To"), _("Answers")]
    return Table(heads, [_metric(metric) for metric in metrics])


def _metric(metric: Metric) -> list[str]:
    values = (exact_words(metric.name, value) for value in (metric.value, metric.low, metric.high))
    return [upper_first(str(SHORT[metric.name])), *values, number_words(metric.n)]


def _spread(told: Told) -> list[Bar]:
    """How often each answer was given; numbers and days that are many are shown together, as on the page."""
    bands: Any = getattr(told.kind, "bands", None)
    if bands and not told.kind.values(told.question):
        return [
            Bar(one.words, one.n, [number_words(one.n), _share(one.n, told.answered)])
            for one in bands(told.distribution)
        ]
    return [_bar(told, value, label, told.distribution.get(value, 0), []) for value, label in told.values[:MOST_BARS]]


def _bar(told: Told, value: str, label: str, n: int, more: list[str], *, is_grey: bool = False) -> Bar:
    if value in told.hidden:
        return Bar(label, 0, [_("too few"), "–", *more], is_grey=True)
    return Bar(label, n, [number_words(n), _share(n, base(told, value)), *more], is_grey=is_grey)


def base(told: Told, value: str) -> int:
    """Of how many a value's share is: of those who answered the question, or the row that the value belongs to."""
    group = told.kind.group(value)
    if not group:
        return told.answered
    own = [other for other in {*told.distribution, *told.hidden} if told.kind.group(other) == group]
    return 0 if told.hidden.intersection(own) else sum(told.distribution.get(other, 0) for other in own)


def _share(n: int, of: int) -> str:
    return percent_words(n / of, places=2) if of else "–"


def _why_not(told: Told) -> str:
    if told.is_hidden:
        return _("Too few people answered this to show it without showing who they are.")
    return "" if told.answered else _("Nobody has answered this here.")


def _source(page: SurveyPage, told: Told) -> str:
    """Who answered, how versions differ, and what is not shown."""
    hidden = _(
        "Answers that fewer than %(number)s people gave are not shown, so that nobody can be recognised.",
        number=page.results.minimum,
    )
    caution = page.merged.cautions.get(told.question.key, "")
    return _together(
        f"{upper_first(answers_words(told.answered))}.", caution, _several(told), hidden if told.hidden else ""
    )


def _several(told: Told) -> str:
    is_several = told.kind.holds_several(told.question) and sum(told.distribution.values()) > told.answered
    return _("One person may have given several answers; shares are of people.") if is_several else ""


def _together(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
