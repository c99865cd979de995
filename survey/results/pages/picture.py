"""The chart of a survey in a view: what it says in words, and the SVG, kept by its content."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any

from flask import current_app

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext, number_words, spoken
from survey.organisation.queries import organisation
from survey.organisation.rules import dark_accent
from survey.results import charts
from survey.results.charts import ThemeName, Unit
from survey.results.pages.course import Course, course
from survey.results.pages.happened import happened
from survey.results.pages.one import SurveyPage
from survey.results.rules.findings import SHORT
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

    course: Course
    title: str
    source: str
    is_line: bool

    @property
    def page(self) -> SurveyPage:
        """The page that it stands on."""
        return self.course.page

    @property
    def columns(self) -> list[str]:
        """The heads of the table that says the same."""
        numbers = [str(SHORT[self.name]), _("From"), _("To")] if self.is_line else []
        return [self.course.head, *(f"#{name}" for name in (_("Answers"), *numbers))]

    @property
    def rows(self) -> list[list[str]]:
        """The rows of that table."""
        return [
            [step.label, number_words(step.n), *self._cells(number)] for number, step in enumerate(self.course.steps)
        ]

    @property
    def name(self) -> str:
        """The name of the number."""
        return self.course.points[0].metric.name if self.is_line else ""

    def _cells(self, number: int) -> list[str]:
        if not self.is_line:
            return []
        metric = self.course.points[number].metric
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
            self.course.points,
            self.course.columns,
            self.events,
            theme,
            accent,
            wide,
            spoken(),
        )
        return hashlib.sha256(repr(content).encode()).hexdigest()[:24]

    @cached_property
    def events(self) -> list[tuple[date, str]]:
        """What happened meanwhile: publications, what somebody marked, and improvements that were shipped."""
        return happened(self.page.survey.id, self.page.published)

    def for_print(self) -> bytes:
        """The chart for paper, where title and source stand beside it as words."""
        return self._drawn_as(
            title="", source="", theme="light", accent=organisation().accent, wide=True, for_print=True
        )

    def _draw(self, theme: ThemeName, accent: str, *, wide: bool) -> bytes:
        return self._drawn_as(title=self.title, source=self.source, theme=theme, accent=accent, wide=wide)

    def _drawn_as(self, **how: Any) -> bytes:
        charts.keep_cache_in(current_app.extensions["hearback.config"].instance_path / "matplotlib")
        if self.is_line:
            return charts.trend(self.course.points, unit=UNITS[self.name], events=self.events, **how)
        return charts.distribution(self.course.columns[-MOST_MONTHS:], parts=False, **how)


def picture(page: SurveyPage, by: str = "") -> Picture:
    """The chart of a page: the leading number over time, or answers by month (or week, or day) where there is none."""
    shown = course(page, by)
    is_line = bool(shown.points) and shown.points[0].metric.name in UNITS
    few = sum(1 for point in shown.points if point.metric.value is None and point.metric.n) if is_line else 0
    source = _(
        "%(answers)s to “%(title)s”, %(period)s.",
        answers=answers_words(sum(step.n for step in shown.steps)), title=page.title, period=page.view.period.words,
    )  # fmt: skip
    said = " ".join(part for part in (source, FEW[shown.by](few) if few else "", shown.caution) if part)
    return Picture(shown, shown.title(is_line=is_line), said, is_line)


FEW: Mapping[str, Callable[[int], str]] = {
    "month": lambda n: ngettext(
        "%(num)s month had too few answers for a score.", "%(num)s months had too few answers for a score.", n
    ),
    "week": lambda n: ngettext(
        "%(num)s week had too few answers for a score.", "%(num)s weeks had too few answers for a score.", n
    ),
    "day": lambda n: ngettext(
        "%(num)s day had too few answers for a score.", "%(num)s days had too few answers for a score.", n
    ),
}


def kept(key: str, draw: Callable[[], bytes]) -> bytes:
    """A drawing by the name of its content: drawn once, as long as it is among the latest of this process."""
    drawn = _drawn.get(key) or draw()
    with _keeping:
        _drawn[key] = drawn
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return drawn
