"""Writes of marks on the time line."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from survey.foundation.db import db
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import line
from survey.results.models import Mark
from survey.results.rules.marks import KINDS, WORDS_LIMIT


@dataclass(frozen=True)
class Marked:
    """What a mark says: when, what kind of thing, in which words, of which survey (None for all)."""

    day: date
    kind: str
    words: str
    survey_id: UUID | None = None


def add_mark(marked: Marked, *, by: UUID | None, now: datetime) -> Mark:
    """Put a mark on the time line."""
    mark = Mark(made_by=by, made_at=now)
    _say(mark, marked)
    db.session.add(mark)
    db.session.flush()
    return mark


def edit_mark(id: UUID, marked: Marked) -> None:
    """Change what a mark says."""
    _say(_find(id), marked)
    db.session.flush()


def remove_mark(id: UUID, *, by: UUID | None, now: datetime) -> Mark:
    """Take a mark off the time line; it can be put back."""
    mark = _find(id)
    if mark.removed_at is None:
        mark.removed_by, mark.removed_at = by, now
    db.session.flush()
    return mark


def put_mark_back(id: UUID) -> Mark:
    """Put a mark back that was removed."""
    mark = _find(id)
    mark.removed_by = mark.removed_at = None
    db.session.flush()
    return mark


def _say(mark: Mark, marked: Marked) -> None:
    words = line(marked.words, limit=WORDS_LIMIT)
    if not words:
        raise Refused(_("Say in a few words what happened."))
    if marked.kind not in KINDS:
        raise Refused(_("Choose from the list what kind of thing happened."))
    mark.day, mark.kind, mark.words, mark.survey_id = marked.day, marked.kind, words, marked.survey_id


def _find(id: UUID) -> Mark:
    mark = db.session.get(Mark, id)
    if mark is None:
        raise NotFound(_("This mark does not exist."))
    return mark
