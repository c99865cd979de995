"""The same counts from all answers, one by one: slow, and only to check or rebuild the kept ones."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, union

from survey.foundation.db import db
from survey.questionnaires.queries import questionnaire_of, versions
from survey.responses.models import Response
from survey.responses.rules import cells
from survey.results.models import Rollup, RollupDelta
from survey.results.queries.kept import tally
from survey.results.rules.tally import Cell, cells_in, counted, every_segment, given

STREAM = 1000


@dataclass(frozen=True)
class Difference:
    """A count that is not what the answers say."""

    survey_id: UUID
    cell: Cell
    kept: int
    recounted: int


def recount(survey_id: UUID) -> Mapping[Cell, int]:
    """What `tally` should say about a survey, counted from its responses."""
    questions = {version.id: questionnaire_of(version).questions for version in versions(survey_id)}
    asked = select(Response.version_id, Response.submitted_on, Response.voice, Response.segments, Response.sentiment,
                   Response.doubts, Response.answers).where(Response.survey_id == survey_id, Response.set_aside.is_(None))  # fmt: skip
    found: Counter[Cell] = Counter()
    for row in db.session.execute(asked.execution_options(yield_per=STREAM)):
        segments = every_segment(row.voice, row.segments, row.sentiment, is_doubted=bool(row.doubts))
        mine = counted(cells(questions[row.version_id], row.answers), given(row.answers))
        found.update(cells_in(segments, row.submitted_on, mine))
    return found


def differences(survey_id: UUID) -> list[Difference]:
    """Where the kept counts of a survey and a recount do not agree; both are read as of one moment."""
    _as_of_one_moment()
    kept, recounted = tally(survey_id), recount(survey_id)
    cells = sorted({*kept, *recounted})
    return [
        Difference(survey_id, cell, kept.get(cell, 0), recounted.get(cell, 0))
        for cell in cells
        if kept.get(cell, 0) != recounted.get(cell, 0)
    ]


def surveys_with_counts() -> set[UUID]:
    """Every survey that has responses or counts; counts of a survey that is gone are a difference too."""
    found = union(select(Response.survey_id), select(Rollup.survey_id), select(RollupDelta.survey_id))
    return set(db.session.scalars(found))


def _as_of_one_moment() -> None:
    """SQLite reads a whole transaction as of its beginning anyway; PostgreSQL must be asked to."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.rollback()
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
