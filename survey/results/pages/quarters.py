"""What was rated, as a chart: how well it works against how it goes with the score; what it says in words, and the SVG."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from flask import current_app

from survey.foundation.language import gettext as _
from survey.foundation.language import spoken
from survey.organisation.queries import organisation
from survey.organisation.rules import dark_accent
from survey.results import charts
from survey.results.charts import Spot, ThemeName
from survey.results.pages.drivers import Drivers, Rated
from survey.results.pages.lines import Line
from survey.results.pages.picture import kept
from survey.results.rules.contrasts import compared
from survey.results.rules.relating import side_words
from survey.results.rules.words import answers_words, interval_words

VERSION = "1"  # of the drawing: a new one is a new content
FEWEST = 2


@dataclass(frozen=True)
class Quarters:
    """The chart of the ratings of a page, with its words."""

    page: Drivers

    @cached_property
    def told(self) -> tuple[Rated, ...]:
        """The ratings that both sides answered often enough to be compared."""
        return tuple(one for one in self.page.ratings if one.matters.difference is not None)

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to hold against each other."""
        return len(self.told) >= FEWEST

    @cached_property
    def first(self) -> tuple[Rated, ...]:
        """What clearly goes with high scores, more than the rest, and works less well than the rest; the clearest first."""
        works, matters = self._middle
        return tuple(
            one
            for one in self.told
            if one.matters.finding == "more"
            and (one.matters.difference or 0) >= matters
            and (one.works.value or 0) < works
        )

    @property
    def _middle(self) -> tuple[float, float]:
        n = len(self.told) or 1
        return sum(one.works.value or 0 for one in self.told) / n, sum(
            one.matters.difference or 0 for one in self.told
        ) / n

    @property
    def title(self) -> str:
        """The finding."""
        if not self.told:
            return _("Too few people rated anything to say what goes with the score.")
        if self.first:
            return _("“%(thing)s” goes with high scores and works less well than the rest: look there first.", thing=self.first[0].label)  # fmt: skip
        if any(one.matters.finding == "more" for one in self.told):
            return _("What goes with high scores most works no worse than the rest.")
        return _("Nothing that was rated goes clearly with the score.")

    @property
    def source(self) -> str:
        """Who answered, and how to read it."""
        page = self.page.page
        return _(
            "%(answers)s to “%(title)s”, %(period)s. Thin lines: 95%% intervals. Long lines: the average. Open circles: may be chance.",
            answers=answers_words(page.results.n), title=page.title, period=page.view.period.words,
        )  # fmt: skip

    @property
    def comparisons(self) -> int:
        """How many ratings were compared."""
        return compared(one.matters for one in self.page.ratings)

    @property
    def lines(self) -> list[Line]:
        """The same numbers, and those of what too few rated to be drawn."""
        return [Line(one.label, one.matters, more=_works(one)) for one in self.page.ratings]

    @property
    def spots(self) -> list[Spot]:
        """The points of the chart."""
        return [_spot(one, is_first=one in self.first) for one in self.told]

    def svg(self, theme: ThemeName, *, wide: bool) -> tuple[str, bytes]:
        """The chart and the name of its content; drawn once for each content."""
        accent = organisation().accent
        accent = dark_accent(accent) if theme == "dark" else accent
        content = ("quarters", VERSION, self.title, self.source, self.spots, theme, accent, wide, spoken())
        key = hashlib.sha256(repr(content).encode()).hexdigest()[:24]
        return key, kept(key, lambda: self._draw(theme, accent, wide=wide))

    def _draw(self, theme: ThemeName, accent: str, *, wide: bool) -> bytes:
        charts.keep_cache_in(current_app.extensions["hearback.config"].instance_path / "matplotlib")
        return charts.quadrant(self.spots, title=self.title, source=self.source, theme=theme, accent=accent, wide=wide)


def _spot(one: Rated, *, is_first: bool) -> Spot:
    works = tuple(100 * (value or 0.0) for value in (one.works.value, one.works.low, one.works.high))
    matters = tuple(value or 0.0 for value in (one.matters.difference, one.matters.low, one.matters.high))
    return Spot(one.label, works, matters, one.matters.is_clear, is_first)  # type: ignore[arg-type]


def _works(one: Rated) -> str:
    return _("Good answers: %(share)s, %(interval)s.", share=side_words(one.works), interval=interval_words(one.works))
