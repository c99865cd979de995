"""What the mirror and a loss review show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from survey.departures.queries import count_lost, reasons_as_people, value_lost
from survey.departures.queries.promises import OpenPromise, open_promises
from survey.departures.rules import ReasonCount, label_of
from survey.foundation.language import month_words
from survey.mirror import queries
from survey.mirror.models import LossDecision, LossReview, MirrorEntry
from survey.mirror.rules import (
    CONVERSATION,
    READ_DAYS,
    Again,
    Side,
    done_words,
    last_talk_words,
    lost_headline,
    month_before,
    month_due,
    name_of,
    next_month,
    ranking_words,
    repeat_words,
    sides,
    top_of,
)
from survey.priorities.models import Theme
from survey.priorities.pages import fixes
from survey.priorities.queries import open_themes
from survey.priorities.rules import Fix, fixes_of, is_neglected, shipped_since
from survey.results.rules.periods import Period, period


@dataclass(frozen=True)
class Mirror:
    """One leader's own page."""

    headline: str
    sides: Sequence[Side]
    entries: Sequence[MirrorEntry]
    kind: str
    others: Sequence[MirrorEntry]
    written: int
    read: int


def mirror(leader_id: UUID, kind: str, today: date) -> Mirror:
    """Read a leader's own page; `kind` narrows the list of entries, empty for all."""
    entries = queries.dated(leader_id)
    found = sides(entries, today)
    last = {side.kind: side.last for side in found}[CONVERSATION]
    written, read = queries.comments_read(leader_id, today - timedelta(days=READ_DAYS - 1))
    shown = [one for one in entries if kind in ("", one.kind)]
    return Mirror(last_talk_words(last, today), found, shown, kind, queries.learned_by_others(leader_id), written, read)


@dataclass(frozen=True)
class Repeats:
    """Who left for a reason after something against it was shipped."""

    label: str
    fix: Fix
    people: Sequence[Again]


@dataclass(frozen=True)
class Agenda:
    """The page of one month: first what was decided last time, then who was lost, why, again, and what nobody leads."""

    month: date
    name: str
    period: Period
    headline: str
    before: date
    decided_before: Sequence[LossDecision]
    before_words: str
    earlier_open: Sequence[LossDecision]
    people: int
    values: Mapping[str, int]
    top: Sequence[ReasonCount]
    not_known: int
    ranking: str
    repeats: Sequence[Repeats]
    repeats_words: str
    unowned: Sequence[tuple[Theme, bool]]
    promises: Sequence[OpenPromise]
    review: LossReview | None
    decisions: Sequence[LossDecision]


def agenda(month: date, today: date) -> Agenda:
    """Make the agenda for the losses of a month."""
    when, before = period(name_of(month), today), month_before(month)
    counts = reasons_as_people(since=when.since, until=when.until)
    known = sorted((one for one in counts if one.is_known), key=lambda one: (-one.people, one.label))
    decided, again = queries.decisions(before), _repeats(when)
    people = count_lost(since=when.since, until=when.until)
    return Agenda(
        month=month,
        name=name_of(month),
        period=when,
        headline=lost_headline(people, month_words(month, today)),
        before=before,
        decided_before=decided,
        before_words=done_words(sum(one.done_on is not None for one in decided), len(decided)),
        earlier_open=queries.open_decisions(before),
        people=people,
        values=value_lost(since=when.since, until=when.until),
        top=top_of(known),
        not_known=people - sum(one.people for one in known),
        ranking=ranking_words(known),
        repeats=again,
        repeats_words=repeat_words(sum(len(one.people) for one in again), [one.fix.title for one in again]),
        unowned=[(theme, is_neglected(theme, today)) for theme in open_themes() if not theme.is_owned],
        promises=open_promises(),
        review=queries.review(month),
        decisions=queries.decisions(month),
    )


def _repeats(when: Period) -> list[Repeats]:
    """The people of a period who left for a reason after the newest of its improvements was shipped, by reason."""
    answers = [fix for fix in fixes() if fix.shipped_on]
    codes = {code for fix in answers for code in fix.codes}
    if not codes or when.since is None or when.until is None:
        return []
    shipped = {code: shipped_since(fixes_of(code, answers)) for code in codes}
    found: dict[str, list[Again]] = {}
    for one in queries.left_for(codes, when.since, when.until):
        day = shipped[one.code]
        if day is not None and one.left_on > day:
            found.setdefault(one.code, []).append(one)
    newest = {code: max(fixes_of(code, answers), key=lambda fix: fix.shipped_on or date.min) for code in found}
    return [Repeats(label_of(code), newest[code], people) for code, people in found.items()]


def next_review(today: date) -> date:
    """The month that is to be looked at next."""
    return next_month(queries.was_held(month_due(today)), today)
