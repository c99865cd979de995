"""Changes to users, links and the audit; each leaves a line in the audit with the name of who did it."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from survey.access import queries
from survey.access.events import LinkMade
from survey.access.models import AuditEntry, Invite, User
from survey.access.rules import LIFETIMES, ROLE_WORDS, ROLES, Purpose, email_address
from survey.foundation.clock import now as present
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.tokens import digest, new_token
from survey.organisation.events import SettingsChanged

LAST_ADMIN = lazy_gettext(
    "This is the last admin. Make somebody else an admin first, so that someone can still change these settings."
)


def audit(what: str, *, subject: str = "", user_id: UUID | None, details: Mapping[str, object] | None = None) -> None:
    """Add a line to the audit: what was done to what, by whom (None: from the command line)."""
    db.session.add(
        AuditEntry(what=what, subject=subject[:200], user_id=user_id, details=dict(details or {}), at=present())
    )


def audit_settings(event: SettingsChanged) -> None:
    """Note who changed which settings."""
    audit("changed the settings:", subject=", ".join(name.replace("_", " ") for name in event.what), user_id=event.by)


# ---- users --------------------------------------------------------------------------------------------------------


def create_user(email: str, *, name: str, role: str, password_hash: str | None = None, by: UUID | None = None) -> User:
    """Add a user; one without a password can sign in only after following a link. Refuses an address that is taken."""
    user = _add_user(email, name=name, role=role, password_hash=password_hash)
    audit(f"added {ROLE_WORDS[role]}:", subject=user.email, user_id=by)
    return user


def _add_user(email: str, *, name: str, role: str, password_hash: str | None) -> User:
    address = email_address(email)
    if address is None:
        raise Refused(_("This is not an e-mail address."))
    if queries.user_by_email(address):
        raise Refused(_("There is an account for %(address)s already.", address=address))
    user = User(email=address, name=name, role=_role(role), password=password_hash, fs_uniquifier=_new_sessions())
    db.session.add(user)
    db.session.flush()
    return user


def _role(role: str) -> str:
    if role not in ROLES:
        raise Refused(_("A role is one of %(roles)s.", roles=", ".join(ROLES)))
    return role


def _new_sessions() -> str:
    """What every session names its user by: whoever holds the old value is signed out."""
    return secrets.token_hex(32)


def change_role(user: User, role: str, *, by: UUID | None) -> None:
    """Give a user another role, from the next request on; refuses to demote the last admin."""
    if user.role == _role(role):
        return
    _keep_an_admin(user)
    user.role, user.fs_uniquifier = role, _new_sessions()
    audit(f"made {ROLE_WORDS[role]} of", subject=user.email, user_id=by)


def disable(user: User, *, by: UUID | None) -> None:
    """Close an account from the next request on, with its sessions and open links; refuses to close the last admin's."""
    if not user.active:
        return
    _keep_an_admin(user)
    user.active, user.fs_uniquifier = False, _new_sessions()
    _drop_links(user)
    audit("closed the account of", subject=user.email, user_id=by)


def enable(user: User, *, by: UUID | None) -> None:
    """Open an account again; the password is the old one."""
    if user.active:
        return
    user.active = True
    audit("opened again the account of", subject=user.email, user_id=by)


def _keep_an_admin(user: User) -> None:
    """Refuse to take away the last admin who can sign in; locks their rows, so that two cannot go at the same moment."""
    admins = set(db.session.scalars(queries.active_admins().with_for_update()))
    if admins == {user.id}:
        raise Refused(LAST_ADMIN)


def end_sessions(user_id: UUID) -> None:
    """Make every session of a user worthless, wherever its cookie is."""
    db.session.execute(update(User).where(User.id == user_id).values(fs_uniquifier=_new_sessions()))


