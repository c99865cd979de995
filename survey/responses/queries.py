"""Reads about responses."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypedDict, Unpack, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from survey.customers.models import Person
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.memory import Remembered
from survey.foundation.order import TOGETHER
from survey.foundation.paging import PAGE_SIZE, Page, decode, page
from survey.foundation.tokens import FORM_LASTS
from survey.organisation.models import Organisation
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import newest_version, questionnaire_of
from survey.questionnaires.rules import Questionnaire
from survey.questionnaires.rules.languages import in_language
from survey.questionnaires.rules.paths import path
from survey.responses.models import UNMIXED, Response, ResponseDraft
from survey.responses.rules import (
    CHANNEL,
    IMPORT,
    LANGUAGE,
    ONLY,
    OWN,
    SCORE,
    SET_ASIDE,
    TEST,
    VERSION,
    WITHDRAWN,
    Cells,
    Kept,
    Narrowed,
    Opening,
    Receipt,
    Thanks,
    Unfinished,
    cells,
    ending_marked,
)

Value = tuple[str, str]  # question key, countable value

STREAM_SIZE = 1_000
COUNTS = Response.set_aside.is_(None)


# ---- the respond page: one query, no document -----------------------------------------------------------------------


def opening(slug: str) -> Opening | None:
    """What the page at this address shows; None where no survey was ever published there."""
    return OPENING.find(slug=slug)


def _opening(row: Sequence[Any]) -> Opening:
    opening = Opening(*row)
    return replace(  # pages are kept in memory by all of this
        opening, known_addresses=tuple(opening.known_addresses), embed_origins=tuple(opening.embed_origins)
    )


SURVEYS, VERSIONS, OWNERS = (cast(Table, model.__table__) for model in (Survey, SurveyVersion, Organisation))


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


# ---- one response -------------------------------------------------------------------------------------------------


def response(response_id: UUID) -> Response | None:
    """The response with its survey, version and person."""
    eager = joinedload(Response.survey), joinedload(Response.version), joinedload(Response.person)
    return db.session.get(Response, response_id, options=eager)


def kept(form_id: UUID) -> Response | None:
    """The response that a form id stands for."""
    return db.session.scalar(select(Response).where(Response.form_id == form_id))


def receipt(form_id: UUID) -> Receipt | None:
    """The receipt of the response that a form id stands for."""
    columns = Response.id, Response.submitted_on, Response.set_aside
    found = db.session.execute(select(*columns).where(Response.form_id == form_id)).first()
    if found is None:
        return None
    return Receipt(found.id, False, found.submitted_on, form_id, is_withdrawn=found.set_aside == WITHDRAWN)


def with_receipt(survey_id: UUID, form_id: UUID) -> Response | None:
    """The response to a survey that somebody has the receipt of; for one from a file nobody has any."""
    found = kept(form_id)
    return found if found and found.survey_id == survey_id and found.channel != IMPORT else None


def is_withdrawn(response: Response) -> bool:
    """Whether somebody took it back."""
    return response.set_aside == WITHDRAWN


def thanks_of(survey_id: UUID, form_id: UUID) -> Thanks | None:
    """What is said to somebody at the end of their way; what everybody is told where no such answer is kept."""
    found = kept(form_id)
    if found is not None and found.survey_id == survey_id and not is_withdrawn(found):
        asked = in_language(asked_in(found.version_id), found.language)
        ending = path(asked, found.answers).ending
        return Thanks(ending.words if ending else asked.thanks, found.language)
    newest = newest_version(survey_id)
    return Thanks(questionnaire_of(newest).thanks, questionnaire_of(newest).language) if newest else None


def thanks_marked(survey_id: UUID, mark: str) -> Thanks | None:
    """What is said to somebody whose answer nobody can find, as their device remembers it; None where it does not."""
    said = ending_marked(mark)
    version = version_id(survey_id, said[0]) if said else None
    if said is None or version is None:
        return None
    asked = in_language(asked_in(version), said[1])
    is_there = said[2] is not None and said[2] < len(asked.endings)
    return Thanks(asked.endings[said[2] or 0].words if is_there else asked.thanks, said[1])


def was_answered(survey_id: UUID) -> bool:
    """Whether anybody has answered a survey or begun to, under the promise that it makes; tests and answers taken back included."""
    mine = (exists().where(model.survey_id == survey_id) for model in (Response, ResponseDraft))
    return bool(db.session.scalar(select(or_(*mine))))


def cells_of(response: Response, questions: Sequence[Question]) -> Cells:
    """The countable values of a response by question key."""
    return cells(questions, response.answers)


# ---- drafts -------------------------------------------------------------------------------------------------------


def draft(form_id: UUID) -> ResponseDraft | None:
    """What was typed so far into a form, where pages of it were stored."""
    return db.session.get(ResponseDraft, form_id)


def drafts_of(survey_id: UUID) -> Iterator[ResponseDraft]:
    """Everything that was begun and not sent, in the order of its form ids, which tells nothing, and in chunks."""
    rows = select(ResponseDraft).where(*_begun(survey_id)).order_by(ResponseDraft.form_id)
    yield from db.session.scalars(rows.execution_options(yield_per=STREAM_SIZE))


def old_drafts(day: date, limit: int) -> Sequence[ResponseDraft]:
    """Some of the drafts that nobody can go on with on a day any more and that were not settled yet, held until commit."""
    old = select(ResponseDraft).where(_is_old(day)).order_by(ResponseDraft.form_id).limit(limit)
    return db.session.scalars(old.with_for_update(skip_locked=True)).all()


def has_old_drafts(day: date) -> bool:
    """Whether there are any."""
    return db.session.scalar(select(exists().where(_is_old(day)))) or False


def _is_old(day: date) -> ColumnElement[bool]:
    return (ResponseDraft.changed_on < day - FORM_LASTS) & ResponseDraft.device.is_not(None)


def _begun(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """What was begun, but not by the team itself to try the survey out."""
    return ResponseDraft.survey_id == survey_id, ResponseDraft.channel != TEST


def unfinished(survey_id: UUID) -> Unfinished:
    """How many began to answer a survey and did not send it; the SQL twin of `rules.outcome`."""
    is_partial = (ResponseDraft.answered > 0) & (2 * ResponseDraft.answered >= ResponseDraft.asked)
    found = db.session.execute(select(func.count(), func.count().filter(is_partial)).where(*_begun(survey_id))).one()
    return Unfinished(partial=found[1], broken_off=found[0] - found[1])


# ---- anonymous rows that may still lie in the order in which they came ------------------------------------------------


@dataclass(frozen=True)
class Unmixed:
    """The anonymous rows of a survey and a day, of which so many still lie where they came to lie."""

    survey_id: UUID
    on: date
    waiting: int


def unmixed() -> list[Unmixed]:
    """Every survey and day with such answers, the oldest first."""
    return _unmixed(Response, Response.submitted_on)


def unmixed_drafts(*, before: date) -> list[Unmixed]:
    """The same of what was begun and not sent before a day."""
    return [one for one in _unmixed(ResponseDraft, ResponseDraft.changed_on) if one.on < before]


def _unmixed(model: type[Response] | type[ResponseDraft], day: InstrumentedAttribute[date]) -> list[Unmixed]:
    rows = select(model.survey_id, day, func.count()).where(UNMIXED).group_by(model.survey_id, day).order_by(day)
    return [Unmixed(*row) for row in db.session.execute(rows)]


def count_of_day(survey_id: UUID, on: date) -> int:
    """How many answers a survey got on a day, those that count nowhere included."""
    return db.session.scalar(select(func.count()).select_from(Response).where(*_of_day(survey_id, on))) or 0


def of_day(survey_id: UUID, on: date) -> tuple[list[UUID], list[UUID]]:
    """The anonymous answers of a day: those that wait to be laid among each other, and some of the others, in random order."""
    return _waiting_and_others(Response.id, Response.is_mixed, Response.is_anonymous, *_of_day(survey_id, on))


def drafts_before(survey_id: UUID, day: date) -> tuple[list[UUID], list[UUID]]:
    """The same of what was begun and not sent before a day."""
    mine = ResponseDraft.is_anonymous, ResponseDraft.survey_id == survey_id, ResponseDraft.changed_on < day
    return _waiting_and_others(ResponseDraft.form_id, ResponseDraft.is_mixed, *mine)


def _of_day(survey_id: UUID, on: date) -> tuple[ColumnElement[bool], ...]:
    return Response.survey_id == survey_id, Response.submitted_on == on


def _waiting_and_others(
    key: InstrumentedAttribute[UUID], is_mixed: InstrumentedAttribute[bool], *mine: Any
) -> tuple[list[UUID], list[UUID]]:
    found = select(key).where(*mine).order_by(func.random())
    waiting = found.where(is_mixed.is_(False)).limit(2 * TOGETHER)
    others = found.where(is_mixed).limit(TOGETHER)
    return list(db.session.scalars(waiting)), list(db.session.scalars(others))


# ---- lists: one filter behind every list and its count ------------------------------------------------------------


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
    SCORE: lambda value: Response.score == int(value),
    VERSION: _of_version,
}


def tests_of(survey_id: UUID) -> Sequence[Response]:
    """What was answered by the link for trying out, the newest days first; no more than a page of it."""
    newest = select(Response).where(*_is_test(survey_id)).order_by(Response.submitted_on.desc(), Response.id.desc())
    return db.session.scalars(newest.limit(PAGE_SIZE)).all()


def has_tests(survey_id: UUID) -> bool:
    """Whether there is any."""
    return db.session.scalar(select(exists().where(*_is_test(survey_id)))) or False


def _is_test(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return Response.survey_id == survey_id, Response.set_aside == TEST, Response.channel == TEST


def is_doubted() -> ColumnElement[bool]:
    """Whether a machine doubts that a person answered; in the very words of the index on such responses."""
    return Response.doubts.op("<>", is_comparison=True)(literal_column("'[]'"))


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


def answers_of(survey_id: UUID, *, is_shuffled: bool = False, **filters: Unpack[Filters]) -> Iterator[Kept]:
    """The responses that `responses_of` lists with the same filters, oldest first, as plain rows and in chunks.

    Memory stays flat at any number. Shuffled: by the random form id, an order that does not tell who came when.
    """
    columns = (
        Response.id, Response.submitted_on, Response.submitted_at, SurveyVersion.number.label("version"), Response.channel,
        Response.voice, Response.language, Response.segments, Response.doubts, Response.answers, Person.external_id,
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
    yield from db.session.execute(rows)
