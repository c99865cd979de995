"""Writes of the mirror and of loss reviews."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite

from survey.access.actions import audit
from survey.access.queries import user
from survey.departures.events import CustomerReached
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import clean, line
from survey.improvements.actions import TITLE_LIMIT, YOU_SAID_LIMIT
from survey.improvements.actions import start as start_improvement
from survey.mirror import queries
from survey.mirror.models import LossDecision, LossReview, MirrorEntry
from survey.mirror.rules import (
    ATTENDEES_LIMIT,
    BY,
    CONVERSATION,
    KINDS,
    LEARNED_LIMIT,
    PLACE_LIMIT,
    WHAT_LIMIT,
    Noted,
    title_from,
)

LEADING = ("admin", "leader")
SPOKEN = ("phone", "visit")  # channels in which one hears the other


def note(noted: Noted, *, leader_id: UUID, today: date) -> MirrorEntry:
    """Keep what a leader noted of one time."""
    if noted.kind not in KINDS or noted.by not in BY:
        raise Refused(_("Choose what you did."))
    if noted.day > today:
        raise Refused(_("This day is yet to come."))
    entry = MirrorEntry(
        leader_id=leader_id, kind=noted.kind, by=noted.by, day=noted.day, place=line(noted.place, limit=PLACE_LIMIT),
        learned=clean(noted.learned, limit=LEARNED_LIMIT).strip(), friction=clean(noted.friction, limit=LEARNED_LIMIT).strip(),
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    return entry


def log_call(user_id: UUID, *, on: date, source: str, learned: str = "") -> bool:
    """Let a call with a customer stand in the caller's mirror by itself, once for its source; only leaders have one."""
    caller = user(user_id)
    if not caller.active or caller.role not in LEADING:
        return False
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    said = clean(learned, limit=LEARNED_LIMIT).strip()
    row = {"id": new_id(), "leader_id": user_id, "kind": CONVERSATION, "day": on, "source": source, "learned": said}
    once = dialect.insert(MirrorEntry).values(row).on_conflict_do_nothing().returning(MirrorEntry.id)
    return db.session.scalar(once) is not None


def log_reached(event: CustomerReached) -> None:
    """Let a talk with somebody who left stand in the mirror of the leader who had it."""
    if event.channel in SPOKEN:
        log_call(event.by, on=event.on, source=f"attempt:{event.attempt_id}")


def take_back(id: UUID, *, leader_id: UUID) -> None:
    """Forget an entry of one's own; an improvement that came of it stays."""
    db.session.delete(_own(id, leader_id))
    db.session.flush()


def make_improvement(id: UUID, *, leader_id: UUID, now: datetime) -> UUID:
    """Begin an improvement with what was learned as its evidence, and return its id; asked again it is the same one."""
    entry = _own(id, leader_id)
    if entry.improvement_id is not None:
        return entry.improvement_id
    if not entry.words:
        raise Refused(_("Nothing was noted that could be improved."))
    title = title_from(entry.friction or entry.learned, TITLE_LIMIT)
    made = start_improvement(title, you_said=entry.words[:YOU_SAID_LIMIT], codes=(), by=leader_id, now=now)
    entry.improvement_id = made.id
    db.session.flush()
    return made.id


def _own(id: UUID, leader_id: UUID) -> MirrorEntry:
    """An entry of this leader; those of others are nobody else's to change."""
    found = queries.entry(id)
    if found is None or found.leader_id != leader_id:
        raise NotFound(_("There is no such entry of yours."))
    return found


# ---- loss reviews -------------------------------------------------------------------------------------------------


def hold(month: date, *, attendees: str, on: date, by: UUID | None, now: datetime) -> LossReview:
    """Note that the losses of a month were looked at, by whom and on which day; noted again it is put right."""
    attendees = line(attendees, limit=ATTENDEES_LIMIT)
    if not attendees:
        raise Refused(_("Say who was there."))
    held = db.session.merge(LossReview(month=month, attendees=attendees, held_on=on, noted_by=by, noted_at=now))
    db.session.flush()
    audit("loss review noted", subject=f"{month:%Y-%m}", user_id=by)
    return held


def decide(month: date, *, what: str, owner_id: UUID, due_on: date, by: UUID | None) -> LossDecision:
    """Record a decision of a review: who does what until when."""
    what = line(what, limit=WHAT_LIMIT)
    if not what:
        raise Refused(_("Say what is to be done."))
    if owner_id not in {one.id for one in queries.colleagues()}:
        raise Refused(_("Choose somebody who works here."))
    decision = LossDecision(month=month, what=what, owner_id=owner_id, due_on=due_on, made_by=by)
    db.session.add(decision)
    db.session.flush()
    audit("loss review decision", subject=what, user_id=by)
    return decision


def mark_done(id: UUID, *, is_done: bool, by: UUID | None, today: date) -> LossDecision:
    """Say that a decision is done, or that it is not after all."""
    decision = queries.decision(id)
    if decision is None:
        raise NotFound(_("There is no such decision."))
    decision.done_on = (decision.done_on or today) if is_done else None
    db.session.flush()
    audit("loss review decision done" if is_done else "loss review decision open again", subject=decision.what, user_id=by)  # fmt: skip
    return decision
