"""Counts for everybody: fresh, but never by so few answers at a time that a change would tell what one person said."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from survey.foundation.db import db
from survey.questionnaires.models import SurveyVersion
from survey.questionnaires.queries import questionnaire_of
from survey.responses.models import Response
from survey.responses.rules import cells
from survey.results.queries.kept import counts_in
from survey.results.rules.tally import Counts, Segment, added, counted, given, responses_in


def published_counts(
    survey_id: UUID,
    segments: Collection[Segment],
    *,
    voices: Collection[str] | None,
    minimum: int,
    before: date | None,
) -> tuple[Counts, int]:
    """What everybody may know, and how many answers wait: the newest ones, until `minimum` of them are there.

    Answers come in groups of `minimum`, oldest first. `before` is given where rows of one day stand in no order: answers
    from that day on wait for its end. At most `minimum` answers and those of that day are read.
    """
    everything = counts_in(survey_id, tuple(segments))
    n, wanted = responses_in(everything), [Response.survey_id == survey_id, Response.set_aside.is_(None)]
    if voices is not None:
        wanted.append(Response.voice.in_(list(voices)))
    today = _since(before, wanted) if before else 0
    waiting = today + (n - today) % minimum
    return added([everything, _taken_away(wanted, waiting)]), waiting


def _since(day: date, wanted: list[ColumnElement[bool]]) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(Response).where(*wanted, Response.submitted_on >= day)) or 0
    )


def _taken_away(wanted: list[ColumnElement[bool]], waiting: int) -> Counts:
    """The newest answers, as counts below nothing."""
    newest = select(Response.version_id, Response.answers).where(*wanted)
    newest = newest.order_by(Response.submitted_on.desc(), Response.id.desc()).limit(waiting)
    found = [
        counted(
            cells(questionnaire_of(db.session.get_one(SurveyVersion, version_id)).questions, answers), given(answers)
        )
        for version_id, answers in db.session.execute(newest)
    ]
    return added({key: dict.fromkeys(values, -1) for key, values in one.items()} for one in found)
