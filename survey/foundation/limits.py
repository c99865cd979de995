"""Rate limits: counted in the database, so that several web processes count together; in Redis when that is set."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage
from sqlalchemy import String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from survey.foundation.clock import now
from survey.foundation.db import Model, Moment, db, write

limiter = Limiter(key_func=get_remote_address, default_limits=[], headers_enabled=False)


def init_app(app: Flask) -> None:
    """Attach the limits; they stand on single views, whose decorator counts, so that no other request looks for any."""
    limiter.init_app(app)
    hooks: tuple[dict[Any, list[Any]], ...] = (
        app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs,
    )  # fmt: skip
    for functions in hooks:
        functions[None] = [one for one in functions[None] if not _is_the_limiters(one)]


def _is_the_limiters(function: Any) -> bool:
    """Whether the limiter asked to be called at every request."""
    return limiter in (getattr(function, "__self__", None), *getattr(function, "args", ()))


class RateCount(Model):
    """How often a key was used in its present window."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


class DatabaseStorage(Storage):
    """The `limits` storage on our own table; exact under concurrency, since each count is one upsert."""

    STORAGE_SCHEME = ["hearback"]
    base_exceptions = ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one use of a key and return how many there were in its window of expiry seconds."""
        return write(lambda: _count(key, timedelta(seconds=expiry), amount))

    def get(self, key: str) -> int:
        """How often the key was used in its present window."""
        row = db.session.get(RateCount, key)
        return row.count if row and row.ends_at > now() else 0

    def get_expiry(self, key: str) -> float:
        """When the key's window ends, as seconds since 1970."""
        row = db.session.get(RateCount, key)
        return row.ends_at.timestamp() if row else now().timestamp()

    def check(self) -> bool:
        """Whether the storage can be reached."""
        return True

    def reset(self) -> int:
        """Forget all counts."""
        return write(lambda: db.session.execute(delete(RateCount)).rowcount)  # type: ignore[attr-defined, no-any-return]

    def clear(self, key: str) -> None:
        """Forget one key."""
        write(lambda: db.session.execute(delete(RateCount).where(RateCount.key == key)))


def _count(key: str, window: timedelta, amount: int) -> int:
    moment = now()
    db.session.execute(delete(RateCount).where(RateCount.ends_at <= moment))
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    upsert = dialect.insert(RateCount).values(key=key, count=amount, ends_at=moment + window)
    db.session.execute(
        upsert.on_conflict_do_update(index_elements=["key"], set_={"count": RateCount.count + upsert.excluded.count})
    )
    return db.session.scalar(select(RateCount.count).where(RateCount.key == key)) or amount
