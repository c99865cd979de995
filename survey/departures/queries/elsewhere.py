"""What customers said about better value elsewhere, and whether they left afterwards."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.orm import selectinload

from survey.customers.models import Lifetime, Person
from survey.departures.models import Departure
from survey.departures.rules.elsewhere import KEY, WHERE, Said
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page, decode, page
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys, newest_versions, questionnaire_of
from survey.responses.models import Response
from survey.responses.rules import Voice


def surveys_asking() -> Sequence[Survey]:
    """The surveys that ask customers whether they could find better value elsewhere; exit surveys are another matter."""
    asking = {
        id
        for id, version in newest_versions().items()
        if any(one.key == KEY for one in questionnaire_of(version).questions)
    }
    return [one for one in all_surveys() if one.purpose != "exit" and one.id in asking]


def said_of(survey_ids: Sequence[UUID]) -> list[Said]:
    """How many people said what last, by whether they are customers now and whether they left after they had said it."""
    last = _last(survey_ids)
    counted = select(last.c.said, last.c.is_customer, last.c.left_later, func.count()).group_by(
        last.c.said, last.c.is_customer, last.c.left_later
    )
    return [Said(_value(said), bool(now), bool(later), n) for said, now, later, n in db.session.execute(counted)]


def people_who(
    survey_ids: Sequence[UUID], value: str, *, left: bool, cursor: str | None = None
) -> Page[tuple[Person, date]]:
    """Those who said this last and are customers now, or left later; with the day they said it, the last first."""
    last = _last(survey_ids)
    query = (
        select(Person, last.c.submitted_on).join(last, last.c.person_id == Person.id).where(*_who(last, value, left))
    )
    if cursor:
        day, id = _last_seen(cursor)
        query = query.where(or_(last.c.submitted_on < day, and_(last.c.submitted_on == day, Person.id < id)))
    newest = query.order_by(last.c.submitted_on.desc(), Person.id.desc()).limit(PAGE_SIZE + 1)
    rows = db.session.execute(newest.options(selectinload(Person.lifetimes))).all()
    return page([(row[0], row[1]) for row in rows], lambda row: [row[1].isoformat(), str(row[0].id)])


def named(survey_ids: Sequence[UUID]) -> Mapping[str, int]:
    """Where they could find it, as customers of now wrote it, with how many people wrote just that."""
    last = _last(survey_ids)
    named_ = (
        select(last.c.place, func.count()).where(last.c.is_customer, last.c.place.is_not(None)).group_by(last.c.place)
    )
    found: dict[str, int] = {}
    for place, n in db.session.execute(named_):
        words = json.loads(place) if place.startswith('"') else place
        if isinstance(words, str) and words.strip():
            found[words.strip()] = found.get(words.strip(), 0) + n
    return found


def _last(survey_ids: Sequence[UUID]) -> Any:
    """The last answer of each person whom we know, with what became of them."""
    newest = Response.submitted_on.desc(), Response.id.desc()
    answers = (
        select(
            Response.person_id.label("person_id"),
            Response.submitted_on.label("submitted_on"),
            _text(KEY).label("said"),
            _text(WHERE).label("place"),
            func.row_number().over(partition_by=Response.person_id, order_by=newest).label("nth"),
        )
        .where(
            Response.survey_id.in_(survey_ids),
            Response.person_id.is_not(None),
            Response.voice != Voice.UNVERIFIED,
            Response.voice != Voice.EMPLOYEE,
            Response.set_aside.is_(None),
            _text(KEY).is_not(None),
        )
        .subquery()
    )
    is_customer = exists().where(Lifetime.person_id == answers.c.person_id, Lifetime.ended_on.is_(None))
    left_later = exists().where(Departure.person_id == answers.c.person_id, Departure.left_on >= answers.c.submitted_on)
    columns: Select[Any] = select(
        answers.c.person_id, answers.c.submitted_on, answers.c.said, answers.c.place,
        is_customer.label("is_customer"), left_later.label("left_later"),
    ).where(answers.c.nth == 1)  # fmt: skip
    return columns.subquery()


def _text(key: str) -> ColumnElement[str]:
    """An answer as text: on both databases a list of values is written ["yes"]."""
    if db.session.get_bind().dialect.name == "postgresql":
        return cast(func.jsonb_extract_path(Response.answers, key), Text)
    return func.json_extract(Response.answers, f'$."{key}"', type_=Text())


def _who(last: Any, value: str, left: bool) -> list[ColumnElement[bool]]:
    return [last.c.said.contains(f'"{value}"', autoescape=True), last.c.left_later if left else last.c.is_customer]


def _value(said: str) -> str:
    """The first value of an answer, as it is kept."""
    found = json.loads(said)
    chosen = found.get("chosen", []) if isinstance(found, dict) else found
    return str(chosen[0]) if isinstance(chosen, list) and chosen else ""


def _last_seen(cursor: str) -> tuple[date, UUID]:
    try:
        day, id = decode(cursor, parts=2)
        return date.fromisoformat(day), UUID(id)
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None
