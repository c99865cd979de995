"""A survey’s results as they are read: numbers of each question, of each month, and what changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from survey.foundation.language import month_words, short_month_words
from survey.questionnaires.kinds.base import Kind, Question, Standing
from survey.questionnaires.kinds.table import KINDS
from survey.results.rules.comparisons import Change
from survey.results.rules.findings import moved
from survey.results.rules.groups import NO_PROMISE, Batch, Seen, metric_in_groups, whole
from survey.results.rules.measures import metrics_of
from survey.results.rules.metrics import Metric, TrendPoint, enough
from survey.results.rules.moves import Moves, moves_between
from survey.results.rules.periods import months_between
from survey.results.rules.tally import Counts, answered_in, responses_in

DayWords = Callable[[date, date], str]  # a day, and today


@dataclass(frozen=True)
class Told:
    """One question with what was answered; `hidden` values were given by too few to be shown, or all is hidden."""

    question: Question
    values: tuple[tuple[str, str], ...]
    distribution: Mapping[str, int]
    metrics: tuple[Metric, ...]
    answered: int
    hidden: frozenset[str] = frozenset()
    is_hidden: bool = False
    standings: tuple[Standing, ...] = ()  # where things were put in order: of everybody, those of too few left out

    @property
    def kind(self) -> Kind:
        """What kind of question it is."""
        return KINDS[self.question.kind]

    @property
    def is_too_few(self) -> bool:
        """Whether the question gives a number, and too few answered for one."""
        return bool(self.answered and KINDS[self.question.kind].metrics and not self.metrics)


@dataclass(frozen=True)
class Step:
    """One month (or several shown together), week or day: when, how many responses, and the leading number where there is one."""

    start: date
    label: str
    short_label: str
    n: int
    metric: Metric | None


@dataclass(frozen=True)
class Results:
    """All that a page, a chart and a table say about a survey in one view; they ask here and nowhere else.

    `leading` is the question whose number stands at the head; `minimum` is how many answers a score needs; `seen` holds back more where the survey promises groups only.
    """

    questions: tuple[Question, ...]
    leading: Question | None
    seen: Seen
    before: Seen | None
    minimum: int
    today: date

    @cached_property
    def counts(self) -> Counts:
        """The counts of everything that may be seen."""
        return self.seen.counts

    @property
    def n(self) -> int:
        """How many responses may be seen, in whole groups where only groups may."""
        return whole(responses_in(self.counts), self.seen.minimum)

    @cached_property
    def metric(self) -> Metric | None:
        """The number at the head; None where no question gives one."""
        return self._shown(self._leading_of(self.counts))

    @property
    def metric_before(self) -> Metric | None:
        """The same in the time before, where there was one."""
        return self._shown(self._leading_of(self.before.counts)) if self.before else None

    @property
    def change(self) -> Change | None:
        """How far the leading number moved since the time before; None where either has too few answers.

        It is called clear only where it is clear among everything that was compared, so that a page says one thing.
        """
        change = self._change(self.before.counts if self.before else {}, self.counts)
        if change is None or self.moves is None or self.leading is None:
            return change
        clear = {move.key for move in self.moves.clear if not move.is_reason}
        return change if self.leading.key in clear else replace(change, verdict="no clear change")

    @cached_property
    def moves(self) -> Moves | None:
        """Every number against the time before, judged together; None where nothing was before."""
        if self.before is None:
            return None
        # Where no number may stand at the head, as among those alone who wrote something bad, none is compared either.
        questions = self.questions if self.leading else ()
        return moves_between(questions, self.counts, self.before.counts, minimum=self.minimum, least=self.seen.minimum)

    @cached_property
    def months(self) -> tuple[Step, ...]:
        """The months of the view, those shown together as one, oldest first."""
        return self.steps(self.seen.batches, month_words, short_month_words)

    def steps(self, batches: Iterable[Batch], said: DayWords, said_short: DayWords) -> tuple[Step, ...]:
        """Stretches of time with the leading number of each; `said` names the day that one begins with, or both ends."""
        return tuple(
            Step(
                batch.months[-1],
                self._label(batch.months, said),
                self._label(batch.months, said_short),
                whole(responses_in(batch.counts), self.seen.minimum),
                self._shown(self._leading_of(batch.counts)),
            )
            for batch in batches
        )

    @property
    def answers_by_month(self) -> list[tuple[str, int]]:
        """Short names of months with how many answered, months without anybody between them included."""
        if self.is_grouped:
            return [(month.label, month.n) for month in self.months]
        given = {month.start: month.n for month in self.months}
        return [(short_month_words(month, month), given.get(month, 0)) for month in months_between(given)]

    def points_of(self, steps: Iterable[Step]) -> tuple[TrendPoint, ...]:
        """The leading number by steps of time, without a value where too few answered."""
        return tuple(
            TrendPoint(step.short_label, step.start, self._enough(step.metric)) for step in steps if step.metric
        )

    def change_through(self, batches: Iterable[Batch]) -> Change | None:
        """How far the leading number moved from the first stretch of time with enough answers to the last."""
        told = [batch.counts for batch in batches if enough(self._answered(batch.counts), self.minimum)]
        return self._change(told[0], told[-1]) if len(told) > 1 else None

    def tell(self, question: Question) -> Told:
        """What may be said about one question."""
        if self.is_grouped:
            return told_in_groups(question, self.counts, self.seen.minimum)
        kind, n = KINDS[question.kind], answered_in(self.counts, question.key)
        given = self.counts.get(question.key, {})
        metrics = metrics_of(question, given) if enough(n, self.minimum) else ()
        values = _with_others(kind.values(question), given)
        return Told(question, values, given, metrics, n, standings=kind.standings(question, given))

    @property
    def is_grouped(self) -> bool:
        """Whether small groups are held back."""
        return self.seen.minimum > NO_PROMISE

    def _shown(self, metric: Metric | None) -> Metric | None:
        return metric_in_groups(metric, self.seen.minimum) if metric else None

    def _leading_of(self, counts: Counts) -> Metric | None:
        if self.leading is None:
            return None
        return metrics_of(self.leading, counts.get(self.leading.key, {}))[0]

    def _answered(self, counts: Counts) -> int:
        return answered_in(counts, self.leading.key) if self.leading else 0

    def _enough(self, metric: Metric) -> Metric:
        return metric if enough(metric.n, self.minimum) else Metric(metric.name, None, None, None, metric.n)

    def _change(self, before: Counts, now: Counts) -> Change | None:
        then, metric = self._leading_of(before), self._leading_of(now)
        if not then or not metric or not enough(min(then.n, metric.n), self.minimum) or self.leading is None:
            return None
        return moved(now.get(self.leading.key, {}), before.get(self.leading.key, {}), metric, then)

    def _label(self, months: Sequence[date], said: DayWords) -> str:
        names = [said(month, self.today) for month in months]
        return names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}"


def told_in_groups(question: Question, counts: Counts, group: int) -> Told:
    """What everybody may know of a question; whether few or none answered it stays open."""
    n = whole(answered_in(counts, question.key), group)
    if not n:
        return Told(question, (), {}, (), 0, is_hidden=True)
    kind, given = KINDS[question.kind], counts.get(question.key, {})
    shown = {value: whole(many, group) for value, many in given.items() if many >= group}
    standings = kind.standings(question, given)
    return Told(
        question, _with_others(kind.values(question), shown), shown,
        tuple(metric for one in metrics_of(question, given) if (metric := metric_in_groups(one, group)).n), n,
        hidden=frozenset(given.keys() - shown.keys()),
        standings=tuple(
            replace(one, n=whole(one.n, group), firsts=whole(one.firsts, group)) for one in standings if one.n >= group
        ),
    )  # fmt: skip


def _with_others(values: tuple[tuple[str, str], ...], given: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The question’s values, and those that were answered although no version offers them, so that nothing is lost."""
    known = {value for value, _ in values}
    return (*values, *((value, value) for value in sorted(given) if value not in known))
