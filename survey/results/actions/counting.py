"""Writes of results: what each answer adds to the counts or takes from them, and folding that together.

An answer appends one row of its own, so that no two answers wait for each other; the worker folds these rows into the
rollup. Readers add both, so that nothing depends on when it does.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Table, delete, select, text
from sqlalchemy.dialects import postgresql, sqlite

from survey.foundation.db import db, random_id
from survey.foundation.statements import Statement
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import questionnaire_of
from survey.responses.events import (
    AnswersMixed,
    DoubtsChanged,
    ResponseCountedAgain,
    ResponseSubmitted,
    ResponseUncounted,
)
from survey.responses.models import Response
from survey.responses.queries import cells_of
from survey.responses.rules import Privacy, leading_grade, sees_single_answers
from survey.results.models import Rollup, RollupDelta
from survey.results.queries import recount, surveys_with_counts
from survey.results.rules.periods import month_of
from survey.results.rules.tally import (
    About,
    Cell,
    cells_in,
    counted,
    doubted_segments,
    every_segment,
    given,
    read_cells,
    sentiment_segments,
    steady_segments,
    with_reasons,
)
from survey.text.events import ResponseRead
from survey.text.queries import written_in

NOTHING: tuple[int, set[str]] = 0, set()
BATCH = 500
ROWS = 5000
DELTAS, SUMS = cast(Table, RollupDelta.__table__), cast(Table, Rollup.__table__)
APPEND = Statement(DELTAS.insert())
KEY = ("survey_id", "segment", "segment_value", "month", "question", "value")


def _upsert(insert: sqlite.Insert | postgresql.Insert) -> Any:
    return insert.on_conflict_do_update(index_elements=KEY, set_={"n": SUMS.c.n + insert.excluded.n})


UPSERT = {"sqlite": _upsert(sqlite.insert(SUMS)), "postgresql": _upsert(postgresql.insert(SUMS))}


def count_response(event: ResponseSubmitted) -> None:
    """Count a response that was stored."""
    about = About(event.voice, event.is_open, event.submitted_on, event.channel, event.language, event.version,
                  event.score, event.segments, None, event.is_doubted)  # fmt: skip
    grade = (event.scored, event.score) if event.scored and event.score is not None else None
    cells = counted(event.cells, given(event.answers), grade=grade, comments=len(event.written))
    _add(event, 1, every_segment(about), cells)


def count_reading(event: ResponseRead) -> None:
    """Count a response for the reasons read in its comments and among those whose words say the same, and no longer as before."""
    response = db.session.get(Response, event.response_id)
    now, before = {code for code, _ in event.reasons}, set(event.were) if event.was is not None else None
    if response is None or response.set_aside or (event.sentiment == event.was and now == before):
        return
    about, cells = _about(response), _answered(response, event.comments)
    for sign, sentiment, reasons in ((-1, event.was, before), (1, event.sentiment, now)):
        _add(event, sign, steady_segments(about), read_cells(reasons))
        _add(event, sign, sentiment_segments(about, sentiment), with_reasons(cells, reasons))


def remove_response(response: Response) -> None:
    """Take a response back from all counts; to be called in the transaction that removes it, before it does."""
    db.session.refresh(response, with_for_update={"of": Response})  # a worker may just have read its comments
    if response.set_aside is None:
        _add(response, -1, _segments(response), _cells(response))


def uncount_response(event: ResponseUncounted) -> None:
    """Take a response back from all counts."""
    remove_response(db.session.get_one(Response, event.response_id))


def count_response_again(event: ResponseCountedAgain) -> None:
    """Count a response again, with what its words say."""
    response = db.session.get_one(Response, event.response_id)
    db.session.refresh(response, with_for_update={"of": Response})  # a worker may just have read or doubted it
    _add(response, 1, _segments(response), _cells(response))


def count_doubts(event: DoubtsChanged) -> None:
    """Count a response among those that are doubted, or no longer."""
    response = db.session.get_one(Response, event.response_id)
    if response.set_aside or bool(event.was) == bool(event.now):
        return
    _add(response, 1 if event.now else -1, doubted_segments(_about(response)), _cells(response))


def _segments(response: Response) -> dict[str, str]:
    return every_segment(_about(response))


def _about(response: Response) -> About:
    is_open = sees_single_answers(response.survey.privacy)
    return About(response.voice, is_open, response.submitted_on, response.channel, response.language, response.version.number,
                 response.score, response.segments, response.sentiment, bool(response.doubts))  # fmt: skip


def _answered(response: Response, comments: int) -> dict[str, list[str]]:
    questions = questionnaire_of(response.version).questions
    cells = cells_of(response, questions)
    return counted(cells, given(response.answers), grade=leading_grade(questions, response.answers), comments=comments)


def _cells(response: Response) -> dict[str, list[str]]:
    """All that a response counts for, with what was read in its comments."""
    comments, reasons = written_in([response.id]).get(response.id, NOTHING)
    return with_reasons(_answered(response, comments), reasons if response.sentiment is not None else None)


def _add(
    what: ResponseSubmitted | ResponseRead | Response,
    sign: int,
    segments: Mapping[str, str],
    cells: Mapping[str, list[str]],
) -> None:
    """Append what a response adds to or takes from these segments."""
    if not segments or not cells:
        return
    row = {
        "id": random_id(),  # in no order: it would tell when an anonymous answer came
        "survey_id": what.survey_id, "month": month_of(what.submitted_on), "sign": sign,
        "segments": dict(segments), "cells": dict(cells),
    }  # fmt: skip
    APPEND.append(row)


def fold() -> int:
    """Fold some of the waiting deltas into the rollup; return how many, 0 when none waits. For anonymous ones: `fold_together`.

    Several workers may do so at once: each takes other deltas, and adds to the sums in the same order of rows.
    """
    mine = RollupDelta.survey_id.not_in(select(Survey.id).where(Survey.privacy == Privacy.ANONYMOUS.value))
    some = select(RollupDelta.id).where(mine).order_by(RollupDelta.id).limit(BATCH)
    batch = some.with_for_update(skip_locked=True).cte("batch")
    taken = db.session.execute(delete(DELTAS).where(DELTAS.c.id.in_(select(batch.c.id))).returning(*DELTAS.c)).all()
    _add_up(_sums(taken))
    if any(delta.sign < 0 for delta in taken):
        _drop_empty({delta.survey_id for delta in taken})
    return len(taken)


def fold_together(event: AnswersMixed) -> None:
    """Fold what waits of an anonymous survey, together with its answers and never one by one.

    A row of the rollup that was just written tells what was answered last, so all of the same months are written anew.
    """
    taken = db.session.execute(delete(DELTAS).where(DELTAS.c.survey_id == event.survey_id).returning(*DELTAS.c)).all()
    same = SUMS.c.survey_id == event.survey_id, SUMS.c.month.in_({delta.month for delta in taken})
    sums = Counter(dict(_sums(taken)))
    for row in db.session.execute(delete(SUMS).where(*same).returning(*SUMS.c)):
        sums[event.survey_id, (row.segment, row.segment_value, row.month, row.question, row.value)] += row.n
    _add_up(sums)


def _sums(deltas: Iterable[Row[Any]]) -> Mapping[tuple[UUID, Cell], int]:
    found: Counter[tuple[UUID, Cell]] = Counter()
    for delta in deltas:
        for cell in cells_in(delta.segments, delta.month, delta.cells):
            found[delta.survey_id, cell] += delta.sign
    return found


def _add_up(sums: Mapping[tuple[UUID, Cell], int]) -> None:
    """Add to the rollup; rows in one order, so that two workers never wait for each other in a circle."""
    rows = [dict(zip(KEY, (id, *cell), strict=True)) | {"n": n} for (id, cell), n in sorted(sums.items()) if n]
    for some in _some(rows):
        db.session.execute(UPSERT[db.session.get_bind().dialect.name], some)


def _some(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), ROWS):
        yield rows[start : start + ROWS]


def _drop_empty(survey_ids: Iterable[UUID]) -> None:
    """What was taken back shall leave no trace, such as the name of a segment of one."""
    db.session.execute(delete(Rollup).where(Rollup.survey_id.in_(list(survey_ids)), Rollup.n == 0))


def rebuild(survey_id: UUID | None = None) -> int:
    """Count a survey, or all, anew from the answers; return how many rows of the rollup that made. Answers wait meanwhile."""
    _hold_answers()
    rows = 0
    for id in [survey_id] if survey_id else sorted(surveys_with_counts()):
        for table in (SUMS, DELTAS):
            db.session.execute(delete(table).where(table.c.survey_id == id))
        found = {(id, cell): n for cell, n in recount(id).items()}
        _add_up(found)
        rows += len(found)
    return rows


def _hold_answers() -> None:
    """Let nobody count while everything is counted; on SQLite there is one writer at a time anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE rollup_delta IN SHARE ROW EXCLUSIVE MODE"))
