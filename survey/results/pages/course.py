"""How a view went over time: by months, as everybody may see it, or by weeks and days where single days may be known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from survey.foundation.errors import Refused
from survey.foundation.language import day_words, short_day_words
from survey.foundation.language import gettext as _
from survey.results.pages.one import SurveyPage
from survey.results.rules.comparisons import Change
from survey.results.rules.courses import (
    HEADS,
    MONTH,
    MOST,
    MOST_COLUMNS,
    STEPS,
    WEEK,
    WHEN,
    batches_by,
    chosen_step,
    days_shown,
)
from survey.results.rules.findings import counts_title, most_title, trend_title
from survey.results.rules.groups import Batch
from survey.results.rules.metrics import TrendPoint
from survey.results.rules.reading import Step
from survey.results.rules.tally import Counts, added

Days = Mapping[date, Counts]


def days_of(page: SurveyPage) -> Days:
    """What was answered on each day in this view; nothing where single days may not be known."""
    if page.groups_only:
        return {}
    return {date.fromisoformat(day): added(own.values()) for day, own in page.counts_by("day").items()}


@dataclass(frozen=True)
class Course:
    """A view in steps of time; `batches` holds the counts of each."""

    page: SurveyPage
    by: str
    batches: tuple[Batch, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps with their leading number, oldest first."""
        if self.by == MONTH:
            return self.page.results.months
        return self.page.results.steps(self.batches, day_words, short_day_words)

    @property
    def points(self) -> tuple[TrendPoint, ...]:
        """The leading number by step, without a value where too few answered."""
        return self.page.results.points_of(self.steps)

    @property
    def change(self) -> Change | None:
        """How far the leading number moved from the first step with enough answers to the last."""
        return self.page.results.change_through(self.batches)

    @property
    def columns(self) -> list[tuple[str, int]]:
        """Short names of steps with how many answered, those without anybody between them included."""
        if self.by == MONTH:
            return self.page.results.answers_by_month
        return [(short_day_words(day, self._today), n) for day, n in _without_gaps(self.by, self.steps)]

    @property
    def is_too_thin(self) -> bool:
        """Whether there is a number to show, and no step has enough answers for it."""
        points = self.points
        return bool(points) and all(point.metric.value is None for point in points)

    @property
    def head(self) -> str:
        """What a step is called at the head of a table."""
        return str(HEADS[self.by])

    @property
    def caution(self) -> str:
        """What has to be known of the steps; empty where nothing has."""
        return (
            _("Weeks begin on Monday; of the first and the last only some days may be in it.")
            if self.by == WEEK
            else ""
        )

    def title(self, *, is_line: bool) -> str:
        """What it says, in a sentence."""
        if is_line:
            return trend_title(self.points, self.change, self._today, WHEN[self.by])
        if self.by == MONTH:
            return counts_title([(step.label, step.n) for step in self.steps])
        return most_title([(step.start, step.n) for step in self.steps], self._today, WHEN[self.by])

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """The steps to choose from, as label, name and whether it is this one; none where there is no choice."""
        return [] if self.page.groups_only else [(str(label), name, name == self.by) for name, label in STEPS.items()]

    @property
    def _today(self) -> date:
        return self.page.results.today


def course(page: SurveyPage, by: str) -> Course:
    """The view by the step that an address asks for; raises Refused where it may not be told by days."""
    step = chosen_step(by)
    if step == MONTH:
        return Course(page, step, page.results.seen.batches)
    if page.groups_only:
        raise Refused(_("Where only groups are shown, a chart goes by months: a day or a week may be one person."))
    days, results = days_of(page), page.results
    most = MOST[step] if results.leading else MOST_COLUMNS[step]
    shown = days_shown(days, page.view.period, step, most, results.today)
    return Course(page, step, batches_by(step, days, shown) if shown else ())


def _without_gaps(by: str, steps: Sequence[Step]) -> list[tuple[date, int]]:
    """Each step from the first to the last with how many answered."""
    if not steps:
        return []
    given, length = {step.start: step.n for step in steps}, timedelta(days=7 if by == WEEK else 1)
    many = (steps[-1].start - steps[0].start) // length
    return [(day, given.get(day, 0)) for day in (steps[0].start + length * number for number in range(many + 1))]
