"""Versions of the reader: learned, tried on everything, used or left; and everything read again, batch by batch.

A batch is kept in one transaction with how far it came. Whoever is killed loses the batch at hand and nothing else; whoever
comes later and finds that another went on does nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from survey.foundation import jobs
from survey.foundation.db import db, new_id
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.reasons.events import TaxonomyChanged
from survey.reasons.queries import changes_in_force
from survey.text import queries
from survey.text.actions.reading import Readings, mark_all_read
from survey.text.models import ReaderVersion, ReasonModel
from survey.text.rules import READER_VERSION
from survey.text.rules.trials import Compared, Trial, added

OPEN = ("trying", "tried")


def propose(why: str, *, now: datetime, model: int | None = None) -> ReaderVersion:
    """Try the newest of everything on all comments; a version that was tried before and not used is left."""
    used = queries.version_in_use() or _as_it_came(now)
    db.session.execute(update(ReaderVersion).where(ReaderVersion.state.in_(OPEN)).values(state="left"))
    version = ReaderVersion(
        id=new_id(), number=queries.last_number() + 1, taxonomy=changes_in_force()[0], reader=READER_VERSION,
        model=model if model is not None else used.model, why=why, state="trying", made_at=now, done=0,
        total=queries.count_responses_read(), found=asdict(Trial()),
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    jobs.add("try_version", version.id)
    return version


def _as_it_came(now: datetime) -> ReaderVersion:
    """The version that has been reading so far: what comes with the product."""
    version = ReaderVersion(
        id=new_id(), number=queries.last_number() + 1, taxonomy=1, reader=queries.any_reader() or READER_VERSION,
        model=None, why="first", state="applied", made_at=now, applied_at=now, done=0, total=0, found={},
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def propose_for_taxonomy(event: TaxonomyChanged) -> None:
    """Try the changed reasons where comments may get others by them."""
    if event.reads_otherwise:
        jobs.add("propose_version", new_id())


def keep_model(value: Mapping[str, Any], *, corrections: int, taxonomy: int, now: datetime) -> int:
    """Keep what was learned and return its number."""
    newest = queries.newest_model()
    number = newest.number + 1 if newest else 1
    db.session.add(
        ReasonModel(number=number, value=dict(value), corrections=corrections, taxonomy=taxonomy, made_at=now)
    )
    db.session.flush()
    return number


def keep_trial(
    version_id: UUID, compared: Sequence[Compared], *, responses: Sequence[UUID], after: UUID | None
) -> bool:
    """Add a batch to what a trial found; no responses: it is at its end. False where somebody else went on."""
    version = _at(version_id, "trying", after)
    if version is None:
        return False
    if not responses:
        version.state = "tried"
        return False
    version.found = asdict(added(Trial.of(version.found), compared))
    _go_on(version, responses)
    return True


def keep_applied(
    version_id: UUID, readings: Mapping[UUID, Readings], *, responses: Sequence[UUID], after: UUID | None, now: datetime
) -> bool:
    """Keep a batch of what a version in use reads in all comments; no responses: it is at its end."""
    version = _at(version_id, "applying", after)
    if version is None:
        return False
    if not responses:
        version.state = "applied"
        return False
    mark_all_read(readings, now=now)
    _go_on(version, responses)
    return True


def _at(version_id: UUID, state: str, after: UUID | None) -> ReaderVersion | None:
    """The version, held until commit, where it stands exactly there."""
    held = select(ReaderVersion).where(ReaderVersion.id == version_id).with_for_update()
    version = db.session.scalar(held)
    return version if version and version.state == state and version.last_response == after else None


def _go_on(version: ReaderVersion, responses: Sequence[UUID]) -> None:
    version.last_response = responses[-1]
    version.done += len(responses)


def use(version_id: UUID, *, by: UUID | None, now: datetime) -> None:
    """Read with this version from now on, and read everything again with it; going back to an earlier one is the same."""
    version = queries.reader_version(version_id)
    used = queries.version_in_use()
    if version.state in ("trying", "applying") or (used is not None and used.id == version.id):
        raise Refused(_("This version is being tried or used already."))
    db.session.execute(update(ReaderVersion).where(ReaderVersion.state.in_(queries.USED)).values(state="replaced"))
    version.state, version.applied_at, version.applied_by = "applying", now, by
    version.last_response, version.done, version.total = None, 0, queries.count_responses_read()
    db.session.flush()
    jobs.add("apply_version", version.id)


def leave(version_id: UUID) -> None:
    """Do not use a version that was tried."""
    version = queries.reader_version(version_id)
    if version.state not in OPEN:
        raise Refused(_("This version is in use or was left already."))
    version.state = "left"
