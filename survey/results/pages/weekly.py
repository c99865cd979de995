"""One page to print every week: what the last full week said against the four before it; months where days may not be known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext, span_words
from survey.organisation.queries import today
from survey.questionnaires.models import Survey
from survey.reasons.rules import REASONS
from survey.results.pages.addresses import groups_only
from survey.results.pages.inbox import Comments, comments_for
from survey.results.pages.one import SurveyPage
from survey.results.pages.picture import Picture, picture
from survey.results.pages.seeing import survey_page
from survey.results.queries import recounted_in
from survey.results.rules import findings
from survey.results.rules.courses import A_DAY, A_WEEK, WEEK, Span, last_full_week
from survey.results.rules.groups import NO_PROMISE, Batch, Seen
from survey.results.rules.metrics import Metric, share
from survey.results.rules.reading import Results
from survey.results.rules.tally import REASONS_READ, WROTE, answered_in
from survey.text.models import Comment
from survey.text.queries import count_comments
from survey.text.rules.personal import personal_data, redacted
from survey.text.rules.quotes import Quotes

WEEKS_BEFORE = 4
SHOWN_REASONS, SHOWN_QUOTES = 5, 5
READ_AT_MOST = 300


@dataclass(frozen=True)
class Reason:
    """A reason, and how many of those who wrote spoke of it (or, where the survey asks, named it)."""

    code: str
    label: str
    share: Metric

    @property
    def people(self) -> int:
        """How many people."""
        return round((self.share.value or 0) * self.share.n)


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, and what it stands for: one of so many about a reason; alone where it stands for itself."""

    text: str
    stands_for: str


@dataclass(frozen=True)
class Weekly:
    """The page; `name` is that of the saved view, "" for the whole survey."""

    page: SurveyPage
    results: Results
    span: Span
    before_words: str
    is_week: bool
    charted: Callable[[], Picture]
    name: str = ""

    @cached_property
    def chart(self) -> Picture:
        """The chart beside the numbers; a letter has none, and counts nothing for it."""
        return self.charted()

    @property
    def span_words(self) -> str:
        """The days that it tells of."""
        return span_words(self.span.first, self.span.last, self.results.today)

    @property
    def headline(self) -> str:
        """The finding in a sentence."""
        results = self.results
        if not results.n and results.seen.held_back:
            return _("Nothing of “%(title)s” may be shown yet.", title=self.page.title)
        if results.metric is None and self.page.survey.purpose == "exit" and self.reasons:
            return findings.why_they_left(results.n, [(one.label, one.people) for one in self.reasons])
        return findings.head(
            results.n, results.metric, title=self.page.title, minimum=results.minimum, at_least=results.is_grouped
        )

    @property
    def change_words(self) -> str:
        """How far the leading number moved, and whether that is more than chance; empty where nothing can be compared."""
        change, before = self.results.change, self.results.metric_before
        return findings.change_since(change, before, self.before_words) if change and before else ""

    @cached_property
    def filters(self) -> dict[str, Any]:
        """Its comments: those of the week; of a month as the page of results shows them, which knows what may be read."""
        days = {"since": self.span.first, "until": self.span.last} if self.is_week else {}
        return {**self.page.comment_filters, **days}

    @cached_property
    def comments(self) -> Comments:
        """The comments that may be read, of which quotes are chosen: the newest where there are very many."""
        if not self.results.n:
            return Comments((), 0, None)
        return comments_for(self.page.survey, self.page.role, self.filters, limit=READ_AT_MOST)

    @cached_property
    def reasons(self) -> list[Reason]:
        """The reasons of most people, by what they named where the survey asks, else by what they wrote."""
        question = self.page.reasons_question
        if question is None:
            hits, n = self.results.counts.get(REASONS_READ, {}), answered_in(self.results.counts, WROTE)
        else:
            told = self.results.tell(question)
            hits, n = told.distribution, told.answered
        return _most_people(hits, n, self.results.seen.minimum)

    @cached_property
    def quotes(self) -> list[Quote]:
        """What stands for most of what was written, chosen by rule; one of each of the first reasons, then of all."""
        return list(_quotes(self.comments.items, self.reasons))

    @cached_property
    def waits(self) -> list[str]:
        """What somebody here could do about it now."""
        if not self.comments.items:
            return []
        bad = count_comments(**{**self.filters, "sentiment": "negative", "is_answered": False})
        said = ngettext("%(num)s comment of this time says something bad, and nobody has answered it.",
                        "%(num)s comments of this time say something bad, and nobody has answered them.", bad)  # fmt: skip
        return [said] if bad and not self.page.groups_only else []


