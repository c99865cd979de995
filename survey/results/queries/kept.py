"""Counts as they are kept: the rollup and what the worker has not folded into it yet.

Both are read in one statement, so that every number is exact and fresh, and a fold that runs meanwhile is seen whole
or not at all.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from survey.foundation.db import Document, db
from survey.responses.rules import NAMES, OWN, is_narrowing
from survey.results.models import Rollup, RollupDelta
from survey.results.rules.periods import month_of
from survey.results.rules.tally import (
    EVERYBODY,
    VOICE,
    Cell,
    Counts,
    Segment,
    added,
    cells_in,
    joined,
    responses_in,
    without_voice,
)
from survey.results.rules.views import View, in_view

Group = tuple[UUID, Segment, date]
Sums = dict[str, dict[str, int]]
Wanted = tuple[str, str | None]  # a segment and its value; None for each of its values
Months = Mapping[Segment, Mapping[date, Counts]]


def counts(
    survey_id: UUID, *, since: date | None = None, until: date | None = None, segment: Segment = EVERYBODY
) -> Counts:
    """How often each value was answered, by question, within the months of these days and one segment."""
    return counts_in(survey_id, (segment,), since=since, until=until)


def counts_in(
    survey_id: UUID, segments: Sequence[Segment], *, since: date | None = None, until: date | None = None
) -> Counts:
    """The same for several segments that share no response, added up."""
    return added(_grouped((survey_id,), segments, since=since, until=until, by_month=False).values())


def counts_of_view(survey_id: UUID, view: View) -> Counts:
    """Counts of everything in a view, with or without doubted answers."""
    months = months_of((survey_id,), (*view.segments, *view.doubted_segments)).get(survey_id, {})
    since, until = view.period.since, view.period.until
    wanted = (
        counts
        for month, counts in in_view(view, months).items()
        if (since is None or month >= month_of(since)) and (until is None or month <= until)
    )
    return added(wanted)


def monthly(
    survey_id: UUID, *, segment: Segment = EVERYBODY, since: date | None = None, until: date | None = None
) -> Mapping[date, Counts]:
    """Counts by the first day of each month that has answers, in order."""
    return monthly_in(survey_id, (segment,), since=since, until=until)


def monthly_in(
    survey_id: UUID, segments: Sequence[Segment], *, since: date | None = None, until: date | None = None
) -> Mapping[date, Counts]:
    """The same for several segments that share no response, added up."""
    months: dict[date, list[Sums]] = {}
    for (_, _, month), sums in _grouped((survey_id,), segments, since=since, until=until).items():
        months.setdefault(month, []).append(sums)
    found = {month: added(months[month]) for month in sorted(months)}
    return {month: sums for month, sums in found.items() if sums}


def voices(survey_id: UUID) -> Mapping[str, int]:
    """How many responses each voice has given, at any time."""
    return voices_in(months_of((survey_id,), ((VOICE, None),)).get(survey_id, {}))


def months_of(
    survey_ids: Collection[UUID], wanted: Sequence[Wanted], *, questions: Collection[str] | None = None
) -> Mapping[UUID, Months]:
    """Counts of several surveys by segment and month, at any time; of these questions alone where some are named."""
    found: dict[UUID, dict[Segment, dict[date, Counts]]] = {}
    for (survey_id, segment, month), sums in _grouped(survey_ids, wanted, questions=questions).items():
        if counts := added([sums]):
            found.setdefault(survey_id, {}).setdefault(segment, {})[month] = counts
    return found


def voices_in(months: Months) -> dict[str, int]:
    """How many responses each voice has given, in counts that hold the voices."""
    found: dict[str, int] = {}
    for (name, value), own in months.items():
        if name == VOICE:
            found[value] = sum(responses_in(counts) for counts in own.values())
    return {voice: n for voice, n in found.items() if n}


def segment_values(survey_id: UUID) -> dict[str, dict[str, int]]:
    """What the answers of a survey can be narrowed to: name of a segment -> value -> how many responses, at any time."""
    is_total = Rollup.question == "", Rollup.value == ""
    kept = select(Rollup.segment, Rollup.segment_value, func.sum(Rollup.n)).where(
        Rollup.survey_id == survey_id, *is_total, or_(Rollup.segment.in_(NAMES), Rollup.segment.startswith(OWN))
    )
    sums: Counter[Segment] = Counter()
    for name, value, n in db.session.execute(kept.group_by(Rollup.segment, Rollup.segment_value)):
        sums[name, value] += int(n)
    fresh = select(RollupDelta.segments, RollupDelta.sign, RollupDelta.cells).where(RollupDelta.survey_id == survey_id)
    for segments, sign, cells in db.session.execute(fresh):
        if "" in cells.get("", ()):
            sums.update({(name, value): sign for name, value in segments.items() if is_narrowing(name)})
    return _without_voices(sums)


def _without_voices(sums: Mapping[Segment, int]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for (name, value), n in sums.items():
        found.setdefault(name, Counter())[without_voice(value)[1]] += n
    return {name: {value: n for value, n in own.items() if n > 0} for name, own in found.items()}


def counts_by(survey_id: UUID, name: str, *, voices: Collection[str] | None = None) -> dict[str, dict[date, Counts]]:
    """The counts by month of each value of a segment that is kept for each voice apart; of these voices, or all."""
    months = months_of((survey_id,), ((name, None),)).get(survey_id, {})
    there: dict[str, list[Segment]] = {}
    for segment in months:
        voice, value = without_voice(segment[1])
        if voices is None or voice in voices:
            there.setdefault(value, []).append(segment)
    return {value: joined(months, segments) for value, segments in there.items()}


def tally(survey_id: UUID) -> Mapping[Cell, int]:
    """Every count that is kept about a survey, for comparison with a recount; what comes to nothing is left out."""
    found: dict[Cell, int] = {}
    for (_, (name, segment_value), month), sums in _grouped((survey_id,), None).items():
        for question, values in sums.items():
            for value, n in values.items():
                found[name, segment_value, month, question, value] = n
    return {cell: n for cell, n in found.items() if n}


def _grouped(
    survey_ids: Collection[UUID],
    wanted: Sequence[Wanted] | None,
    *,
    since: date | None = None,
    until: date | None = None,
    by_month: bool = True,
    questions: Collection[str] | None = None,
) -> dict[Group, Sums]:
    """Sums by survey, segment and month; `wanted` None means every segment. Without by_month some months are together."""
    groups: dict[Group, Sums] = {}
    for row in db.session.execute(_both(survey_ids, wanted, since, until, by_month=by_month, questions=questions)):
        for name, segment_value, month, question, value in _cells(row, wanted):
            if questions is not None and question not in questions:
                continue
            values = groups.setdefault((row.survey_id, (name, segment_value), month), {}).setdefault(question, {})
            values[value] = values.get(value, 0) + int(row.n)
    return groups


def _cells(row: Row[Any], wanted: Sequence[Wanted] | None) -> Iterator[Cell]:
    """The cells that a row speaks of: one for a row of the rollup, many for a delta."""
    if row.segments is None:
        yield row.segment, row.segment_value, row.month, row.question, row.value
        return
    mine = {name: value for name, value in row.segments.items() if _is_wanted(name, value, wanted)}
    yield from cells_in(mine, row.month, row.cells)


def _is_wanted(name: str, value: str, wanted: Sequence[Wanted] | None) -> bool:
    return wanted is None or (name, value) in wanted or (name, None) in wanted


def _both(
    survey_ids: Collection[UUID],
    wanted: Sequence[Wanted] | None,
    since: date | None,
    until: date | None,
    *,
    by_month: bool,
    questions: Collection[str] | None,
) -> CompoundSelect[Any]:
    kept, fresh = _folded(by_month=by_month), _unfolded()
    kept = kept.where(Rollup.survey_id.in_(survey_ids), *_within(Rollup.month, since, until))
    if wanted is not None:
        kept = kept.where(or_(*(_segment(name, value) for name, value in wanted)))
    if questions is not None:
        kept = kept.where(Rollup.question.in_(questions))
    return union_all(
        kept, fresh.where(RollupDelta.survey_id.in_(survey_ids), *_within(RollupDelta.month, since, until))
    )


def _segment(name: str, value: str | None) -> ColumnElement[bool]:
    return Rollup.segment == name if value is None else and_(Rollup.segment == name, Rollup.segment_value == value)


def _within(month: Any, since: date | None, until: date | None) -> Iterator[ColumnElement[bool]]:
    if since is not None:
        yield month >= month_of(since)
    if until is not None:
        yield month <= until


def _folded(*, by_month: bool) -> Any:
    key = (Rollup.survey_id, Rollup.segment, Rollup.segment_value, Rollup.question, Rollup.value)
    month = Rollup.month if by_month else func.min(Rollup.month)
    nothing = cast(null(), Document)
    query = select(
        Rollup.survey_id, Rollup.segment, Rollup.segment_value, month.label("month"), Rollup.question, Rollup.value,
        func.sum(Rollup.n).label("n"), nothing.label("segments"), nothing.label("cells"),
    )  # fmt: skip
    return query.group_by(*key, Rollup.month) if by_month else query.group_by(*key)


def _unfolded() -> Any:
    empty = literal("")
    return select(
        RollupDelta.survey_id, empty, empty, RollupDelta.month, empty, empty, RollupDelta.sign, RollupDelta.segments,
        RollupDelta.cells,
    )  # fmt: skip
