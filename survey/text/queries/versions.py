"""Reads about versions of the reader: which one is used, which are tried, and what each of them applies."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.reasons.queries import taxonomy
from survey.text.models import Comment, ReaderVersion, ReasonModel
from survey.text.rules.tagging import SHIPPED_TAGGER, Tagger

USED = ("applying", "applied")


def version_in_use() -> ReaderVersion | None:
    """The version that reads new comments; None before anything was tried: then what comes with the product reads."""
    query = select(ReaderVersion).where(ReaderVersion.state.in_(USED)).order_by(ReaderVersion.applied_at.desc())
    return db.session.scalars(query.limit(1)).first()


def tagger_in_use() -> Tagger:
    """What finds reasons in new comments."""
    version = version_in_use()
    return tagger_of(version) if version else SHIPPED_TAGGER


def tagger_of(version: ReaderVersion) -> Tagger:
    """What finds reasons in this version."""
    return Tagger(taxonomy(version.taxonomy), version.model, _model_value(version.model))


def _model_value(number: int | None) -> dict[str, Any] | None:
    row = db.session.get(ReasonModel, number) if number is not None else None
    return row.value if row else None


def reader_versions() -> Sequence[ReaderVersion]:
    """Every version, newest first."""
    query = select(ReaderVersion).options(joinedload(ReaderVersion.person)).order_by(ReaderVersion.number.desc())
    return db.session.scalars(query).all()


def reader_version(id: UUID) -> ReaderVersion:
    """One version; raises NotFound."""
    found = db.session.get(ReaderVersion, id)
    if found is None:
        raise NotFound(_("There is no such version."))
    return found


def newest_model() -> ReasonModel | None:
    """What was learned last."""
    return db.session.scalars(select(ReasonModel).order_by(ReasonModel.number.desc()).limit(1)).first()


def last_number() -> int:
    """The number of the newest version; 0 where there is none."""
    return db.session.scalar(select(func.max(ReaderVersion.number))) or 0


def responses_read(limit: int, *, after: UUID | None) -> list[UUID]:
    """Responses whose comments were read, in the order of their ids; the next ones follow the last of these."""
    query = select(Comment.response_id).where(Comment.sentiment.is_not(None)).distinct()
    if after:
        query = query.where(Comment.response_id > after)
    return list(db.session.scalars(query.order_by(Comment.response_id).limit(limit)))


def count_responses_read() -> int:
    """How many responses have comments that were read."""
    query = select(func.count(Comment.response_id.distinct())).where(Comment.sentiment.is_not(None))
    return db.session.scalar(query) or 0


def any_reader() -> str | None:
    """The reader that read the oldest comment; None where nothing was read."""
    return db.session.scalar(select(Comment.reader).where(Comment.reader.is_not(None)).order_by(Comment.id).limit(1))
