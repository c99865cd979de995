"""How satisfied people were before they left, beside those who stayed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from survey.customers.models import Lifetime
from survey.departures.models import Departure
from survey.departures.queries.filters import lost_within, said_before
from survey.foundation.db import db
from survey.questionnaires.models import Survey
from survey.responses.models import Response
from survey.responses.rules import Voice

Scores = Mapping[UUID, Mapping[int, int]]


def scores_before(*, since: date | None = None, until: date | None = None) -> Scores:
    """The last score that each person gave who left in a period, before they went: how many gave which, by survey."""
    last = _last_first().label("nth")
    columns = Response.survey_id.label("survey_id"), Response.score.label("score"), last
    said = lost_within(select(*columns).select_from(Departure), since, until)
    return _counted(said.join(Response, Response.person_id == Departure.person_id).where(*said_before()))


def scores_of_customers(survey_ids: Any) -> Scores:
    """The last score that each person gave who is a customer now, to these surveys."""
    is_customer = exists().where(Lifetime.person_id == Response.person_id, Lifetime.ended_on.is_(None))
    columns = Response.survey_id.label("survey_id"), Response.score.label("score"), _last_first().label("nth")
    said = select(*columns).where(
        Response.survey_id.in_(survey_ids),
        Response.score.is_not(None),
        Response.set_aside.is_(None),
        Response.voice != Voice.UNVERIFIED,
        is_customer,
    )
    return _counted(said)


def _last_first() -> Any:
    newest = Response.submitted_on.desc(), Response.id.desc()
    return func.row_number().over(partition_by=(Response.person_id, Response.survey_id), order_by=newest)


def _counted(said: Any) -> Scores:
    rows = said.subquery()
    last = select(rows.c.survey_id, rows.c.score, func.count()).where(rows.c.nth == 1)
    found: dict[UUID, dict[int, int]] = {}
    for survey_id, score, n in db.session.execute(last.group_by(rows.c.survey_id, rows.c.score)):
        found.setdefault(survey_id, {})[score] = n
    return found


def titles(survey_ids: Any) -> Mapping[UUID, Survey]:
    """The surveys with these ids."""
    return {row.id: row for row in db.session.scalars(select(Survey).where(Survey.id.in_(survey_ids)))}