def _most_people(hits: Mapping[str, int], n: int, least: int) -> list[Reason]:
    """Most people first; where groups are promised all numbers of people are in whole groups of `least`."""
    told = [(code, people - people % least) for code, people in hits.items() if code in REASONS and people >= least]
    ranked = sorted(told, key=lambda row: (-row[1], row[0]))[:SHOWN_REASONS]
    return [Reason(code, str(REASONS[code].label), share(people, n - n % least)) for code, people in ranked]


def _quotes(comments: Sequence[Comment], reasons: Sequence[Reason]) -> list[Quote]:
    chosen = Quotes([comment.text for comment in comments], lambda text: redacted(text, personal_data(text)))
    about = {
        reason: [
            number for number, comment in enumerate(comments) if reason.code in {one.code for one in comment.reasons}
        ]
        for reason in reasons
    }
    found = [Quote(chosen.of(numbers), _stands_for(reason.label, len(numbers))) for reason, numbers in about.items() if numbers]  # fmt: skip
    rest = (
        [Quote(chosen.of(range(len(comments))), "") for _place in range(SHOWN_QUOTES - len(found))] if comments else []
    )
    return [quote for quote in (*found, *rest) if quote.text]


def _stands_for(label: str, many: int) -> str:
    if many == 1:
        return _("on “%(label)s”", label=label)
    return _("one of %(many)s on “%(label)s”", many=many, label=label)


def weekly(survey: Survey, address: Mapping[str, str], role: str, *, name: str = "") -> Weekly:
    """The page of a survey in a view, whose own period is left out; raises Refused where the view makes no sense any more."""
    narrowed = {key: value for key, value in address.items() if key not in ("period", "by")}
    make = _of_month if groups_only(survey, role) else _of_week
    return make(survey, narrowed, role, name)


def _of_week(survey: Survey, address: Mapping[str, str], role: str, name: str) -> Weekly:
    page = survey_page(survey, {**address, "period": "3-months"}, role)
    week = last_full_week(today())
    before = Span(week.first - WEEKS_BEFORE * A_WEEK, week.first - A_DAY)
    results = replace(page.results, seen=_seen(page, week), before=_seen(page, before))
    words = span_words(before.first, before.last, today())
    return Weekly(page, results, week, words, True, lambda: picture(page, WEEK), name)


def _seen(page: SurveyPage, days: Span) -> Seen:
    """What was answered on these days, counted from the answers: of days little is kept, and these are few."""
    months = recounted_in(page.survey.id, **{**page.view.filters, "since": days.first, "until": days.last})
    return Seen(tuple(Batch((month,), counts) for month, counts in months.items()), 0, NO_PROMISE)


def _of_month(survey: Survey, address: Mapping[str, str], role: str, name: str) -> Weekly:
    page = survey_page(survey, {**address, "period": "last-month"}, role)
    chosen = page.view.period
    assert chosen.since is not None
    assert chosen.until is not None
    days = Span(chosen.since, chosen.until)

    def charted() -> Picture:
        return picture(survey_page(survey, {**address, "period": "12-months"}, role))

    return Weekly(page, page.results, days, page.before_words, False, charted, name)
