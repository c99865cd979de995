"""What goes with low scores: reasons, answers, phrases, what was rated, and groups of people. Never what causes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from survey.foundation.language import gettext as _
from survey.foundation.language import list_words
from survey.questionnaires.kinds.base import Question
from survey.reasons.rules import REASONS
from survey.responses.rules import SCORE
from survey.results.pages.lines import Line, by_difference, lines
from survey.results.pages.one import SurveyPage
from survey.results.pages.segments import Parted, groups_of
from survey.results.pages.themes import Phrases, said_more
from survey.results.pages.ways import by_value, parted, single_answers
from survey.results.rules.axes import Axis, axes
from survey.results.rules.contrasts import Contrast, compared, judged, of_shares
from survey.results.rules.metrics import Metric, enough
from survey.results.rules.scores import ByScore, asked, best_share, best_values, by_score, given, score_groups
from survey.results.rules.tally import REASONS_READ, WROTE, answered_in, responses_in
from survey.results.rules.words import answers_words
from survey.text import queries

SHOWN = 12


@dataclass(frozen=True)
class Rated:
    """One thing that was rated: the share of good answers, and how far that differs between high scores and low ones."""

    axis: Axis
    works: Metric
    matters: Contrast

    @property
    def label(self) -> str:
        """What it is called: of a row only its own words."""
        return self.axis.aspect.words


@dataclass(frozen=True)
class Drivers:
    """The page of one survey in one view; `sides` are the counts of low and high scores."""

    page: SurveyPage
    question: Question | None
    sides: ByScore

    @property
    def minimum(self) -> int:
        """How many answers each side of a comparison needs."""
        return self.page.results.minimum

    @property
    def n(self) -> tuple[int, int]:
        """How many scored low, and how many high."""
        return responses_in(self.sides.low), responses_in(self.sides.high)

    @property
    def is_enough(self) -> bool:
        """Whether both sides hold enough to compare anything."""
        return enough(min(self.n), self.minimum)

    @cached_property
    def bounds(self) -> tuple[str, str]:
        """Which grades are low and which are high, in words: “0–6”, “9–10”."""
        sides = score_groups(self.question) if self.question else {}
        grades = [[grade for grade in sides if sides[grade] == side] for side in ("low", "high")]
        low, high = (f"{own[0]}–{own[-1]}" if len(own) > 1 else "".join(own) for own in grades)
        return low, high

    @cached_property
    def reasons(self) -> tuple[Line, ...]:
        """Reasons that were read in comments, of all whose comments were read; those that go with low scores first."""
        n = answered_in(self.sides.low, WROTE), answered_in(self.sides.high, WROTE)
        codes = {**self.sides.low.get(REASONS_READ, {}), **self.sides.high.get(REASONS_READ, {})}
        return by_difference(lines(self._reason(code, n) for code in codes))

    def _reason(self, code: str, n: tuple[int, int]) -> Line:
        label = REASONS[code].label if code in REASONS else code
        return Line(label, self._shares(REASONS_READ, code, n), self.page.opens_comments(reason=code))

    @cached_property
    def answers(self) -> tuple[Line, ...]:
        """The answers to closed questions that are no grades; those that go with low scores first."""
        found = (axis for axis in axes(self.page.results.questions).values() if not axis.aspect.is_graded)
        return by_difference(lines(line for axis in found for line in self._answers(axis)))

    def _answers(self, axis: Axis) -> Iterator[Line]:
        question = axis.question
        n = asked(question, axis.aspect, self.sides.low), asked(question, axis.aspect, self.sides.high)
        for value, label in axis.aspect.options:
            contrast = self._shares(question.key, value, n)
            if contrast.here.value or contrast.there.value:
                words = _("%(question)s %(answer)s", question=question.words, answer=label)
                yield Line(words, contrast, self.page.opens(question, value))

    def _shares(self, key: str, value: str, n: tuple[int, int]) -> Contrast:
        low, high = (side.get(key, {}).get(value, 0) for side in (self.sides.low, self.sides.high))
        return of_shares(low, n[0], high, n[1], minimum=self.minimum)

    @cached_property
    def ratings(self) -> tuple[Rated, ...]:
        """Everything that was rated but the leading question, what goes most with high scores first."""
        found = [axis for axis in axes(self.page.results.questions).values() if self._is_rating(axis)]
        contrasts = judged(self._matters(axis) for axis in found)
        rated = (
            Rated(axis, best_share(axis.question, axis.aspect, self.page.results.counts), contrast)
            for axis, contrast in zip(found, contrasts, strict=True)
        )
        return tuple(sorted(rated, key=lambda one: -(one.matters.difference or 0)))

    def _is_rating(self, axis: Axis) -> bool:
        return axis.aspect.is_graded and axis.question != self.question and bool(asked(axis.question, axis.aspect, self.page.results.counts))  # fmt: skip

    def _matters(self, axis: Axis) -> Contrast:
        """The share of good answers among high scores against low ones."""
        question, best = axis.question, best_values(axis.question, axis.aspect)
        (hits, n), (others, n_others) = (
            (given(question, side, best), asked(question, axis.aspect, side))
            for side in (self.sides.high, self.sides.low)
        )
        return of_shares(hits, n, others, n_others, minimum=self.minimum)

    @cached_property
    def groups(self) -> tuple[Parted, ...]:
        """The leading number of each group of people, by what parts them."""
        return groups_of(self.page, self.question, list(parted(self.page))) if self.question else ()

    @property
    def groups_compared(self) -> int:
        """How many of these were compared."""
        return compared(group.contrast for one in self.groups for group in one.groups)

    @property
    def comparisons(self) -> list[tuple[str, str, tuple[Line, ...], str]]:
        """What was compared and is there: title, what its lines are called, the lines, and who they are of."""
        found = [
            (_("Reasons in their words"), _("Reason"), self.reasons, _("Of those whose comments were read; one may be in several lines.")),
            (_("What they answered"), _("Answer"), self.answers, _("Of those who answered the question.")),
        ]  # fmt: skip
        return [one for one in found if one[2]]

    @cached_property
    def phrases(self) -> tuple[Phrases, Phrases]:
        """What people who scored low say clearly more, and what those who scored high."""
        sides = score_groups(self.question) if self.question else {}
        low, high = (
            queries.keywords_of_scores(
                [int(grade) for grade in sides if sides[grade] == side], **self.page.comment_filters
            )
            for side in ("low", "high")
        )
        return said_more(low, high), said_more(high, low)

    @property
    def headline(self) -> str:
        """What goes with low scores most clearly, in a sentence."""
        if self.question is None:
            return _("There is no score to hold anything against.")
        if not self.is_enough:
            return _("Too few scored low or high to say what goes with it.")
        clear = [_("“%(words)s”", words=line.label) for line in (*self.reasons, *self.answers) if line.contrast.finding == "more"][:2]  # fmt: skip
        if not clear:
            return _("Nothing goes clearly with low scores.")
        return _("What goes with low scores: %(things)s.", things=list_words(clear))

    @property
    def lead(self) -> str:
        """Who is held against whom."""
        low, high = (answers_words(n) for n in self.n)
        return _(
            "“%(question)s”, %(period)s: %(low)s of %(grades)s against %(high)s of %(best)s.",
            question=self.question.words if self.question else "", period=self.page.view.period.words, low=low, high=high,
            grades=self.bounds[0], best=self.bounds[1],
        )  # fmt: skip


def drivers(page: SurveyPage) -> Drivers:
    """What goes with low scores in the view of a page; raises Refused where only groups are shown."""
    single_answers(page)
    question = page.results.leading
    return Drivers(page, question, by_score(question, by_value(page, SCORE)) if question else ByScore({}, {}, {}))
