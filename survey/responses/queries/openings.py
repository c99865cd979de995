"""The respond page: one query, no document; and which version asked what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, exists, func, select, true

from survey.foundation.db import db
from survey.foundation.memory import Remembered
from survey.organisation.models import Organisation
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import questionnaire_of
from survey.questionnaires.rules import Questionnaire
from survey.responses.models import Response
from survey.responses.queries.filters import wanted
from survey.responses.rules import Opening

SURVEYS, VERSIONS, OWNERS = (cast(Table, model.__table__) for model in (Survey, SurveyVersion, Organisation))


def opening(slug: str) -> Opening | None:
    """What the page at this address shows; None where no survey was ever published there."""
    return OPENING.find(slug=slug)


def _opening(row: Sequence[Any]) -> Opening:
    opening = Opening(*row)
    return replace(  # pages are kept in memory by all of this
        opening, known_addresses=tuple(opening.known_addresses), embed_origins=tuple(opening.embed_origins)
    )


def _or_default(name: str) -> ColumnElement[Any]:
    """A column of the organisation, which has defaults until it is named."""
    column = OWNERS.c[name]
    return func.coalesce(column, column.default.arg)  # type: ignore[union-attr]


OPENING = Remembered(
    select(
        SURVEYS.c.id,
        SURVEYS.c.slug,
        SURVEYS.c.purpose,
        SURVEYS.c.privacy,
        SURVEYS.c.opens_at,
        SURVEYS.c.closes_at,
        SURVEYS.c.closed_at,
        SURVEYS.c.archived_at,
        SURVEYS.c.response_limit,
        VERSIONS.c.id,
        VERSIONS.c.number,
        _or_default("name"),
        _or_default("accent"),
        OWNERS.c.mark_version,
        _or_default("time_zone"),
        _or_default("minimum_scores"),
        _or_default("postal_address"),
        SURVEYS.c.known_addresses,
        SURVEYS.c.asks_proof,
        SURVEYS.c.embed_origins,
    )
    .join(VERSIONS, VERSIONS.c.survey_id == SURVEYS.c.id)
    .outerjoin(OWNERS, true())
    .where(SURVEYS.c.slug == bindparam("slug"))
    .order_by(VERSIONS.c.number.desc())
    .limit(1),
    _opening,
)


def version_id(survey_id: UUID, number: int) -> UUID | None:
    """The id of a published version of a survey, such as the one that a page was made from."""
    return db.session.scalar(
        select(SurveyVersion.id).where(SurveyVersion.survey_id == survey_id, SurveyVersion.number == number)
    )


def count_by_version(survey_id: UUID) -> dict[UUID, int]:
    """How many answered each version of a survey; versions that nobody answered are not there."""
    rows = (
        select(Response.version_id, func.count())
        .where(Response.survey_id == survey_id, Response.set_aside.is_(None))
        .group_by(Response.version_id)
    )
    return dict(iter(db.session.execute(rows)))


def count_by_channel(survey_id: UUID) -> dict[str, int]:
    """How many answered a survey on each way, most first."""
    many = func.count()
    rows = (
        select(Response.channel, many)
        .where(Response.survey_id == survey_id, Response.set_aside.is_(None))
        .group_by(Response.channel)
        .order_by(many.desc(), Response.channel)
    )
    return dict(iter(db.session.execute(rows)))


def answered_versions(survey_id: UUID, *, since: date | None, until: date | None) -> set[UUID]:
    """The versions of a survey that anybody answered from and to (inclusive) a day; a look for each, no count."""
    mine = wanted(survey_id, since=since, until=until)
    any_answer = exists().where(*mine, Response.version_id == SurveyVersion.id).correlate(SurveyVersion)
    return set(db.session.scalars(select(SurveyVersion.id).where(SurveyVersion.survey_id == survey_id, any_answer)))


def in_version(found: Opening, version_id: UUID) -> Opening:
    """A survey as its page was in an older version."""
    if version_id == found.version_id:
        return found
    version = db.session.get_one(SurveyVersion, version_id)
    return replace(found, version_id=version_id, number=version.number)


@lru_cache(maxsize=512)
def asked_in(version_id: UUID) -> Questionnaire:
    """What a version asks; kept in memory, as versions never change."""
    return questionnaire_of(db.session.get_one(SurveyVersion, version_id))


@lru_cache(maxsize=512)
def number_of(version_id: UUID) -> int:
    """The number of a version; kept in memory likewise."""
    return db.session.get_one(SurveyVersion, version_id).number
