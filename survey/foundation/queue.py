"""The queue that wakes the worker: huey on a SQLite file of its own, on PostgreSQL or on Redis, whichever is set."""

from collections.abc import Callable
from pathlib import Path

import structlog
from huey import PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.api import Huey

log = structlog.get_logger()


def make_queue(instance: Path, *, database_url: str, redis_url: str | None) -> Huey:
    """Return the huey for this installation; its tasks carry nothing, so that losing one loses nothing."""
    if redis_url:
        return RedisHuey("hearback", url=redis_url, results=False)
    if database_url.startswith("postgresql"):
        return PostgresHuey("hearback", dsn=database_url.replace("+psycopg", ""), results=False)
    return SqliteHuey("hearback", filename=str(instance / "queue.sqlite3"), results=False)


def add_tasks(queue: Huey, drain: Callable[[], None], beat: Callable[[], None]) -> Callable[[float], None]:
    """Register what the worker does, and return the function that wakes it after so many seconds."""

    @queue.task()  # type: ignore[untyped-decorator]
    def work_off() -> None:
        drain()

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
    def sweep() -> None:
        beat()
        drain()

    def wake(delay: float) -> None:
        try:
            work_off.schedule(delay=delay)
        except Exception as error:  # the sweep finds the job within a minute: an answer is never refused for this
            log.warning("could not wake the worker", error=repr(error))

    return wake


def run_worker(queue: Huey, first: Callable[[], None]) -> None:
    """Run the worker in this process until SIGTERM; the task at hand is finished first."""
    first()
    queue.create_consumer(
        workers=1, periodic=True, initial_delay=0.1, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=20
    ).run()
