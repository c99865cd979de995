"""One survey seen in one view by one role: every number, and what it opens."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, cast

from flask import url_for

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import Role
from survey.organisation.queries import organisation, today
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import questionnaire_of, versions
from survey.questionnaires.rules import merged
from survey.reasons.rules import REASONS
from survey.responses.queries import count_of, unfinished
from survey.responses.rules import (
    ALL_VOICES,
    ONLY,
    VOICES,
    Choice,
    Known,
    Narrowed,
    Unfinished,
    Voice,
    choices,
    chosen_segments,
    is_narrowing,
    is_shown,
    narrowed_words,
    sees_single_answers,
)
from survey.results.pages.inbox import Comments, comment_batches, comments_for
from survey.results.pages.moves import move_rows
from survey.results.pages.rates import HowMany, how_many
from survey.results.pages.versions import Merged, merged_versions
from survey.results.queries import (
    counts_by_each,
    months_of,
    recounted_by_each,
    recounted_in,
    segment_values,
    voices_in,
)
from survey.results.queries.kept import Wanted
from survey.results.queries.rates import rates
from survey.results.rules import findings
from survey.results.rules.comparisons import ranked_with_ties
from survey.results.rules.courses import MONTH
from survey.results.rules.groups import NO_PROMISE, months_within, seen, span, whole
from survey.results.rules.measures import leading, offers_reasons
from survey.results.rules.moves import Moves
from survey.results.rules.periods import ALL, EVER, Period, earlier, options, period
from survey.results.rules.reading import Results, Told
from survey.results.rules.tally import (
    DAY,
    DOUBTED,
    EVERYBODY,
    GRADE,
    REASONS_READ,
    VOICE,
    Counts,
    added,
    comments_in,
    doubted,
)
from survey.results.rules.views import (
    SENTIMENTS,
    View,
    chosen_flagged,
    chosen_sentiment,
    chosen_voice,
    in_view,
    is_mixed,
    usual_voice,
)

SHOWN_COMMENTS = 6
SHOWN_REASONS = 8


def address_of(endpoint: str, **parts: str | None) -> str:
    """The address of a page; parts that are None are left out."""
    return url_for(endpoint, **cast(dict[str, Any], parts))


def groups_only(survey: Survey, role: str) -> bool:
    """Whether this reader sees groups of this survey’s answers only, and never a single one."""
    return role == Role.VIEWER or not sees_single_answers(survey.privacy)


@dataclass(frozen=True)
class SurveyPage:
    """One survey in one view, for one role."""

    survey: Survey
    published: Sequence[SurveyVersion]  # the newest first
    view: View
    voices: Mapping[str, int]
    results: Results
    role: str
    open_link_count: int  # in this view, where others are known; 0 where nothing stands apart
    known: Known  # what it can be narrowed to
    doubted: int  # how many answers of this view look as if no person had given them, left out or not

    @property
    def title(self) -> str:
        """The survey’s title as it was published last."""
        return title_of(self.survey, self.published)

    @property
    def groups_only(self) -> bool:
        """Whether single answers stay closed."""
        return groups_only(self.survey, self.role)

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

    def by(self, step: str) -> str:
        """The address of the same view with its chart by other steps of time."""
        by = None if step == MONTH else step
        return address_of("results.survey", slug=self.survey.slug, by=by, _anchor="over-time", **self.address)

    @property
    def weekly_url(self) -> str:
        """The address of the page to print every week."""
        return address_of("results.weekly", slug=self.survey.slug)

    def in_period(self, name: str) -> str:
        """The address of the same view in another period."""
        return address_of("results.survey", slug=self.survey.slug, **{**self.address, "period": name})

    @cached_property
    def merged(self) -> Merged:
        """The versions that these numbers put together."""
        return merged_versions(self.published, self.view.period)

    @property
    def shows_comments(self) -> bool:
        """Whether this reader may read any comments."""
        return self.role != Role.VIEWER

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return any(self.address.values())

    @property
    def address(self) -> dict[str, str | None]:
        """The view as parts of this page’s address; what is usual is None."""
        voice = None if self.view.voice == usual_voice(self.voices) else self.view.voice
        return {**self._narrowing, "voice": voice}

    @property
    def list_address(self) -> dict[str, str | None]:
        """The view as parts of the address of a list, where everybody’s voice is the usual one."""
        # Where only groups are shown the list finds the same voices by itself and lets nobody choose.
        voice = None if self.groups_only or self.view.voice == ALL_VOICES else self.view.voice
        return {**self._narrowing, "voice": voice}

    @property
    def _narrowing(self) -> dict[str, str | None]:
        name, view = self.view.period.name, self.view
        return {
            "period": None if name == ALL else name,
            "sentiment": view.sentiment or None,
            "flagged": view.flagged or None,
            **dict(view.narrowed),
        }

    def flagged(self, choice: str) -> str:
        """The address of the same view with another choice of doubtful answers."""
        at = {**self.address, "flagged": choice or None}
        return address_of("results.survey", slug=self.survey.slug, **at)

    @property
    def opens_doubted(self) -> str:
        """The address of the doubtful answers of this view; empty where single answers stay closed."""
        if self.groups_only:
            return ""
        at = {**self.list_address, "flagged": ONLY}
        return address_of("responses.responses", slug=self.survey.slug, **at)

    def opens(self, question: Question | None = None, value: str = "") -> str:
        """The address of the answers behind a number; empty where single answers stay closed."""
        if self.groups_only:
            return ""
        named = {"question": question.key, "value": value} if question else {}
        return address_of("responses.responses", slug=self.survey.slug, **named, **self.list_address)

    def opens_value(self, question: Question) -> Callable[[str], str] | None:
        """What makes the address of the answers behind a value; None where single answers stay closed."""
        return None if self.groups_only else lambda value: self.opens(question, value)

    def opens_comments(self, **more: str) -> str:
        """The address of the comments behind a number; empty where this reader may read none."""
        if not self.shows_comments or (more and self.groups_only):
            return ""
        return address_of("results.comments", survey=self.survey.slug, **self.list_address, **more)

    @property
    def voice_options(self) -> list[tuple[str, str]]:
        """The voices to choose from, where there is more than one."""
        if len(self.voices) < 2:
            return []
        there = {*self.voices, ALL_VOICES, *({"verified"} if is_mixed(self.voices) else ())}
        return [(name, label) for name, label in VOICES.items() if name in there]

    @property
    def sentiment_options(self) -> list[tuple[str, str]]:
        """The sentiments to choose from."""
        return [("", _("Any")), *SENTIMENTS.items()]

    @property
    def choices(self) -> list[Choice]:
        """What more there is to choose from."""
        return choices(self.known)

    @property
    def narrowed_words(self) -> str:
        """Which segments were chosen, in words; empty for none."""
        return narrowed_words(self.view.narrowed)

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

    @property
    def period_options(self) -> tuple[tuple[str, str], ...]:
        """The periods to choose from."""
        return options(self.view.period)

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
        return findings.head(results.n, results.metric, title=self.title, minimum=results.minimum)

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
        return {"survey_id": self.survey.id, "sentiment": self.view.sentiment or None, "since": since, "until": until,
                "voices": self.view.voices, "flagged": self.view.flagged, "narrowed": self.view.narrowed}  # fmt: skip

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
        is_kept = not self.view.sentiment and not self.groups_only
        total = comments_in(self.results.counts) if is_kept else None
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


def survey_page(survey: Survey, args: Mapping[str, str], role: str) -> SurveyPage:
    """The survey in the view that an address asks for; raises Refused where it asks for what is not there."""
    day, owner, published = today(), organisation(), versions(survey.id)
    chosen, sentiment = period(args.get("period") or ALL, day), chosen_sentiment(args.get("sentiment", ""))
    closed = groups_only(survey, role)
    known = {} if closed else segment_values(survey.id)
    narrowed = () if closed else chosen_segments(args, known)
    months = months_of((survey.id,), _wanted(sentiment, narrowed)).get(survey.id, {})
    voices = voices_in(months)
    flagged = chosen_flagged(args.get("flagged", ""))
    view = View(chosen, sentiment, chosen_voice(args.get("voice", ""), voices), flagged, narrowed)
    if closed and (sentiment or flagged or args.get("voice") or any(is_narrowing(name) for name in args)):
        raise Refused(_("This survey shows groups only: it can be narrowed to a period, and to nothing smaller."))
    minimum = owner.minimum_scores
    questions = merged(questionnaire_of(version).questions for version in published)
    mine = in_view(view, months) if view.is_kept else recounted_in(survey.id, **_with_before(view, day))
    results = results_in(chosen, mine, questions, minimum=minimum, groups=closed, today=day, leads=not sentiment)

    def many(other: View) -> int:
        if narrowed:
            return count_of(survey.id, **other.filters)
        return results_in(chosen, in_view(other, months), (), minimum=minimum, groups=closed, today=day).n

    apart = many(replace(view, voice=Voice.UNVERIFIED)) if is_mixed(voices) else 0
    return SurveyPage(survey, published, view, voices, results, role, apart, known, many(replace(view, flagged=ONLY)))


def _with_before(view: View, today: date) -> dict[str, Any]:
    """The view as a filter that begins with the time before it, which it is compared with."""
    before = earlier(view.period, today)
    return {**view.filters, "since": before.since if before else view.period.since}


def results_in(
    chosen: Period,
    mine: Mapping[date, Counts],
    questions: tuple[Question, ...],
    *,
    minimum: int,
    groups: bool,
    today: date,
    leads: bool = True,
) -> Results:
    """The results of a period, from the counts of a view by month. Without `leads` no number stands at the head.

    The score of those alone who wrote something bad says nothing about the survey.
    """
    least, before = minimum if groups else NO_PROMISE, earlier(chosen, today)
    now = seen(mine, chosen, minimum=least, today=today)
    then = seen(mine, before, minimum=least, today=today) if before else None
    head = leading(questions, added(mine.values())) if leads else None
    return Results(questions, head, now, then, minimum, today)


def _wanted(sentiment: str, narrowed: Narrowed) -> Sequence[Wanted]:
    """The segments that some voice of a view may need."""
    if narrowed:
        view = View(EVER, sentiment, narrowed=narrowed)
        return ((VOICE, None), *(view.segments if view.is_kept else ()))
    if not sentiment:
        return (EVERYBODY, (VOICE, None), doubted(EVERYBODY), (DOUBTED[VOICE], None))
    views = [View(EVER, sentiment, voice) for voice in VOICES]
    there = {segment for view in views for segment in (*view.segments, *view.doubted_segments)}
    return ((VOICE, None), *there)


def _graded(counts: Counts, key: str) -> Counts:
    """Counts of scores as counts of the question that leads; scores of another one, that led an older version, are left out."""
    grades = {
        value.removeprefix(f"{key}:"): n for value, n in counts.get(GRADE, {}).items() if value.startswith(f"{key}:")
    }
    n = {**counts.get("", {}), key: sum(grades.values())} if grades else counts.get("", {})
    return {"": n, **({key: grades} if grades else {})}


def title_of(survey: Survey, published: Sequence[SurveyVersion]) -> str:
    """What a survey is called: as published last, else as drafted."""
    document = published[0].document if published else survey.draft
    return str(document.get("title") or survey.slug)
