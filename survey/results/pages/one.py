"""One survey seen in one view by one role: every number, and what it opens."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Question
from survey.reasons.rules import REASONS
from survey.responses.queries import unfinished
from survey.responses.rules import (
    SAID,
    Unfinished,
    is_shown,
    sees_single_answers,
)
from survey.results.pages.addresses import Addressed
from survey.results.pages.inbox import Comments, comment_batches, comments_for
from survey.results.pages.moves import move_rows
from survey.results.pages.rates import HowMany, how_many
from survey.results.pages.versions import Merged, merged_versions
from survey.results.queries import (
    counts_by_each,
    recounted_by_each,
)
from survey.results.queries.rates import rates
from survey.results.rules import findings
from survey.results.rules.comparisons import ranked_with_ties
from survey.results.rules.groups import months_within, span, whole
from survey.results.rules.measures import offers_reasons
from survey.results.rules.moves import Moves
from survey.results.rules.periods import earlier
from survey.results.rules.reading import Results, Told
from survey.results.rules.tally import (
    DAY,
    GRADE,
    REASONS_READ,
    Counts,
    comments_in,
)

SHOWN_COMMENTS = 6
SHOWN_REASONS = 8


@dataclass(frozen=True)
class SurveyPage(Addressed):
    """One survey in one view, for one role."""

    results: Results
    open_link_count: int  # in this view, where others are known; 0 where nothing stands apart
    doubted: int  # how many answers of this view look as if no person had given them, left out or not

    @cached_property
    def unfinished(self) -> Unfinished:
        """How many began to answer and did not send: apart from all numbers, over all time."""
        return unfinished(self.survey.id)

    @cached_property
    def how_many(self) -> HowMany:
        """How many answered of those who could, over all time."""
        return how_many(rates(self.survey, self.published), least=self.results.seen.minimum)

    @property
    def moves(self) -> Moves | None:
        """What moved since the time before; None where there is none, as before all time."""
        return self.results.moves

    @property
    def move_rows(self) -> list[list[str]]:
        """Everything that was compared, as rows of a table."""
        return move_rows(self.moves)

    @cached_property
    def merged(self) -> Merged:
        """The versions that these numbers put together."""
        return merged_versions(self.published, self.view.period)

    def counts_by(self, name: str) -> dict[str, dict[date, Counts]]:
        """The counts of this view by month, for each value of a segment: of a day, how many answered and the leading number's answers."""
        return self.counts_by_each((name,)).get(name, {})

    def counts_by_each(
        self, names: Collection[str], questions: Collection[str] | None = None
    ) -> dict[str, dict[str, dict[date, Counts]]]:
        """The same of several segments at once, by their names; it is enough if they hold these questions."""
        view = self.view
        is_plain = not (view.narrowed or view.sentiment or view.flagged)
        found = (
            counts_by_each(self.survey.id, names, voices=view.voices, questions=questions)
            if is_plain
            else recounted_by_each(self.survey.id, names, **view.filters)
        )
        return {name: self._within(name, values) for name, values in found.items()}

    def _within(self, name: str, values: Mapping[str, Mapping[date, Counts]]) -> dict[str, dict[date, Counts]]:
        within = {value: months_within(months, self.view.period) for value, months in values.items()}
        return {value: self._with_leading(name, months) for value, months in within.items() if months}

    def _with_leading(self, name: str, months: dict[date, Counts]) -> dict[date, Counts]:
        """Days know scores alone, which are answers to the question that leads."""
        leading = self.results.leading
        if name != DAY or leading is None:
            return months
        return {month: _graded(counts, leading.key) for month, counts in months.items()}

    @cached_property
    def reasons_question(self) -> Question | None:
        """The question that offers reasons, if there is one."""
        return next((question for question in self.results.questions if offers_reasons(question)), None)

    @property
    def told(self) -> list[Told]:
        """Every question that is not told elsewhere on the page, in order."""
        return [self.results.tell(question) for question in self.results.questions if self._is_told(question)]

    def _is_told(self, question: Question) -> bool:
        """Reasons have a section of their own; who somebody is, is no answer."""
        return question is not self.reasons_question and is_shown(question)

    @property
    def headline(self) -> str:
        """The finding in a sentence: what it says first of all."""
        results, view = self.results, self.view
        if not results.n and results.seen.held_back:
            return _("Nothing of “%(title)s” may be shown yet.", title=self.title)
        if results.n and view.sentiment:
            return findings.wrote(results.n, view.sentiment)
        if results.n and results.metric is None and self.survey.purpose == "exit" and self.named:
            return findings.why_they_left(results.n, [(REASONS[code].label, n) for code, n in self.named.items()])
        return findings.head(
            results.n, results.metric, title=self.title, minimum=results.minimum, at_least=results.is_grouped
        )

    @cached_property
    def named(self) -> dict[str, int]:
        """Reasons with how many people named them, or sound like them where the survey does not ask."""
        if self.reasons_question is None:
            return {code: n for code, _, n in self.suggested}
        told = self.results.tell(self.reasons_question)
        return {code: n for code, n in told.distribution.items() if code in REASONS and n}

    @property
    def tie_words(self) -> str:
        """What cannot be ranked among the first reasons; empty where the order is sure."""
        return findings.tie_words(self.named.values()) if ranked_with_ties(self.named).too_close else ""

    @property
    def before_words(self) -> str:
        """The days of the time before, in words."""
        before = earlier(self.view.period, self.results.today)
        return before.words if before else ""

    @cached_property
    def comment_filters(self) -> dict[str, Any]:
        """The view as a filter of comments."""
        since, until = self._comment_days
        said = ((SAID, self.view.sentiment),) if self.view.sentiment else ()
        return {"survey_id": self.survey.id, "since": since, "until": until, "voices": self.view.voices,
                "flagged": self.view.flagged, "narrowed": (*self.view.narrowed, *said)}  # fmt: skip

    @property
    def _comment_days(self) -> tuple[date | None, date | None]:
        """From which day to which comments may be read; no day at all where there are too few for a group."""
        if sees_single_answers(self.survey.privacy):
            return span(self.results.seen, self.view.period)
        _view, since, until = comment_batches(self.survey, self.view.period)
        return since or date.max, until or date.min

    @cached_property
    def comments(self) -> Comments:
        """The newest comments."""
        # How many there are is kept with the counts: to count a million takes longer than all the rest of the page.
        # Where only groups are shown, comments come in other groups of months than numbers.
        total = None if self.groups_only else comments_in(self.results.counts)
        return comments_for(self.survey, self.role, self.comment_filters, limit=SHOWN_COMMENTS, total=total)

    @cached_property
    def suggested(self) -> list[tuple[str, str, int]]:
        """Reasons that were read in comments: code, label, people; most people first, none of too small a group."""
        counted = self.results.counts.get(REASONS_READ, {})
        rows = [
            (code, REASONS[code].label if code in REASONS else code, shown)
            for code, n in counted.items()
            if (shown := whole(n, self.results.seen.minimum))
        ]
        return sorted(rows, key=lambda row: (-row[2], row[1]))[:SHOWN_REASONS]


def _graded(counts: Counts, key: str) -> Counts:
    """Counts of scores as counts of the question that leads; scores of another one, that led an older version, are left out."""
    grades = {
        value.removeprefix(f"{key}:"): n for value, n in counts.get(GRADE, {}).items() if value.startswith(f"{key}:")
    }
    n = {**counts.get("", {}), key: sum(grades.values())} if grades else counts.get("", {})
    return {"": n, **({key: grades} if grades else {})}
