"""Secrets that travel: link tokens (random, kept only as hashes) and the signed form token of public forms."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from survey.foundation.clock import now
from survey.foundation.db import random_id

FORM_LASTS = timedelta(days=30)


def new_token() -> str:
    """Return an unguessable token of 192 bits for a link; keep only its `digest`."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hex: what the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Issued:
    """A form token of ours: whose form it is, and when we made it."""

    form_id: UUID
    at: datetime


@dataclass(frozen=True)
class FormTokens:
    """Signs the form id of a public page, so that a POST must come from a page that we made for that address.

    No session: the token binds the random 128-bit form id to one purpose (a survey's address). It is good for 30 days.
    """

    secret_key: str

    def _signature(self, said: str, purpose: str) -> str:
        return hmac.digest(self.secret_key.encode(), f"form:{purpose}\n{said}".encode(), "sha256").hex()

    def issue(self, purpose: str, form_id: UUID | None = None, *, at: datetime | None = None) -> str:
        """Return a signed token for a form id, a fresh one unless given; no two tokens are the same.

        `at` is when the form was first shown; now, unless given.

        It is `<form id and a salt>.<second, both in hex>.<signature>`.
        """
        said = f"{(form_id or random_id()).hex}{random_id().hex[:8]}.{int((at or now()).timestamp()):x}"
        return f"{said}.{self._signature(said, purpose)}"

    def read(self, token: str, purpose: str) -> Issued | None:
        """Return what a token says that we issued for this purpose; None for any other, and for one that is too old."""
        said, _dot, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(said, purpose).encode(), signature.encode(errors="replace")):
            return None
        salted, _dot, second = said.partition(".")
        at = datetime.fromtimestamp(int(second, 16), UTC)
        return Issued(UUID(salted[:32]), at) if now() - at <= FORM_LASTS else None

    def form_id(self, token: str, purpose: str) -> UUID | None:
        """Return the form id of a token that we issued for this purpose, else None."""
        issued = self.read(token, purpose)
        return issued.form_id if issued else None

    def own_form_id(self, link_token: str) -> UUID:
        """Return the one form id of a personal link.

        It is made from the link's own secret, of which the database keeps a hash alone: one link gives one answer, as form
        ids are unique, and yet nothing that is stored leads from the answer to the link.
        """
        made = hmac.new(self.secret_key.encode(), f"own form:{link_token}".encode(), hashlib.sha256)
        return UUID(bytes=made.digest()[:16], version=4)
