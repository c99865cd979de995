"""Notices for tests: let the worker do its jobs, tell somebody something, see what stands."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from survey import reactions
from survey.access.models import User
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.jobs import drain
from survey.letters.models import Letter
from survey.notices import actions
from survey.notices.actions import News
from survey.notices.models import Notice


def work() -> None:
    """Do what the worker finds to do; no sweep runs."""
    drain(reactions.JOBS)


def notices_of(user: User) -> list[Notice]:
    """What somebody was told, the newest first, as it stands now."""
    db.session.rollback()
    mine = select(Notice).where(Notice.user_id == user.id).order_by(Notice.at.desc(), Notice.id.desc())
    return list(db.session.scalars(mine))


def told(user: User) -> list[tuple[str, int]]:
    """What somebody was told: kind and how many."""
    return [(one.kind, one.many) for one in notices_of(user)]


def tell(kind: str = "low_score", *, many: int = 1, only: User | None = None, once: str = "", **said: Any) -> None:
    """Tell everybody who may see it, or one person, something."""
    facts = {"survey": "The autumn survey", "day": now().date().isoformat(), **said}
    news = News(kind, once or f"{kind}:{now().isoformat()}", "/lost", facts, many, only.id if only else None)
    write(lambda: actions.tell(news, now=now()))


def letters_of(user: User, kind: str = "notices") -> list[Letter]:
    """The letters that were posted to somebody, the oldest first."""
    db.session.rollback()
    mine = select(Letter).where(Letter.user_id == user.id, Letter.kind == kind).order_by(Letter.id)
    return list(db.session.scalars(mine))


MINUTE = timedelta(minutes=1)
