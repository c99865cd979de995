"""The leader's morning page: who left and why, what is being done, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select

from survey.access.models import User
from survey.customers.models import Person
from survey.departures.queries import count_lost, count_unmatched, course, reasons_as_people, told_why
from survey.departures.rules import ReasonCount, lost_words, named_most, usual_words
from survey.foundation.db import db
from survey.foundation.jobs import failed
from survey.foundation.language import month_words
from survey.home.rules import may_tell, reasons_for_groups, sentence_for_groups
from survey.improvements.forms import answerable
from survey.improvements.models import Improvement
from survey.improvements.queries import answers_by_code
from survey.questionnaires.models import Survey
from survey.responses.models import Response
from survey.results.rules.lost import Piece
from survey.results.rules.periods import Period, period

REASONS_SHOWN = 6
YOUNG_MONTH = 7  # so long the month before is the better teacher


@dataclass(frozen=True)
class Lost:
    """The first sentence of the page, the month it speaks of, and, early in a month, how the last one ended."""

    sentence: tuple[Piece, ...]
    usual: str
    people: int
    month: Period
    before: Period
    before_name: str
    before_people: int | None


def lost(today: date, *, minimum: int = 0) -> Lost:
    """How many people left this month, whether that is usual, and how many said why; no group below `minimum` is told."""
    this, before = period("this-month", today), period("last-month", today)
    people = count_lost(since=this.since, until=this.until)
    told, so_far = told_why(since=this.since, until=this.until), course(today, today)
    sentence = lost_words(this, people, told=told, usual=so_far.verdict, today=today)
    shown = sentence_for_groups(sentence, people, told, month=month_words(today, today), minimum=minimum)
    usual = usual_words(so_far.about, so_far.by) if (so_far.about or 0) >= minimum else ""
    before_people = count_lost(since=before.since, until=before.until) if today.day <= YOUNG_MONTH else None
    return Lost(shown, usual, people, this, before, month_words(before.since or today, today), before_people)


@dataclass(frozen=True)
class Reason:
    """One line of the table: a reason, its people, and what answers it."""

    count: ReasonCount
    answer: Improvement | None

    @property
    def is_open(self) -> bool:
        """Whether it is ours to fix, something can answer it, and nothing does yet."""
        return self.answer is None and self.count.is_ours and self.count.code in {one.code for one in answerable()}


@dataclass(frozen=True)
class Why:
    """Why people left within a period: ours to fix first, then what nobody can fix, then what is not known.

    `rare` are reasons that can wait until somebody asks; `known` is None where it may not be told.
    """

    period: Period
    rows: Sequence[Reason]
    rare: Sequence[Reason]
    named_most: str
    people: int
    known: int | None

    @property
    def most(self) -> int:
        """The people of the longest bar."""
        return max(row.count.people for row in self.rows)

    @property
    def first(self) -> Reason | None:
        """The one reason of ours that most people gave, where there is one."""
        ours = [row for row in self.rows if row.count.is_ours and row.count.is_known and row.count.people > 1]
        is_alone = len(ours) == 1 or (len(ours) > 1 and ours[0].count.people > ours[1].count.people)
        return ours[0] if is_alone else None

    @property
    def open(self) -> Sequence[Reason]:
        """The reasons that nothing answers yet."""
        return [row for row in (*self.rows, *self.rare) if row.is_open]


def why(found: Lost, *, minimum: int = 0) -> Why | None:
    """The reasons of this month, or of the month before where nobody has left in this young one; None for nobody."""
    is_before = bool(found.before_people and not found.people)
    when, people = (found.before, found.before_people or 0) if is_before else (found.month, found.people)
    counts = reasons_as_people(since=when.since, until=when.until)
    known = sum(count.people for count in counts if count.is_known)
    told = known if may_tell(known, people, minimum=minimum) else None
    shown = reasons_for_groups(counts, minimum=minimum)
    if not shown:
        return None
    rows = _answered(shown)
    rare = [row for row in rows if row.count.is_ours and row.count.is_known][REASONS_SHOWN:]
    rare = rare if len(rare) > 1 else []
    keys = {row.count.key for row in rare}
    named = named_most(counts, told) if any(count.is_ours and count.is_known for count in shown) else ""
    return Why(when, [row for row in rows if row.count.key not in keys], rare, named, people, told)


def _answered(counts: Sequence[ReasonCount]) -> list[Reason]:
    """Each reason with what answers it."""
    answers = answers_by_code([count.code for count in counts if count.code])
    return [Reason(count, answers.get(count.code or "")) for count in counts]


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
