"""Changes to the taxonomy: each makes a new version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from survey.foundation.db import db
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.reasons import queries
from survey.reasons.events import TaxonomyChanged
from survey.reasons.models import ReasonWords, TaxonomyVersion
from survey.reasons.rules import edits, words_key
from survey.reasons.rules.edits import Edited

WORDS_LIMIT = 200  # words of a reason that can be given a meaning


def edit(code: str, wanted: Edited, *, by: UUID | None, now: datetime) -> int:
    """Word a reason otherwise, or read it by other phrases; return the number of the version in force then."""
    _known(code)
    _number, changes = queries.changes_in_force()
    return _keep(edits.edited(changes, code, wanted), by=by, now=now)


def add(level: str, wanted: Edited, *, by: UUID | None, now: datetime) -> str:
    """Add a reason to a group and return its code, which nothing ever had."""
    code = edits.next_code(queries.taxonomy(), level)
    _number, changes = queries.changes_in_force()
    _keep(edits.edited(changes, code, wanted), by=by, now=now)
    return code


def retire(code: str, *, by: UUID | None, now: datetime) -> int:
    """Give a reason no more; it stays on the history that has it."""
    return _set_retired(code, is_retired=True, by=by, now=now)


def bring_back(code: str, *, by: UUID | None, now: datetime) -> int:
    """Give a retired reason again."""
    return _set_retired(code, is_retired=False, by=by, now=now)


def _set_retired(code: str, *, is_retired: bool, by: UUID | None, now: datetime) -> int:
    _known(code)
    _number, changes = queries.changes_in_force()
    return _keep(edits.retired(changes, code, is_retired=is_retired), by=by, now=now)


def _known(code: str) -> None:
    if code not in queries.taxonomy().reasons:
        raise NotFound(_("There is no such reason."))


def _keep(changes: Mapping[str, Any], *, by: UUID | None, now: datetime) -> int:
    """Store the changes as a new version, where they differ from those in force."""
    number, in_force = queries.changes_in_force()
    if changes == in_force:
        return number
    before, after = queries.taxonomy(), edits.taxonomy_of(number + 1, changes)
    db.session.add(TaxonomyVersion(number=number + 1, changes=dict(changes), made_at=now, made_by=by))
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(_("Somebody else changed the reasons just now. Look at them and save again.")) from None
    db.session().info.pop("taxonomy", None)
    emit(TaxonomyChanged(number + 1, edits.reads_otherwise(before, after)))
    return number + 1


def choose_words(wanted: Mapping[str, str | None], *, by: UUID | None, now: datetime) -> dict[str, str | None]:
    """Say what words mean here, code by words; None takes a choice back. Return what changed, code by the words' key.

    A code must be in use: a retired one is given no more. Emits nothing: what stands already is coded by who keeps it.
    """
    active = queries.taxonomy().active
    chosen = {words_key(words): (words.strip(), code) for words, code in wanted.items()}
    known, changed = queries.words_meant(chosen), {}
    for key, (words, code) in chosen.items():
        before = known.get(key)
        if not key or len(key) > WORDS_LIMIT or len(words) > WORDS_LIMIT:
            raise Refused(_("These words are too many, or none: “%(words)s”.", words=words[:60]))
        if code is not None and code not in active:
            raise Refused(_("There is no reason “%(code)s” that can be given.", code=code))
        if code != (before.code if before else None):
            _keep_words(before, key, words, code, by=by, now=now)
            changed[key] = code
    db.session.flush()
    db.session().info.pop("reason_words", None)
    return changed


def _keep_words(
    before: ReasonWords | None, key: str, words: str, code: str | None, *, by: UUID | None, now: datetime
) -> None:
    if before is not None and code is None:
        db.session.delete(before)
    elif before is not None and code is not None:
        before.code, before.made_at, before.made_by = code, now, by
    elif code is not None:
        db.session.add(ReasonWords(key=key, words=words, code=code, made_at=now, made_by=by))
