"""Writes of priorities."""

from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from survey.access.actions import audit
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import line
from survey.priorities import queries
from survey.priorities.models import Theme
from survey.priorities.rules import SETTLED_LIMIT, WORDS_LIMIT, base_of, due, window


def raise_priorities(today: date) -> int:
    """Make priorities of the reasons that so many people left for by now, and return how many; asked twice it changes nothing."""
    found = queries.losses(*window(today))
    base = base_of(found).controllable
    news = due(found, {theme.code: theme.settled_on for theme in queries.themes() if theme.code})
    return sum(_raise(code, people, base, today) for code, people in news.items())


def _raise(code: str, people: int, base: int, today: date) -> int:
    facts = {"priority_since": today, "people_then": people, "base_then": base}
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    once = dialect.insert(Theme).values(id=new_id(), code=code, **facts).on_conflict_do_nothing().returning(Theme.id)
    if db.session.scalar(once) is not None:
        return 1
    again = update(Theme).where(Theme.code == code, Theme.settled_on.is_not(None))
    anew = {"owner_id": None, "owned_since": None, "due_on": None, "settled_on": None, "settled_words": ""}
    return int(db.session.execute(again.values(**facts, **anew)).rowcount)  # type: ignore[attr-defined]


def add(words: str, *, by: UUID | None, today: date) -> Theme:
    """Make a priority of something that no reason of the taxonomy says."""
    words = line(words, limit=WORDS_LIMIT)
    if not words:
        raise Refused(_("Say in a few words what has to be put right."))
    theme = Theme(words=words, priority_since=today, made_by=by)
    db.session.add(theme)
    db.session.flush()
    audit("priority added", subject=words, user_id=by)
    return theme


def assign(id: UUID, *, owner_id: UUID, due_on: date, by: UUID | None, today: date) -> Theme:
    """Let one leader answer for a priority until a day."""
    theme = _open(id)
    owner = next((one for one in queries.leaders() if one.id == owner_id), None)
    if owner is None:
        raise Refused(_("Only a leader who works here can lead a priority."))
    if theme.owner_id != owner_id:
        theme.owner_id, theme.owned_since = owner_id, today
    theme.owner, theme.due_on = owner, due_on
    db.session.flush()
    audit("priority given to somebody", subject=theme.label, user_id=by, details={"owner": owner.email, "due": str(due_on)})  # fmt: skip
    return theme


def settle(id: UUID, *, words: str, by: UUID | None, today: date) -> Theme:
    """Say that a priority is settled, and why."""
    theme = _open(id)
    words = line(words, limit=SETTLED_LIMIT)
    if not theme.is_owned:
        raise Refused(_("Somebody has to lead it first: a priority is settled by whoever answers for it."))
    if not words:
        raise Refused(_("Say in a sentence why it is settled."))
    theme.settled_on, theme.settled_words = today, words
    db.session.flush()
    audit("priority settled", subject=theme.label, user_id=by)
    return theme


def _open(id: UUID) -> Theme:
    theme = queries.theme(id)
    if theme is None:
        raise NotFound(_("There is no such priority."))
    if theme.settled_on is not None:
        raise Refused(_("It is settled. It comes back by itself if people go on leaving for it."))
    return theme
