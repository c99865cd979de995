"""What the team did with comments, and what can be done: whose they are, what was noted, who has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for

from survey.access.models import User
from survey.access.queries import users
from survey.foundation.language import gettext as _
from survey.foundation.language import moment_words
from survey.foundation.web import TEAM
from survey.organisation.queries import organisation
from survey.responses.rules import sees_single_answers
from survey.text.models import Comment, Handling, Note
from survey.text.queries import handling_of, notes_of, read_among

NOTHING = Handling()


@dataclass(frozen=True)
class NoteLine:
    """One note: what it says, who wrote it, when; one that was taken back says nothing any more."""

    id: UUID
    words: str
    who: str
    when: str
    is_mine: bool


@dataclass(frozen=True)
class Desk:
    """What stands below a comment for those who work on it; where only groups are shown, that it was read and nothing else."""

    id: UUID
    is_read: bool
    is_open: bool  # single answers may be seen, and worked on
    is_pinned: bool
    is_answered: bool
    assigned_to: str
    states: Sequence[str]
    notes: Sequence[NoteLine]
    person: tuple[str, str] | None
    response_id: UUID


def desks(comments: Sequence[Comment], user_id: UUID) -> dict[UUID, Desk]:
    """What stands below these comments."""
    ids = [comment.id for comment in comments]
    handlings, notes, read = handling_of(ids), notes_of(ids), read_among(ids, user_id)
    return {
        comment.id: _desk(
            comment, handlings.get(comment.id, NOTHING), notes.get(comment.id, ()), user_id, is_read=comment.id in read
        )
        for comment in comments
    }


def _desk(comment: Comment, done: Handling, notes: Sequence[Note], user_id: UUID, *, is_read: bool) -> Desk:
    person = comment.response.person
    return Desk(
        id=comment.id,
        is_read=is_read,
        is_open=sees_single_answers(comment.response.survey.privacy),
        is_pinned=done.pinned_at is not None,
        is_answered=done.answered_at is not None,
        assigned_to=str(done.assigned_to or ""),
        states=[words for words in (_read_words(is_read), *_states(done)) if words],
        notes=[_line(note, user_id) for note in notes],
        person=(person.shown_name, url_for("departures.person", id=person.id)) if person else None,
        response_id=comment.response_id,
    )


def _read_words(is_read: bool) -> str:
    return _("read") if is_read else ""


def _states(done: Handling) -> list[str]:
    """What was done, in words."""
    return [
        _("pinned") if done.pinned_at else "",
        _("given to %(person)s", person=_name(done.assignee)) if done.assigned_to else "",
        _("answered by %(person)s, %(when)s", person=_name(done.answerer), when=_when(done.answered_at)) if done.answered_at else "",
    ]  # fmt: skip


def _line(note: Note, user_id: UUID) -> NoteLine:
    words = "" if note.taken_back_at else note.text
    is_mine = note.written_by == user_id and not note.taken_back_at
    return NoteLine(note.id, words, _name(note.person), _when(note.written_at), is_mine)


def _when(moment: datetime) -> str:
    return moment_words(moment, organisation().time_zone)


def _name(user: User | None) -> str:
    return user.name if user else _("somebody")


def team_options() -> list[tuple[str, str]]:
    """Who a comment can be given to."""
    return [("", _("Nobody")), *((str(user.id), user.name) for user in users() if user.active and user.role in TEAM)]
