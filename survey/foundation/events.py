"""Events: a room says what happened; `reactions.py` names, in two dicts, what follows from it.

NOW functions run in the same transaction and may only write rows. AFTER entries become job rows for the worker.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from survey.foundation import jobs

Reaction = Callable[[Any], None]


@dataclass(frozen=True)
class Later:
    """A job that an event leaves behind: its kind, and the id it is about (None: nothing to do this time)."""

    job: str
    subject: Callable[[Any], UUID | None]


_now: dict[type, Sequence[Reaction]] = {}
_after: dict[type, Sequence[Later]] = {}


def connect(now: Mapping[type, Sequence[Reaction]], after: Mapping[type, Sequence[Later]]) -> None:
    """Install the switchboard; called once by `create_app`."""
    _now.clear()
    _now.update(now)
    _after.clear()
    _after.update(after)


def emit(event: object) -> None:
    """Run what follows an event now, and leave job rows for what follows later, all in the present transaction."""
    for react in _now.get(type(event), ()):
        react(event)
    for later in _after.get(type(event), ()):
        subject = later.subject(event)
        if subject is not None:
            jobs.add(later.job, subject)
