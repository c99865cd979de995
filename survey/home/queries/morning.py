"""The leader's morning page: who left and why, what is being done, and what waits."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select

from survey.access.models import User
from survey.customers.models import Person
from survey.departures.queries import (
    count_lost,
    count_unmatched,
    is_usual,
    reasons_as_people,
    told_why,
)
from survey.departures.rules import ReasonCount, lost_words
from survey.foundation.db import db
from survey.foundation.jobs import failed
from survey.improvements.models import Improvement
from survey.improvements.queries import answers_by_code
from survey.questionnaires.models import Survey
from survey.responses.models import Response
from survey.results.rules.comparisons import ranked_with_ties
from survey.results.rules.lost import Piece
from survey.results.rules.periods import Period, period
from survey.results.rules.words import month_words

REASONS_SHOWN = 6
YOUNG_MONTH = 7  # so long the month before is the better teacher


@dataclass(frozen=True)
class Lost:
    """The first sentence of the page, the month it speaks of, and, early in a month, how the last one ended."""

    sentence: tuple[Piece, ...]
    people: int
    month: Period
    before: Period
    before_name: str
    before_people: int | None


def lost(today: date) -> Lost:
    """How many people left this month, whether that is usual, and how many of them said why."""
    this, before = period("this-month", today), period("last-month", today)
    people = count_lost(since=this.since, until=this.until)
    told = told_why(since=this.since, until=this.until)
    part = today.day / monthrange(today.year, today.month)[1]
    sentence = lost_words(this, people, told=told, usual=is_usual(today, part_of_month=part), today=today)
    is_young = today.day <= YOUNG_MONTH
    before_people = count_lost(since=before.since, until=before.until) if is_young else None
    return Lost(sentence, people, this, before, month_words(before.since or today, today), before_people)


@dataclass(frozen=True)
class Reason:
    """One line of the table: a reason, its people, and what answers it."""

    count: ReasonCount
    answer: Improvement | None


@dataclass(frozen=True)
class Why:
    """Why people left within a period: ours to fix first, then what nobody can fix, then what is not known."""

    period: Period
    rows: Sequence[Reason]
    people: int
    known: int
    most: int
    is_close: bool  # chance could swap the two reasons at the head
    equal: tuple[str, str] | None  # their names, where as many people gave both


def why(found: Lost) -> Why | None:
    """The reasons of this month, or of the month before where nobody has left in this young one; None for nobody."""
    is_before = bool(found.before_people and not found.people)
    when, people = (found.before, found.before_people or 0) if is_before else (found.month, found.people)
    counts = reasons_as_people(since=when.since, until=when.until)
    if not counts:
        return None
    ours = [count for count in counts if count.is_ours and count.is_known]
    others = [count for count in counts if not (count.is_ours and count.is_known)]
    known = people - sum(count.people for count in others if not count.is_known)
    most = max(count.people for count in counts)
    return Why(when, _answered([*ours[:REASONS_SHOWN], *others]), people, known, most, *_head(ours))


def _answered(counts: Sequence[ReasonCount]) -> list[Reason]:
    """Each reason with what answers it."""
    answers = answers_by_code([count.code for count in counts if count.code])
    return [Reason(count, answers.get(count.code or "")) for count in counts]


def _head(ours: Sequence[ReasonCount]) -> tuple[bool, tuple[str, str] | None]:
    """Whether chance could swap the two reasons at the head, and their names where as many people gave both."""
    ranking = ranked_with_ties({count.label: count.people for count in ours})
    labels, numbers = zip(*ranking.rows[:2], strict=True) if len(ranking.rows) > 1 else ((), (0, 1))
    return ranking.too_close, (labels[0], labels[1]) if numbers[0] == numbers[1] else None


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody here."""

    unmatched: int
    untold: int
    has_failed_jobs: bool


def waiting() -> Waiting:
    """Exit answers of people we have not recognised, improvements that nobody was told of, work that was given up."""
    untold = select(func.count()).select_from(Improvement).where(Improvement.stage.is_(None))
    return Waiting(count_unmatched(since=None, until=None), db.session.scalar(untold) or 0, bool(failed()))


@dataclass(frozen=True)
class FirstSteps:
    """What a new installation has already; the page offers what is missing."""

    has_survey: bool
    has_people: bool
    has_answers: bool
    has_colleagues: bool

    @property
    def are_enough(self) -> bool:
        """Whether there is anything to tell of a morning."""
        return self.has_people or self.has_answers


def first_steps() -> FirstSteps:
    """Whether there is a survey, a person, an answer, and somebody else who works here; one query."""
    colleagues = select(func.count() > 1).select_from(User).scalar_subquery()
    found = (exists().select_from(model) for model in (Survey, Person, Response))
    return FirstSteps(*(bool(value) for value in db.session.execute(select(*found, colleagues)).one()))
