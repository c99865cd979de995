"""What narrows a list of responses: one filter behind every list and its count."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypedDict
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, case, exists, func, literal_column, select
from sqlalchemy import cast as cast_to

from survey.foundation.db import db
from survey.questionnaires.models import SurveyVersion
from survey.responses.models import Response
from survey.responses.rules import CHANNEL, LANGUAGE, ONLY, OWN, SAID, SCORE, SET_ASIDE, TEST, VERSION, Narrowed

Value = tuple[str, str]  # question key, countable value
COUNTS = Response.set_aside.is_(None)


class Filters(TypedDict, total=False):
    """What narrows a list of responses and its count: from and to (inclusive) a day, that gave a value, whose words say something.

    `voices` are those of whom answers are wanted; None for everybody's. `flagged`: without those that are doubted, only
    these, or "" for all. `aside`: those that the team set aside instead. `narrowed`: those in all of these segments.
    """

    since: date | None
    until: date | None
    value: Value | None
    sentiment: str | None
    voices: Collection[str] | None
    flagged: str
    aside: bool
    narrowed: Narrowed


def wanted(
    survey_id: UUID,
    *,
    since: date | None = None,
    until: date | None = None,
    value: Value | None = None,
    sentiment: str | None = None,
    voices: Collection[str] | None = None,
    flagged: str = "",
    aside: bool = False,
    narrowed: Narrowed = (),
) -> list[ColumnElement[bool]]:
    """The one filter: what is true of the responses that are wanted."""
    by_team = and_(Response.set_aside.in_(SET_ASIDE), Response.channel != TEST)
    conditions: list[ColumnElement[bool]] = [Response.survey_id == survey_id, by_team if aside else COUNTS]
    if since is not None:
        conditions.append(Response.submitted_on >= since)
    if until is not None:
        conditions.append(Response.submitted_on <= until)
    if value is not None:
        conditions.append(_gave(*value))
    if sentiment is not None:
        conditions.append(Response.sentiment == sentiment)
    if voices is not None:
        conditions.append(Response.voice.in_(list(voices)))
    if flagged:
        conditions.append(is_doubted() if flagged == ONLY else ~is_doubted())
    return [*conditions, *in_segments(narrowed)]


def in_segments(narrowed: Narrowed) -> list[ColumnElement[bool]]:
    """What is true of responses in all of these segments."""
    return [IN_SEGMENT.get(name, _in_own(name))(value) for name, value in narrowed]


def _in_own(name: str) -> Callable[[str], ColumnElement[bool]]:
    key = name.removeprefix(OWN)
    if db.session.get_bind().dialect.name == "postgresql":
        return lambda value: func.jsonb_extract_path_text(Response.segments, key) == value
    return lambda value: func.json_extract(Response.segments, f'$."{_bare(key)}"') == value


def _of_version(number: str) -> ColumnElement[bool]:
    mine = select(SurveyVersion.id).where(
        SurveyVersion.survey_id == Response.survey_id, SurveyVersion.number == int(number)
    )
    return Response.version_id.in_(mine.correlate(Response))


IN_SEGMENT: Mapping[str, Callable[[str], ColumnElement[bool]]] = {
    CHANNEL: lambda value: Response.channel == value,
    LANGUAGE: lambda value: Response.language == value,
    SAID: lambda value: Response.sentiment == value,
    SCORE: lambda value: Response.score == int(value),
    VERSION: _of_version,
}


def is_doubted() -> ColumnElement[bool]:
    """Whether a machine doubts that a person answered; in the very words of the index on such responses."""
    return Response.doubts.op("<>", is_comparison=True)(literal_column("'[]'"))


def _gave(key: str, value: str) -> ColumnElement[bool]:
    """Whether a response gave a countable value: the SQL twin of the kinds' `cells`, by the shape of the answer.

    An answer is a value, a list of values, or an object: with the values that were `chosen`; with `rows` and the value of
    each ("row:value"); with an `order` of values ("value:place"); or with `codes`, of which the first counts (without any
    it counts as "other").
    """
    dialect = db.session.get_bind().dialect.name
    return _gave_postgresql(key, value) if dialect == "postgresql" else _gave_sqlite(key, value)


def _gave_sqlite(key: str, value: str) -> ColumnElement[bool]:
    path = f'$."{key}"'
    name, _, rest = value.partition(":")

    def at(inner: str) -> ColumnElement[str]:
        return func.json_extract(Response.answers, f"{path}.{inner}")

    def holds(inner: str) -> ColumnElement[bool]:
        member = func.json_each(Response.answers, f"{path}{inner}").table_valued("value")
        return exists().where(cast_to(member.c.value, String) == value)

    def is_a(kind: str, inner: str = "") -> ColumnElement[bool]:
        return func.json_type(Response.answers, f"{path}{inner}") == kind

    return case(
        (is_a("array"), holds("")),
        (is_a("array", ".chosen"), holds(".chosen")),
        (is_a("object", ".rows"), at(f'rows."{_bare(name)}"') == rest),
        (is_a("array", ".order"), at(f"order[{_index(rest)}]") == name),
        (is_a("object"), func.coalesce(at("codes[0]"), "other") == value),
        else_=cast_to(func.json_extract(Response.answers, path), String) == value,
    )


def _gave_postgresql(key: str, value: str) -> ColumnElement[bool]:
    name, _, rest = value.partition(":")

    def at(*inner: str) -> ColumnElement[str]:
        return func.jsonb_extract_path_text(Response.answers, key, *inner)

    def holds(*inner: str) -> ColumnElement[bool]:
        return func.jsonb_exists(func.jsonb_extract_path(Response.answers, key, *inner), value)

    def is_a(kind: str, *inner: str) -> ColumnElement[bool]:
        return func.jsonb_typeof(func.jsonb_extract_path(Response.answers, key, *inner)) == kind

    return case(
        (is_a("array"), holds()),
        (is_a("array", "chosen"), holds("chosen")),
        (is_a("object", "rows"), at("rows", name) == rest),
        (is_a("array", "order"), at("order", str(_index(rest))) == name),
        (is_a("object"), func.coalesce(at("codes", "0"), "other") == value),
        else_=at() == value,
    )


def _bare(name: str) -> str:
    """A value as part of a path: it holds nothing that would end the path, or it is nobody's."""
    return name if '"' not in name else ""


def _index(place: str) -> int:
    """The index of a place, which is a number from 1 on; one that is never reached for anything else."""
    is_place = place.isascii() and place.isdigit() and len(place) < 4 and place != "0"
    return int(place) - 1 if is_place else 999
