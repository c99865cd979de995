"""Reads about users, links and the audit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from survey.access.models import AuditEntry, Invite, User
from survey.access.rules import Purpose
from survey.foundation.db import db
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.tokens import digest

DEAD_LINK = lazy_gettext(
    "This link was used already, is too old, or was never one. Ask whoever gave it to you for a new one."
)


def users() -> list[User]:
    """Everybody with an account, those who may sign in first, by name."""
    return list(db.session.scalars(select(User).order_by(User.active.desc(), func.lower(User.name), User.email)))


def names_of_users() -> dict[UUID, str]:
    """What everybody with an account is called, by id."""
    return {row.id: row.name or row.email for row in users()}


def user(user_id: UUID) -> User:
    """The user with this id; raises NotFound."""
    found = db.session.get(User, user_id)
    if found is None:
        raise NotFound(_("There is no such person here."))
    return found


def user_by_email(email: str) -> User | None:
    """The user with this address, as `rules.email_address` writes it."""
    return db.session.scalar(select(User).where(User.email == email))


def active_admins() -> Select[UUID]:
    """The ids of admins who can sign in: with a password, and not closed."""
    return select(User.id).where(User.role == "admin", User.active, User.password.is_not(None)).order_by(User.id)


def has_admin() -> bool:
    """Whether the installation has an owner."""
    return db.session.scalar(active_admins().limit(1)) is not None


def open_invite(token: str, purpose: Purpose, *, now: datetime) -> Invite:
    """The link with this token, if it was made for this purpose and can still be used; raises NotFound.

    One sentence for all that is wrong with a link: a stranger learns nothing from it.
    """
    found = db.session.scalar(select(Invite).where(Invite.token_hash == digest(token), Invite.purpose == purpose))
    if found is None or found.used_at is not None or found.expires_at <= now or not _is_wanted(found):
        raise NotFound(DEAD_LINK)
    return found


def invite_to_mail(invite_id: UUID, *, now: datetime) -> Invite | None:
    """The link with this id, where it can still be used."""
    found = db.session.get(Invite, invite_id)
    can_be_used = found is not None and found.used_at is None and found.expires_at > now and _is_wanted(found)
    return found if can_be_used else None


def _is_wanted(invite: Invite) -> bool:
    """Whether what the link is for can still happen: no owner yet, or an account that is not closed."""
    if invite.purpose == "claim":
        return not has_admin()
    owner = db.session.get(User, invite.user_id) if invite.user_id else None
    return owner is not None and owner.active


def newest_audit(limit: int = 12) -> list[tuple[AuditEntry, str | None]]:
    """The newest lines of the audit, each with the name of who did it."""
    rows = db.session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.user_id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    return [(entry, name) for entry, name in rows]


def last_audit(what: str, subject: str) -> tuple[AuditEntry, str | None] | None:
    """The newest line of the audit that says this of this, with the name of who did it."""
    found = db.session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.user_id)
        .where(AuditEntry.what == what, AuditEntry.subject == subject)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None
