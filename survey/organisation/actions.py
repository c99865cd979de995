"""Changes to the organisation."""

import hashlib
import secrets
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import update

from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.events import emit
from survey.organisation.events import SettingsChanged
from survey.organisation.models import Organisation
from survey.organisation.queries import organisation
from survey.organisation.rules import Settings, accent_problem, mark_problem, picture_type


def change(settings: Settings, *, by: UUID | None) -> None:
    """Store the settings; refuses an accent that cannot be read."""
    if problem := accent_problem(settings.accent):
        raise Refused(problem)
    values: dict[str, Any] = asdict(settings) | {"languages": list(settings.languages)}
    _store(values, by=by)


def set_mark(content: bytes, *, by: UUID | None) -> None:
    """Store a picture as the organisation's mark; refuses what is too large or no picture that we take."""
    if problem := mark_problem(content):
        raise Refused(problem)
    version = hashlib.sha256(content).hexdigest()[:16]
    _store({"mark": content, "mark_type": picture_type(content), "mark_version": version}, by=by)


def remove_mark(*, by: UUID | None) -> None:
    """Let Hearback's own mark stand in again."""
    _store({"mark": None, "mark_type": None, "mark_version": None}, by=by)


def draw_salt() -> None:
    """Draw the salt of the hashes of addresses, where there is none yet; two at once agree on one."""
    owner = organisation()
    if owner.letter_salt is None:
        db.session.add(owner)
        db.session.flush()  # the row itself may be new
        undrawn = Organisation.id == owner.id, Organisation.letter_salt.is_(None)
        db.session.execute(update(Organisation).where(*undrawn).values(letter_salt=secrets.token_bytes(32)))
        db.session.refresh(owner, ["letter_salt"])


def _store(values: dict[str, Any], *, by: UUID | None) -> None:
    """Write what differs, and say so once."""
    row = organisation()
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    db.session.add(row)
    db.session.flush()
    emit(SettingsChanged(by=by, what=changed))


def hold_out(percent: int, *, by: UUID | None) -> None:
    """Let so many of a hundred new cases be left alone, to see how many people come back unasked."""
    _store({"hold_out_percent": percent}, by=by)