def keep(changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Store the columns of users that signing in, or choosing another password, changed."""
    for user_id, columns in changes.items():
        user = queries.user(user_id)
        for name, value in columns.items():
            setattr(user, name, value)
        if "fs_uniquifier" in columns:
            _drop_links(user)
            audit("changed the own password", user_id=user_id)


# ---- links --------------------------------------------------------------------------------------------------------


MakeToken = Callable[[str, UUID], str]  # of a purpose and a link's id; makes the same token each time


def make_invite(
    *,
    purpose: Purpose,
    email: str | None,
    role: str,
    user_id: UUID | None = None,
    by: UUID | None,
    now: datetime,
    make: MakeToken | None = None,
    replaces: bool = True,
) -> str:
    """Return the token of a new one-time link; it is readable only now. Older links for the same thing stop working.

    With `make`, which can make the token again, a letter hands the link over too. Without `replaces`, older links hold.
    """
    if replaces:
        db.session.execute(
            delete(Invite).where(
                Invite.purpose == purpose, Invite.user_id.is_not_distinct_from(user_id), Invite.used_at.is_(None)
            )
        )
    id = new_id()
    token = make(purpose, id) if make else new_token()
    db.session.add(
        Invite(id=id, token_hash=digest(token), purpose=purpose, email=email, role=_role(role), user_id=user_id,
               created_at=now, created_by=by, expires_at=now + LIFETIMES[purpose])
    )  # fmt: skip
    if make and user_id:
        db.session.flush()
        emit(LinkMade(id, user_id, purpose, now))
    return token


def _drop_links(user: User) -> None:
    db.session.execute(delete(Invite).where(Invite.user_id == user.id, Invite.used_at.is_(None)))


def invite(
    email: str, *, name: str = "", role: str, by: UUID | None, now: datetime, make: MakeToken | None = None
) -> tuple[User, str]:
    """Add a user who has no password yet, and return them with the token of the link by which they choose one."""
    user = create_user(email, name=name, role=role, by=by)
    return user, _link_for(user, "join", by=by, now=now, make=make)


def make_link(user: User, *, by: UUID | None, now: datetime, make: MakeToken | None = None) -> tuple[Purpose, str]:
    """Return purpose and token of a new link for a user: to join where they have not yet, else to set a new password."""
    if not user.active:
        raise Refused(_("This account is closed. Open it again first."))
    audit("made a password link for", subject=user.email, user_id=by)
    purpose = _purpose_for(user)
    return purpose, _link_for(user, purpose, by=by, now=now, make=make)


def forget_password(email: str, *, make: MakeToken, now: datetime) -> None:
    """Let a letter hand over a new link to whoever works here with this address; where nobody does, nothing happens.

    Links that were made before hold: anybody may ask, and must not take away what an admin handed over.
    """
    user = queries.user_by_email(email_address(email) or "")
    if user is None or not user.active:
        return
    audit("asked for a new password", subject=user.email, user_id=None)
    _link_for(user, _purpose_for(user), by=None, now=now, make=make, replaces=False)


def _purpose_for(user: User) -> Purpose:
    return "password" if user.password else "join"


def _link_for(
    user: User, purpose: Purpose, *, by: UUID | None, now: datetime, make: MakeToken | None, replaces: bool = True
) -> str:
    return make_invite(
        purpose=purpose, email=user.email, role=user.role, user_id=user.id, by=by, now=now, make=make, replaces=replaces
    )


def claim_link(now: datetime) -> str | None:
    """Return the token by which a new installation is claimed, in place of the one before; None once it has an admin."""
    if queries.has_admin():
        return None
    return make_invite(purpose="claim", email=None, role="admin", by=None, now=now)


def accept(token: str, *, purpose: Purpose, password_hash: str, name: str = "", email: str = "", now: datetime) -> User:
    """Use a one-time link and return the user who can sign in now; raises NotFound when it cannot be used (any more)."""
    link = queries.open_invite(token, purpose, now=now)
    used = db.session.execute(update(Invite).where(Invite.id == link.id, Invite.used_at.is_(None)).values(used_at=now))
    if used.rowcount != 1:  # type: ignore[attr-defined]  # somebody else was faster by a moment
        raise NotFound(queries.DEAD_LINK)
    return FOLLOWED[purpose](link, name, email, password_hash)


def _claim(_link: Invite, name: str, email: str, password_hash: str) -> User:
    user = _add_user(email, name=name, role="admin", password_hash=password_hash)
    audit("claimed this installation", user_id=user.id)
    return user


def _join(link: Invite, name: str, _email: str, password_hash: str) -> User:
    user = _set_password(link, password_hash)
    user.name = name
    audit("joined", user_id=user.id)
    return user


def _choose_password(link: Invite, _name: str, _email: str, password_hash: str) -> User:
    user = _set_password(link, password_hash)
    audit("set a new password by a link", user_id=user.id)
    return user


def _set_password(link: Invite, password_hash: str) -> User:
    if link.user_id is None:
        raise NotFound(queries.DEAD_LINK)
    user = queries.user(link.user_id)
    user.password, user.fs_uniquifier = password_hash, _new_sessions()
    _drop_links(user)
    return user


FOLLOWED: Mapping[Purpose, Callable[[Invite, str, str, str], User]] = {
    "claim": _claim,
    "join": _join,
    "password": _choose_password,
}
