"""Reads about improvements."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import contains_eager, selectinload

from survey.access.models import User
from survey.departures.queries import reasons_as_people
from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import Page, decode, page
from survey.improvements.models import Improvement, ImprovementReason, ImprovementUpdate
from survey.improvements.rules.stages import Stage

SHOWN = 20
FEED_LENGTH = 50
BOARD_ORDER = (Stage.IN_PROGRESS, Stage.PLANNED, None, Stage.SHIPPED, Stage.DECLINED)
NEWEST_STAGE_FIRST = (Improvement.stage_since.desc(), Improvement.id.desc())


def _whole() -> Select[Improvement]:
    return select(Improvement).options(selectinload(Improvement.reasons), selectinload(Improvement.updates))


def _published() -> Select[Improvement]:
    return _whole().where(Improvement.stage.is_not(None)).order_by(*NEWEST_STAGE_FIRST)


def published(*, limit: int | None = None, without: Collection[str] = ()) -> list[Improvement]:
    """What customers may read, newest stage first, with reasons and updates; stages in `without` are left out."""
    return list(db.session.scalars(_published().where(Improvement.stage.not_in(without)).limit(limit)))


def headlines(limit: int, *, without: Collection[str] = ()) -> list[Improvement]:
    """The same for a list of titles and stages: neither reasons nor updates are read."""
    query = select(Improvement).where(Improvement.stage.is_not(None), Improvement.stage.not_in(without))
    return list(db.session.scalars(query.order_by(*NEWEST_STAGE_FIRST).limit(limit)))


def published_page(*, cursor: str | None = None, size: int = SHOWN) -> Page[Improvement]:
    """The same, a page at a time."""
    query = _published().limit(size + 1)
    if cursor:
        query = query.where(tuple_(Improvement.stage_since, Improvement.id) < _cursor(cursor))
    return page(db.session.scalars(query).all(), lambda row: (str(row.stage_since), str(row.id)), size=size)


def board() -> list[Improvement]:
    """Every improvement: what is being done, what is planned, what nobody was told of, what is finished; newest first."""
    rows = db.session.scalars(_whole().order_by(Improvement.changed_at.desc(), Improvement.id.desc()))
    return sorted(rows, key=lambda row: BOARD_ORDER.index(row.stage))


def improvement(id: UUID) -> Improvement | None:
    """One improvement, published or not."""
    return db.session.scalar(_whole().where(Improvement.id == id))


def by_slug(slug: str) -> Improvement | None:
    """The improvement at a public address, published or not."""
    return db.session.scalar(_whole().where(Improvement.slug == slug))


def answering(codes: Iterable[str], limit: int, *, without: Collection[str] = ()) -> list[Improvement]:
    """The same of those that answer any of these reasons."""
    answers = select(ImprovementReason.improvement_id).where(ImprovementReason.code.in_(list(codes)))
    query = _published().where(Improvement.id.in_(answers), Improvement.stage.not_in(without))
    return list(db.session.scalars(query.limit(limit)))


def answers_by_code(codes: Iterable[str]) -> dict[str, Improvement]:
    """For each of these reasons the improvement that was changed last, published ones before others."""
    query = (
        select(ImprovementReason.code, Improvement)
        .join(Improvement, Improvement.id == ImprovementReason.improvement_id)
        .where(ImprovementReason.code.in_(list(codes)))
        .order_by(Improvement.stage.is_not(None), Improvement.changed_at, Improvement.id)
    )
    return {code: found for code, found in db.session.execute(query)}  # noqa: C416 - the last of each code stays


def that_answer() -> list[Improvement]:
    """Every improvement that answers a reason, with its reasons, published or not; the newest first."""
    answers = select(ImprovementReason.improvement_id)
    query = select(Improvement).where(Improvement.id.in_(answers)).options(selectinload(Improvement.reasons))
    return list(db.session.scalars(query.order_by(Improvement.created_at.desc(), Improvement.id.desc())))


def newest_updates(limit: int = FEED_LENGTH) -> Sequence[ImprovementUpdate]:
    """The newest posts with their improvements, for feeds."""
    query = (
        select(ImprovementUpdate)
        .join(ImprovementUpdate.improvement)
        .options(contains_eager(ImprovementUpdate.improvement))
        .order_by(ImprovementUpdate.published_at.desc(), ImprovementUpdate.id.desc())
        .limit(limit)
    )
    return db.session.scalars(query).all()


def shipped() -> list[tuple[date, str]]:
    """What was shipped and when, as customers may read it: day and title, oldest first."""
    query = select(Improvement.stage_since, Improvement.title).where(Improvement.stage == Stage.SHIPPED)
    rows = db.session.execute(query.order_by(Improvement.stage_since, Improvement.id))
    return [(day, title) for day, title in rows if day]


def last_changed() -> datetime | None:
    """When anything that customers may read was changed last."""
    return db.session.scalar(select(func.max(Improvement.changed_at)).where(Improvement.stage.is_not(None)))


def people_by_reason() -> dict[str, int]:
    """How many people who left gave each reason first, over all time: nobody is in two of these numbers."""
    return {row.code: row.people for row in reasons_as_people() if row.code}


def authors(improvement: Improvement) -> dict[UUID, str]:
    """The names of the people who wrote its updates."""
    ids = {update.by_id for update in improvement.updates}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {id: name for id, name in rows}  # noqa: C416 - rows are no pairs to a type checker


def _cursor(text: str) -> tuple[date, UUID]:
    since, last = decode(text, parts=2)
    try:
        return date.fromisoformat(since), UUID(last)
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None
