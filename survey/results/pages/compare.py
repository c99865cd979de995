"""Two periods or two groups of people side by side, or all groups of one kind in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, whole_month_words
from survey.questionnaires.models import Survey
from survey.results.pages.lines import Line, lines
from survey.results.pages.one import SurveyPage
from survey.results.pages.seeing import survey_page
from survey.results.pages.segments import Group, groups_of, tie_words
from survey.results.pages.sides import Sides
from survey.results.pages.ways import GROUPS_ONLY, IN_ORDER, by_value, parted
from survey.results.rules.contrasts import compared
from survey.results.rules.groups import NO_PROMISE, whole
from survey.results.rules.periods import PERIODS, Period, month_name, period
from survey.results.rules.reading import Step
from survey.results.rules.relating import headline
from survey.results.rules.tally import Counts, responses_in
from survey.results.rules.words import answers_words

PERIOD = "period"
NO_SUCH_GROUP = lazy_gettext("There is no such group of people in this survey. Choose one from the list.")


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, and its counts."""

    name: str
    label: str
    counts: Counts
    group: int = NO_PROMISE

    @property
    def n(self) -> int:
        """How many responses these are; in whole groups where only these are shown."""
        return whole(responses_in(self.counts), self.group)


@dataclass(frozen=True)
class Compare:
    """The page: what can be compared, and the two sides once they are chosen."""

    page: SurveyPage
    by: str
    options: Sequence[tuple[str, str]]
    sides: tuple[Side, Side] | None

    @property
    def by_options(self) -> list[tuple[str, str]]:
        """What can be compared in this survey."""
        return [(PERIOD, _("Periods")), *((choice.name, choice.label) for choice in parted(self.page).values())]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All groups of the chosen kind, with the leading number of each."""
        question = self.page.results.leading
        if self.by == PERIOD or question is None:
            return ()
        return next((one.groups for one in groups_of(self.page, question, [self.by])), ())

    @property
    def months(self) -> tuple[Step, ...]:
        """The months of the view, the newest first, where periods are compared."""
        return tuple(reversed(self.page.results.months)) if self.by == PERIOD else ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Everything that can be held side by side: numbers, reasons, answers. The score at the head was asked for and is
        judged by itself; all the rest are looked through, and corrected for how many they are.
        """
        if not self.sides:
            return ()
        found = list(Sides(self.page, *(side.counts for side in self.sides)).lines())
        leads = sum(1 for line in found[:1] if self._leads(line))
        return (*lines(found[:leads]), *lines(found[leads:]))

    def _leads(self, line: Line) -> bool:
        return self.page.results.leading is not None and line.label == self.page.results.leading.words

    @property
    def comparisons(self) -> int:
        """How many things were compared, but the score at the head."""
        rest = (line.contrast for line in self.lines if not self._leads(line))
        return compared(rest) + compared(group.contrast for group in self.groups)

    @property
    def nothing_words(self) -> str:
        """Why no groups stand in the table."""
        if self.page.results.leading is None:
            return _("This view has no score to compare. Choose two groups to see their answers side by side.")
        return _("Nothing is known of these groups in this view.")

    @property
    def by_words(self) -> str:
        """What is compared."""
        return dict(self.by_options)[self.by]

    @property
    def tie_words(self) -> str:
        """Which groups cannot be ranked; empty where they stand in an order of their own, or the order is sure."""
        question = self.page.results.leading
        return "" if question is None or self.by in IN_ORDER else tie_words(question, self.groups)

    @property
    def headline(self) -> str:
        """What the comparison says, in a sentence."""
        if not self.sides:
            return _("What differs?")
        if self.page.results.leading is None:
            return _("%(one)s and %(other)s, side by side", one=self.sides[0].label, other=self.sides[1].label)
        line = next((line for line in self.lines if self._leads(line)), None)
        return headline(line.contrast if line else None, *(side.label for side in self.sides))

    @property
    def lead(self) -> str:
        """How many answers are held side by side."""
        if not self.sides:
            return _("“%(title)s”, %(period)s.", title=self.page.title, period=self.page.view.period.words)
        one, other = (
            _("%(group)s: %(answers)s", group=side.label, answers=answers_words(side.n)) for side in self.sides
        )
        return _("“%(title)s”. %(one)s; %(other)s.", title=self.page.title, one=one, other=other)


def compare(survey: Survey, args: Mapping[str, str], role: str) -> Compare:
    """What an address wants compared; raises Refused where it names what is not there, or what is too small to be shown."""
    page, by = survey_page(survey, args, role), args.get("by") or PERIOD
    if by != PERIOD and page.groups_only:
        raise Refused(GROUPS_ONLY)
    if by != PERIOD and by not in parted(page):
        raise Refused(NO_SUCH_GROUP)
    chosen = [args.get(name, "") for name in ("a", "b")]
    options = _options(page, by, chosen)
    if not any(chosen):
        return Compare(page, by, options, None)
    if not all(chosen) or chosen[0] == chosen[1]:
        raise Refused(_("Choose two different things to compare."))
    return Compare(page, by, options, _periods(page, args, role, chosen) if by == PERIOD else _groups(page, by, chosen))


def _options(page: SurveyPage, by: str, chosen: Sequence[str]) -> list[tuple[str, str]]:
    if by != PERIOD:
        return [(value, label) for value, label, _n in parted(page)[by].values]
    months = [batch.months[0] for batch in reversed(page.results.seen.batches) if len(batch.months) == 1]
    names = [name for name, _label in PERIODS[1:]] + [month_name(month) for month in months]
    asked_for = [name for name in chosen if name and name not in names]
    return [(name, period_label(name, page.results.today)) for name in (*names, *asked_for)]


def _groups(page: SurveyPage, by: str, chosen: Sequence[str]) -> tuple[Side, Side]:
    labels, known = {value: label for value, label, _n in parted(page)[by].values}, by_value(page, by)
    if any(value not in labels for value in chosen):
        raise Refused(NO_SUCH_GROUP)
    first, second = (Side(value, labels[value], known.get(value, {})) for value in chosen)
    return first, second


def _periods(page: SurveyPage, args: Mapping[str, str], role: str, chosen: Sequence[str]) -> tuple[Side, Side]:
    """Two periods, each seen as its own page shows it, so that nothing smaller than that is ever told."""
    pages = [survey_page(page.survey, {**args, "period": name}, role) for name in chosen]
    first, second = pages
    if _overlap(first.view.period, second.view.period):
        raise Refused(_("These two periods share some days. Choose two that do not."))
    one, other = (
        Side(own.view.period.name, own.view.period.words, own.results.counts, own.results.seen.minimum) for own in pages
    )
    return one, other


def _overlap(one: Period, other: Period) -> bool:
    return (one.since is None or other.until is None or one.since <= other.until) and (
        other.since is None or one.until is None or other.since <= one.until
    )


def period_label(name: str, today: date) -> str:
    """What a period is called in a list: “Last month”, “October 2026”."""
    found = period(name, today)
    return dict(PERIODS).get(name) or whole_month_words(found.since or today)
