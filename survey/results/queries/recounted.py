"""The same counts from all answers, one by one: slow, to check or rebuild the kept ones, and for views that are not kept."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Unpack
from uuid import UUID

from sqlalchemy import Row, case, func, select, union

from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import number_words
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import questionnaire_of, versions
from survey.responses.models import Response
from survey.responses.queries import Filters, count_of, wanted
from survey.responses.rules import CHANNEL, Privacy, cells, leading_grade, sees_single_answers
from survey.results.models import Rollup, RollupDelta
from survey.results.queries.kept import tally
from survey.results.rules.tally import About, Cell, Counts, cells_in, counted, every_segment, given, without_voice
from survey.text.queries import written_in

STREAM = 1000
MOST = 250_000  # answers that are counted while somebody waits

Found = tuple[About, dict[str, list[str]]]


@dataclass(frozen=True)
class Difference:
    """A count that is not what the answers say."""

    survey_id: UUID
    cell: Cell
    kept: int
    recounted: int


def recount(survey_id: UUID) -> Mapping[Cell, int]:
    """What `tally` should say about a survey, counted from its responses."""
    found: Counter[Cell] = Counter()
    for about, mine in _each(survey_id):
        found.update(cells_in(every_segment(about), about.on, mine))
    return found


def recounted_in(survey_id: UUID, **filters: Unpack[Filters]) -> dict[date, Counts]:
    """The counts of the responses that `responses_of` lists with the same filters, by month, oldest first."""
    return recounted_by(survey_id, "", **filters).get("", {})


def recounted_by(survey_id: UUID, name: str, **filters: Unpack[Filters]) -> dict[str, dict[date, Counts]]:
    """The same for each value of a segment ("" for everybody); raises Refused where that would take too long."""
    return recounted_by_each(survey_id, (name,), **filters).get(name, {})


def recounted_by_each(
    survey_id: UUID, names: Collection[str], **filters: Unpack[Filters]
) -> dict[str, dict[str, dict[date, Counts]]]:
    """The same of several segments, by their names, in one reading of the answers."""
    n = count_of(survey_id, **filters)
    if n > MOST:
        raise Refused(_("These are %(number)s answers, too many to count together like this at once. Choose a shorter period or fewer filters.", number=number_words(n)))  # fmt: skip
    sums: dict[str, dict[str, dict[date, dict[str, dict[str, int]]]]] = {}
    for about, mine in _each(survey_id, **filters):
        wanted_of_it = {name: value for name, value in every_segment(about).items() if name in names}
        for name, value, month, question, answer in cells_in(wanted_of_it, about.on, mine):
            months = sums.setdefault(name, {}).setdefault(without_voice(value)[1], {})
            values = months.setdefault(month, {}).setdefault(question, {})
            values[answer] = values.get(answer, 0) + 1
    return {name: {value: dict(sorted(months.items())) for value, months in own.items()} for name, own in sums.items()}


def _each(survey_id: UUID, **filters: Unpack[Filters]) -> Iterator[Found]:
    """Every response with what it counts for, in chunks."""
    survey = db.session.get(Survey, survey_id)
    asked = {one.id: (one.number, questionnaire_of(one).questions) for one in versions(survey_id)}
    is_open = survey is not None and sees_single_answers(survey.privacy)
    columns = (Response.id, Response.version_id, Response.submitted_on, Response.voice, Response.segments, Response.sentiment,
               Response.doubts, Response.answers, Response.channel, Response.language, Response.score)  # fmt: skip
    rows = select(*columns).where(*wanted(survey_id, **filters)).execution_options(yield_per=STREAM)
    for some in db.session.execute(rows).partitions():
        written = written_in([row.id for row in some])
        for row in some:
            number, questions = asked[row.version_id]
            comments, reasons = written.get(row.id, (0, set()))
            values = counted(cells(questions, row.answers), given(row.answers), grade=leading_grade(questions, row.answers), comments=comments,
                             reasons=None if row.sentiment is None else reasons)  # fmt: skip
            yield _about(row, number, is_open=is_open), values


def _about(row: Row[tuple[object, ...]], number: int, *, is_open: bool) -> About:
    return About(row.voice, is_open, row.submitted_on, row.channel, row.language, number, row.score, row.segments,
                 row.sentiment, bool(row.doubts))  # fmt: skip


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


def counted_as_before() -> list[UUID]:
    """Surveys whose counts an older release kept, which did not count by channel, language or version yet."""
    is_total = Rollup.question == "", Rollup.value == "", Rollup.segment.in_(("", CHANNEL))
    by_channel = func.sum(case((Rollup.segment == CHANNEL, Rollup.n), else_=-Rollup.n))
    mine = select(Survey.id).where(Survey.privacy == Privacy.IDENTIFIED.value)
    query = select(Rollup.survey_id).where(*is_total, Rollup.survey_id.in_(mine)).group_by(Rollup.survey_id)
    return list(db.session.scalars(query.having(by_channel != 0).order_by(Rollup.survey_id)))


def surveys_with_counts() -> set[UUID]:
    """Every survey that has responses or counts; counts of a survey that is gone are a difference too."""
    found = union(select(Response.survey_id), select(Rollup.survey_id), select(RollupDelta.survey_id))
    return set(db.session.scalars(found))


def _as_of_one_moment() -> None:
    """SQLite reads a whole transaction as of its beginning anyway; PostgreSQL must be asked to."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.rollback()
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
