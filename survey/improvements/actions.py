"""Writes of improvements."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import clean, line
from survey.improvements.models import Improvement, ImprovementReason, ImprovementUpdate
from survey.improvements.rules.addresses import slug
from survey.improvements.rules.stages import STAGE_WORDS, words_missing
from survey.reasons.rules import REASONS

TITLE_LIMIT = 160
YOU_SAID_LIMIT = 1_000
WORDS_LIMIT = 10_000


def start(title: str, *, you_said: str, codes: Iterable[str], by: UUID | None, now: datetime) -> Improvement:
    """Begin an improvement that answers reasons; it stays hidden from customers until its first update."""
    title = _title(title)
    improvement = Improvement(
        slug=_free_slug(title), title=title, you_said=_you_said(you_said), created_by=by, created_at=now, changed_at=now
    )
    improvement.reasons = [ImprovementReason(code=code) for code in _known(codes)]
    db.session.add(improvement)
    db.session.flush()
    return improvement


def edit(improvement: Improvement, *, title: str, you_said: str, codes: Iterable[str], now: datetime) -> None:
    """Change the words and reasons of an improvement; its address and its updates stay as they are."""
    improvement.title, improvement.you_said = _title(title), _you_said(you_said)
    wanted = _known(codes)
    kept = [reason for reason in improvement.reasons if reason.code in wanted]
    added = [ImprovementReason(code=code) for code in wanted if code not in improvement.codes]
    improvement.reasons = kept + added
    improvement.changed_at = now
    db.session.flush()


def post_update(
    improvement: Improvement, *, stage: str, words: str, by: UUID | None, now: datetime, on: date
) -> ImprovementUpdate:
    """Tell customers how far it is; `on` is the organisation's day. The first update publishes the improvement."""
    if stage not in STAGE_WORDS:
        raise Refused(_("Choose one of the four stages."))
    if problem := words_missing(stage, words):
        raise Refused(problem)
    words = clean(words, limit=WORDS_LIMIT).strip()
    newest = improvement.newest_update
    if newest is not None and (newest.stage, newest.words) == (stage, words):
        return newest  # the same form, sent twice
    if improvement.stage != stage:
        improvement.stage, improvement.stage_since = stage, on
    improvement.changed_at = now
    update = ImprovementUpdate(stage=stage, words=words, published_at=now, by_id=by)
    improvement.updates.insert(0, update)
    db.session.flush()
    return update


def _title(title: str) -> str:
    title = line(title, limit=TITLE_LIMIT)
    if not title:
        raise Refused(_("An improvement needs a title."))
    return title


def _you_said(words: str) -> str:
    return clean(words, limit=YOU_SAID_LIMIT).strip()


def _known(codes: Iterable[str]) -> list[str]:
    """The codes once each, in the order of the taxonomy; raises Refused for one that it does not have."""
    wanted = set(codes)
    if unknown := wanted - REASONS.keys():
        raise Refused(_("There is no reason “%(code)s”.", code=min(unknown)))
    return [code for code in REASONS if code in wanted]


def _free_slug(title: str) -> str:
    stem = slug(title)
    return slug(title, taken=set(db.session.scalars(select(Improvement.slug).where(Improvement.slug.startswith(stem)))))
