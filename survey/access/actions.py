"""Changes to users, links and the audit; each is written down in the audit by the one who does it."""

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import update

from survey.access.models import AuditEntry, User
from survey.access.rules import email_address
from survey.foundation.db import db
from survey.foundation.errors import NotFound, Refused


def audit(what: str, *, subject: str = "", user_id: UUID | None, details: dict[str, object] | None = None) -> None:
    """Add a line to the audit: what was done to what, by whom (None: from the command line or by a link)."""
    db.session.add(AuditEntry(what=what, subject=subject[:200], user_id=user_id, details=details or {}))


def create_user(email: str, *, name: str, role: str, password_hash: str | None = None, by: UUID | None = None) -> User:
    """Add a user; one without a password can sign in only after they followed a link. Refuses an address that is taken."""
    address = email_address(email)
    if address is None:
        raise Refused("This is not an e-mail address.")
    if db.session.query(User.id).filter_by(email=address).first():
        raise Refused(f"There is an account for {address} already.")
    user = User(email=address, name=name, role=role, password=password_hash, fs_uniquifier=secrets.token_hex(32))
    db.session.add(user)
    db.session.flush()
    audit("user added", subject=address, user_id=by, details={"role": role})
    return user


def end_sessions(user_id: UUID) -> None:
    """Make every session of a user worthless, wherever its cookie is."""
    db.session.execute(update(User).where(User.id == user_id).values(fs_uniquifier=secrets.token_hex(32)))


def keep(user_id: UUID, **columns: Any) -> None:
    """Store columns of a user that signing in, or choosing another password, changed."""
    if db.session.get(User, user_id) is None:
        raise NotFound("There is no such person here.")
    db.session.execute(update(User).where(User.id == user_id).values(**columns))
    if "fs_uniquifier" in columns:
        audit("password changed", user_id=user_id)
