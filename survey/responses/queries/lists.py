"""Lists of responses, their counts, and the stream of answers behind every file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Unpack, cast
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, Table, exists, func, select, true, tuple_
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import joinedload

from survey.customers.models import Person
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, page
from survey.questionnaires.models import SurveyVersion
from survey.responses.models import Response
from survey.responses.queries.filters import COUNTS, Filters, is_doubted, wanted
from survey.responses.rules import TEST, Kept

STREAM_SIZE = 1_000
SAMPLE = 200


def responses_of(survey_id: UUID, *, cursor: str | None = None, **filters: Unpack[Filters]) -> Page[Response]:
    """The responses of a survey, newest first."""
    newest = select(Response).where(*wanted(survey_id, **filters)).options(joinedload(Response.person))
    newest = newest.order_by(Response.submitted_on.desc(), Response.id.desc()).limit(PAGE_SIZE + 1)
    rows = db.session.scalars(_after(newest, cursor)).all()
    return page(rows, lambda row: (row.submitted_on.isoformat(), str(row.id)))


def count_of(survey_id: UUID, **filters: Unpack[Filters]) -> int:
    """How many responses `responses_of` lists with the same filters."""
    conditions = wanted(survey_id, **filters)
    if filters.get("aside"):
        return db.session.scalar(select(_count(*conditions))) or 0
    # What counts is all but the few that were set aside: the index on days knows the one, that on these the other.
    is_there = [condition for condition in conditions if condition is not COUNTS]
    return db.session.scalar(select(_count(*is_there) - _count(*is_there, Response.set_aside.is_not(None)))) or 0


def _count(*wanted: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(Response).where(*wanted).scalar_subquery()


def tests_of(survey_id: UUID) -> Sequence[Response]:
    """What was answered by the link for trying out, the newest days first; no more than a page of it."""
    newest = select(Response).where(*_is_test(survey_id)).order_by(Response.submitted_on.desc(), Response.id.desc())
    return db.session.scalars(newest.limit(PAGE_SIZE)).all()


def has_tests(survey_id: UUID) -> bool:
    """Whether there is any."""
    return db.session.scalar(select(exists().where(*_is_test(survey_id)))) or False


def _is_test(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return Response.survey_id == survey_id, Response.set_aside == TEST, Response.channel == TEST


def doubted(survey_id: UUID) -> Counter[str]:
    """How many of a survey's responses are doubted for each reason; "" for how many in all."""
    query = select(Response.doubts, func.count()).where(
        Response.survey_id == survey_id, Response.set_aside.is_(None), is_doubted()
    )
    found: Counter[str] = Counter()
    for doubts, n in db.session.execute(query.group_by(Response.doubts)):
        found.update(dict.fromkeys(["", *doubts], n))
    return found


def _after(newest: Select[Response], cursor: str | None) -> Select[Response]:
    if cursor is None:
        return newest
    try:
        day, identity = decode(cursor, parts=2)
        last = date.fromisoformat(day), UUID(identity)
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None
    return newest.where(tuple_(Response.submitted_on, Response.id) < last)


def segment_names(survey_id: UUID) -> list[str]:
    """The names of all segments that responses to a survey were ever put into."""
    if db.session.get_bind().dialect.name == "postgresql":
        name: Any = func.jsonb_object_keys(Response.segments)
        rows = select(name).where(Response.survey_id == survey_id).distinct()
    else:
        each = func.json_each(Response.segments).table_valued("key")
        rows = (
            select(each.c.key)
            .select_from(Response)
            .join(each, true())
            .where(Response.survey_id == survey_id)
            .distinct()
        )
    return sorted(db.session.scalars(rows))


def typical_size(survey_id: UUID, **filters: Unpack[Filters]) -> float:
    """About how many characters the answers of one response take, by the first of those that a list shows."""
    some = select(cast_to(Response.answers, String).label("answers")).where(*wanted(survey_id, **filters)).limit(SAMPLE)
    return float(db.session.scalar(select(func.avg(func.length(some.subquery().c.answers)))) or 0)


def answers_of(survey_id: UUID, *, is_shuffled: bool = False, **filters: Unpack[Filters]) -> Iterator[Kept]:
    """The responses that `responses_of` lists with the same filters, oldest first, as plain rows and in chunks.

    Memory stays flat at any number. Shuffled: by the random form id, an order that does not tell who came when.
    """
    kept, version, person = (cast(Table, model.__table__).c for model in (Response, SurveyVersion, Person))
    columns = (  # of `Kept`, in its order; of tables, as rows of models cost half as much again
        kept.id, kept.submitted_on, kept.submitted_at, version.number.label("version"), kept.channel, kept.voice,
        kept.language, kept.segments, kept.doubts, kept.answers, person.external_id,
    )  # fmt: skip
    order = (Response.form_id,) if is_shuffled else (Response.submitted_on, Response.id)
    rows = (
        select(*columns)
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .outerjoin(Person, Person.id == Response.person_id)
        .where(*wanted(survey_id, **filters))
        .order_by(*order)
        .execution_options(yield_per=STREAM_SIZE)
    )
    yield from cast(Iterator[Kept], db.session.execute(rows))
