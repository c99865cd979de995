"""Users, invites, audit."""

from datetime import datetime
from uuid import UUID

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.foundation.clock import now
from survey.foundation.db import Document, Model, Moment, new_id


class NamedRole(RoleMixin):
    """A role as Flask-Security wants to see it; ours is a column of the user."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.permissions: list[str] = []


class User(Model, UserMixin):
    """A member of staff who can sign in."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("role IN ('admin', 'leader', 'staff', 'viewer')", name="role"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    @property
    def roles(self) -> list[NamedRole]:
        """The role, as the list that Flask-Security asks for."""
        return [NamedRole(self.role)]


class Invite(Model):
    """A one-time link; only its hash is kept."""

    __tablename__ = "invite"
    __table_args__ = (CheckConstraint("purpose IN ('claim', 'join', 'password')", name="purpose"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class AuditEntry(Model):
    """Who did what to what, when; rows are only ever added."""

    __tablename__ = "audit_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    what: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200), default="")
    details: Mapped[dict[str, object]] = mapped_column(Document, default=dict)
