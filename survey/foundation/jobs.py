"""Jobs: rows written in the transaction of what caused them, worked off afterwards by the worker.

The row is the truth. huey only wakes the worker (its task carries nothing); a sweep every minute finds what a lost
wake-up left behind. A claimed job is leased; a worker that dies gives it back when the lease ends, so a job may run
twice and must be harmless when it does. Done jobs are deleted: nothing stays that could tell when an answer came.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import cast
from uuid import UUID

import structlog
from sqlalchemy import Index, String, Table, Text, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from survey.foundation.clock import now
from survey.foundation.db import Model, Moment, db, note_job, random_id, write
from survey.foundation.statements import Statement

Work = Callable[[Sequence[UUID]], None]

BATCH = 200
LEASE = timedelta(minutes=5)
ATTEMPTS = 8
BEAT_SECONDS = 20
log = structlog.get_logger()


class Job(Model):
    """One thing to do after commit: what kind, and the id of the row it is about."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "run_after", "lease_until"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=random_id)
    kind: Mapped[str] = mapped_column(String(50))
    subject: Mapped[UUID]
    run_after: Mapped[datetime] = mapped_column(Moment, default=now)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)


ADD = Statement(cast(Table, Job.__table__).insert())


class Heartbeat(Model):
    """When a worker was last alive; /readyz looks at it."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(50), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


def add(kind: str, subject: UUID) -> None:
    """Leave a job row in the present transaction. It tells the day alone: its subject may be an anonymous answer."""
    ADD.append({"id": random_id(), "kind": kind, "subject": subject, "run_after": _day(), "attempts": 0})
    note_job()


def _day() -> datetime:
    """The beginning of this day."""
    return now().replace(hour=0, minute=0, second=0, microsecond=0)


def waiting() -> int:
    """How many jobs wait or are being worked on (failed ones that gave up are not counted)."""
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.attempts < ATTEMPTS)) or 0


def failed() -> Sequence[Job]:
    """The jobs that were given up after too many attempts, with their errors."""
    return db.session.scalars(select(Job).where(Job.attempts >= ATTEMPTS).order_by(Job.id).limit(100)).all()


def drain(functions: Mapping[str, Work]) -> int:
    """Work off every due job, batch by batch; return how many were done. Safe to run in several processes at once."""
    done = 0
    while claimed := write(_claim):
        for kind, group in groupby(sorted(claimed, key=attrgetter("kind")), key=attrgetter("kind")):
            done += _do(functions[kind], list(group))
    return done


def _claim() -> list[Job]:
    moment = now()
    free = or_(Job.lease_until.is_(None), Job.lease_until < moment)
    due = (
        select(Job.id)
        .where(Job.run_after <= moment, free, Job.attempts < ATTEMPTS)
        .order_by(Job.run_after, Job.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    lease = (
        update(Job).where(Job.id.in_(due)).values(lease_until=moment + LEASE, attempts=Job.attempts + 1).returning(Job)
    )
    return list(db.session.scalars(lease))


def _do(work: Work, batch: list[Job]) -> int:
    """Run one kind's jobs together; when that fails, one by one, so that a bad one does not hold up the others."""
    try:
        work([job.subject for job in batch])
    except Exception as error:
        if len(batch) > 1:
            return sum(_do(work, [job]) for job in batch)
        _put_back(batch[0], error)
        return 0
    write(lambda: db.session.execute(delete(Job).where(Job.id.in_([job.id for job in batch]))))
    return len(batch)


def _put_back(job: Job, error: Exception) -> None:
    # Logs tell moments, and an anonymous answer must not stand beside one: the job names it as long as it is there.
    log.error("job failed", kind=job.kind, job=str(job.id), attempt=job.attempts, error=repr(error))
    is_given_up = job.attempts >= ATTEMPTS
    later = {
        "lease_until": None,
        "run_after": _day() if is_given_up else now() + timedelta(seconds=15 * 2**job.attempts),
        "error": repr(error)[:500],
    }
    write(lambda: db.session.execute(update(Job).where(Job.id == job.id).values(later)))


def beat(name: str = "worker") -> None:
    """Say that the worker is alive."""
    write(lambda: db.session.merge(Heartbeat(name=name, at=now())))


def last_beat(name: str = "worker") -> datetime | None:
    """When the worker was last alive, or None if it never was."""
    heartbeat = db.session.get(Heartbeat, name)
    return heartbeat.at if heartbeat else None


class Bell:
    """Rings for the worker at most once a second: a commit shortly before a ring already under way needs none of its own.

    One thread does the ringing, so that no request waits for the queue and the queue needs one connection a process.
    """

    def __init__(self, ring: Callable[[float], None], *, delay: float = 1.0) -> None:
        self.ring, self.delay, self.next = ring, delay, 0.0
        self.hand = ThreadPoolExecutor(1, thread_name_prefix="bell")

    def __call__(self) -> None:
        moment = time.monotonic()
        if moment >= self.next:
            self.next = moment + self.delay
            self.hand.submit(self.ring, self.delay)
