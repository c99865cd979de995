"""The chart of a survey in a view: what it says in words, and the SVG, kept by its content."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from flask import current_app

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext, number_words, spoken
from survey.organisation.queries import organisation
from survey.organisation.rules import dark_accent
from survey.results import charts
from survey.results.charts import ThemeName, Unit
from survey.results.pages.one import SurveyPage
from survey.results.rules.findings import SHORT, counts_title, trend_title
from survey.results.rules.words import answers_words, exact_words, too_few_words

UNITS: Mapping[str, Unit] = {"nps": "nps", "csat": "percent", "ces": "percent", "share": "percent"}
THEMES: Mapping[str, ThemeName] = {"light": "light", "dark": "dark"}
KEPT = 64
MOST_MONTHS = 48
VERSION = "3"  # of the drawing: a new one is a new content

_drawn: OrderedDict[str, bytes] = OrderedDict()
_keeping = Lock()


@dataclass(frozen=True)
class Picture:
    """A chart with its words; `is_line` is False where there is no number, only answers, to show by month."""

    page: SurveyPage
    title: str
    source: str
    is_line: bool

    @property
    def columns(self) -> list[str]:
        """The heads of the table that says the same."""
        numbers = [str(SHORT[self.name]), _("From"), _("To")] if self.is_line else []
        return [_("Month"), *(f"#{name}" for name in (_("Answers"), *numbers))]

    @property
    def rows(self) -> list[list[str]]:
        """The rows of that table."""
        return [
            [month.label, number_words(month.n), *self._cells(number)]
            for number, month in enumerate(self.page.results.months)
        ]

    @property
    def name(self) -> str:
        """The name of the number."""
        return self.page.results.points[0].metric.name if self.is_line else ""

    def _cells(self, number: int) -> list[str]:
        if not self.is_line:
            return []
        metric = self.page.results.points[number].metric
        if metric.value is None:
            return ["–", "–", too_few_words(metric.n) if metric.n else _("not asked")]
        return [exact_words(metric.name, value) for value in (metric.value, metric.low, metric.high)]

    def svg(self, theme: ThemeName, *, wide: bool) -> tuple[str, bytes]:
        """The chart and the name of its content; drawn once for each content."""
        accent = organisation().accent
        accent = dark_accent(accent) if theme == "dark" else accent
        key = self.key(theme, accent, wide)
        return key, kept(key, lambda: self._draw(theme, accent, wide=wide))

    def key(self, theme: ThemeName, accent: str, wide: bool) -> str:
        """A name made of everything that the drawing depends on."""
        content = (
            VERSION,
            self.title,
            self.source,
            self.is_line,
            self.page.results.points,
            self.page.results.answers_by_month,
            self.events,
            theme,
            accent,
            wide,
            spoken(),
        )
        return hashlib.sha256(repr(content).encode()).hexdigest()[:24]

    @property
    def events(self) -> list[tuple[date, str]]:
        """What happened meanwhile: each publication of the survey."""
        return [
            (
                version.published_at.date(),
                _("Survey published") if version.number == 1 else _("Version %(number)s", number=version.number),
            )
            for version in reversed(self.page.published)
        ]

    def for_print(self) -> bytes:
        """The chart for paper, where title and source stand beside it as words."""
        return self._drawn_as(
            title="", source="", theme="light", accent=organisation().accent, wide=True, for_print=True
        )

    def _draw(self, theme: ThemeName, accent: str, *, wide: bool) -> bytes:
        return self._drawn_as(title=self.title, source=self.source, theme=theme, accent=accent, wide=wide)

    def _drawn_as(self, **how: Any) -> bytes:
        charts.keep_cache_in(current_app.extensions["hearback.config"].instance_path / "matplotlib")
        results = self.page.results
        if self.is_line:
            return charts.trend(results.points, unit=UNITS[self.name], events=self.events, **how)
        return charts.distribution(results.answers_by_month[-MOST_MONTHS:], parts=False, **how)


def picture(page: SurveyPage) -> Picture:
    """The chart of a page: the leading number over time, or answers by month where there is none."""
    results = page.results
    is_line = bool(results.points) and results.points[0].metric.name in UNITS
    if is_line:
        title = trend_title(results.points, results.change_over_time, results.today)
    else:
        title = counts_title([(month.label, month.n) for month in results.months])
    few = sum(1 for point in results.points if point.metric.value is None and point.metric.n) if is_line else 0
    source = _(
        "%(answers)s to “%(title)s”, %(period)s.",
        answers=answers_words(results.n), title=page.title, period=page.view.period.words,
    )  # fmt: skip
    return Picture(page, title, f"{source} {_gaps(few)}".rstrip(), is_line)


def _gaps(months: int) -> str:
    if not months:
        return ""
    return ngettext(
        "%(num)s month had too few answers for a score.", "%(num)s months had too few answers for a score.", months
    )


def kept(key: str, draw: Callable[[], bytes]) -> bytes:
    """A drawing by the name of its content: drawn once, as long as it is among the latest of this process."""
    drawn = _drawn.get(key) or draw()
    with _keeping:
        _drawn[key] = drawn
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return drawn
