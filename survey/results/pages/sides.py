"""Two groups of answers side by side: every number, reason and choice that may be told of both."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.table import KINDS
from survey.reasons.rules import REASONS
from survey.results.pages.lines import Line
from survey.results.pages.one import SurveyPage
from survey.results.rules.axes import Axis, axes
from survey.results.rules.contrasts import Contrast, of_answers, of_shares
from survey.results.rules.groups import hidden_values, is_hidden
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
        found = list(axes(self.page.results.questions).values())
        leading = self.page.results.leading
        for axis in sorted(found, key=lambda axis: axis.question != leading):
            if axis.aspect.is_graded:
                yield from self._graded(axis)
        if not self.page.groups_only:  # of those it is not known that each was written by enough people
            yield from self._reasons()
        for axis in found:
            if not axis.aspect.is_graded:
                yield from self._chosen(axis)

    def _graded(self, axis: Axis) -> Iterator[Line]:
        """A question by its number, a row of a table by the share of good answers."""
        question, minimum = axis.question, self.page.results.minimum
        if self._is_hidden(axis):
            return
        if KINDS[question.kind].metrics:
            contrast = of_answers(question, *(side.get(question.key, {}) for side in (self.a, self.b)), minimum=minimum)
        else:
            contrast = self._shares(axis, best_values(question, axis.aspect))
        yield Line(axis.aspect.words, contrast)

    def _chosen(self, axis: Axis) -> Iterator[Line]:
        hidden = self._hidden(axis)
        if self._is_hidden(axis):
            return
        for value, label in axis.aspect.options:
            contrast = self._shares(axis, {value})
            if value not in hidden and (contrast.here.value or contrast.there.value):
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

    def _hidden(self, axis: Axis) -> frozenset[str]:
        """Values that too few gave, in either side, where small groups are held back."""
        minimum, group = self.page.results.seen.minimum, KINDS[axis.question.kind].group
        return frozenset().union(
            *(hidden_values(side, axis.question.key, minimum, group=group) for side in (self.a, self.b))
        )

    def _is_hidden(self, axis: Axis) -> bool:
        """Whether nothing of a question may be told; of a row also where one of its values may not, which would follow."""
        minimum = self.page.results.seen.minimum
        if any(is_hidden(side, axis.question.key, minimum) for side in (self.a, self.b)):
            return True
        return bool(axis.aspect.name and self._hidden(axis) & {value for value, _label in axis.aspect.options})
