"""Two groups of answers side by side: every number, reason and choice that may be told of both."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.table import KINDS
from survey.reasons.rules import REASONS
from survey.results.pages.lines import Line
from survey.results.pages.one import SurveyPage
from survey.results.rules.axes import Axis, axes
from survey.results.rules.contrasts import Contrast, of_answers, of_shares
from survey.results.rules.groups import metric_in_groups
from survey.results.rules.scores import asked, best_values, given
from survey.results.rules.tally import REASONS_READ, WROTE, Counts, answered_in


@dataclass(frozen=True)
class Sides:
    """Two sides of which everything is told that may be told of both."""

    page: SurveyPage
    a: Counts
    b: Counts

    def lines(self) -> Iterator[Line]:
        """The numbers first, the leading one before all; then the reasons read in comments, then what was chosen."""
        if self.page.groups_only:
            yield from self._in_groups()
            return
        found = list(axes(self.page.results.questions).values())
        leading = self.page.results.leading
        for axis in sorted(found, key=lambda axis: axis.question != leading):
            if axis.aspect.is_graded:
                yield from self._graded(axis)
        yield from self._reasons()
        for axis in found:
            if not axis.aspect.is_graded:
                yield from self._chosen(axis)

    def _in_groups(self) -> Iterator[Line]:
        """Scores alone, of whole groups: of two periods nothing else can be told that would not tell of few people."""
        group = self.page.results.seen.minimum
        for axis in axes(self.page.results.questions).values():
            if KINDS[axis.question.kind].metrics and axis.aspect.is_graded:
                found = next(self._graded(axis)).contrast
                here, there = metric_in_groups(found.here, group), metric_in_groups(found.there, group)
                yield Line(axis.aspect.words, replace(found, here=here, there=there))

    def _graded(self, axis: Axis) -> Iterator[Line]:
        """A question by its number, a row of a table by the share of good answers."""
        question, minimum = axis.question, self.page.results.minimum
        if KINDS[question.kind].metrics:
            contrast = of_answers(question, *(side.get(question.key, {}) for side in (self.a, self.b)), minimum=minimum)
        else:
            contrast = self._shares(axis, best_values(question, axis.aspect))
        yield Line(axis.aspect.words, contrast)

    def _chosen(self, axis: Axis) -> Iterator[Line]:
        for value, label in axis.aspect.options:
            contrast = self._shares(axis, {value})
            if contrast.here.value or contrast.there.value:
                yield Line(_("%(question)s %(answer)s", question=axis.words, answer=label), contrast)

    def _reasons(self) -> Iterator[Line]:
        n, others = answered_in(self.a, WROTE), answered_in(self.b, WROTE)
        mine, theirs = self.a.get(REASONS_READ, {}), self.b.get(REASONS_READ, {})
        for code in sorted({*mine, *theirs}, key=lambda code: -mine.get(code, 0) - theirs.get(code, 0)):
            contrast = of_shares(mine.get(code, 0), n, theirs.get(code, 0), others, minimum=self.page.results.minimum)
            yield Line(REASONS[code].label if code in REASONS else code, contrast)

    def _shares(self, axis: Axis, values: Collection[str]) -> Contrast:
        hits, others = (given(axis.question, side, values) for side in (self.a, self.b))
        n, n_others = (asked(axis.question, axis.aspect, side) for side in (self.a, self.b))
        return of_shares(hits, n, others, n_others, minimum=self.page.results.minimum)
