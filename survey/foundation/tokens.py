"""Secrets that travel: link tokens (random, kept only as hashes) and the signed form token of public forms."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from itsdangerous import BadSignature, Signer


def new_token() -> str:
    """Return an unguessable token of 192 bits for a link; keep only its `digest`."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hex: what the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class FormTokens:
    """Signs the form id of a public page, so that a POST must come from a page that we made for that address.

    No session and no cookie: the token binds the random 128-bit form id to one purpose (a survey's address).
    """

    secret_key: str

    def _signer(self, purpose: str) -> Signer:
        return Signer(self.secret_key, salt=f"form:{purpose}", digest_method=hashlib.sha256)

    def issue(self, purpose: str) -> str:
        """Return a fresh signed form id: `<uuid hex>.<signature>`."""
        return self._signer(purpose).sign(uuid4().hex).decode()

    def form_id(self, token: str, purpose: str) -> UUID | None:
        """Return the form id of a token that we issued for this purpose, else None."""
        try:
            return UUID(self._signer(purpose).unsign(token).decode())
        except (BadSignature, ValueError, UnicodeError):
            return None
