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
    """A form token of ours: the seed that travels in it, the form id that is made of the seed, and when we made it."""

    seed: UUID
    form_id: UUID
    at: datetime


@dataclass(frozen=True)
class FormTokens:
    """Signs the form of a public page, so that a POST must come from a page that we made for that address.

    No session: the token binds a random 128-bit seed to one purpose (a survey's address). It is good for 30 days. The form id,
    under which an answer is kept, is made of the seed and our secret and stands on no page: whoever has seen a page, or an
    address in a log, does not find the answer in the database.
    """

    secret_key: str

    def _made(self, words: str) -> bytes:
        return hmac.digest(self.secret_key.encode(), words.encode(), "sha256")

    def _signature(self, said: str, purpose: str) -> str:
        return self._made(f"form:{purpose}\n{said}").hex()

    def _form_id(self, seed: UUID) -> UUID:
        return UUID(bytes=self._made(f"form id:{seed.hex}")[:16], version=4)

    def issue(self, purpose: str, *, seed: UUID | None = None, at: datetime | None = None) -> str:
        """Return a signed token for a form, a fresh one unless its seed is given; no two tokens are the same.

        `at` is when the form was first shown; now, unless given.

        It is `<seed and a salt>.<second, both in hex>.<signature>`.
        """
        said = f"{(seed or random_id()).hex}{random_id().hex[:8]}.{int((at or now()).timestamp()):x}"
        return f"{said}.{self._signature(said, purpose)}"

    def read(self, token: str, purpose: str, *, lasts: timedelta = FORM_LASTS) -> Issued | None:
        """Return what a token says that we issued for this purpose; None for any other, and for one that is too old."""
        said, _dot, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(said, purpose).encode(), signature.encode(errors="replace")):
            return None
        salted, _dot, second = said.partition(".")
        seed, at = UUID(salted[:32]), datetime.fromtimestamp(int(second, 16), UTC)
        return Issued(seed, self._form_id(seed), at) if now() - at <= lasts else None

    def form_id(self, token: str, purpose: str) -> UUID | None:
        """Return the form id of a token that we issued for this purpose, else None."""
        issued = self.read(token, purpose)
        return issued.form_id if issued else None

    def own_seed(self, link_token: str) -> UUID:
        """Return the one seed of a personal link: one link gives one answer, as form ids are unique.

        It is made of the link's own secret, of which the database keeps a hash alone, so that nothing that is stored leads from
        an answer to the link.
        """
        return UUID(bytes=self._made(f"own form:{link_token}")[:16], version=4)

    def own_form_id(self, link_token: str) -> UUID:
        """Return the one form id of a personal link."""
        return self._form_id(self.own_seed(link_token))

    def id_of_row(self, survey_id: UUID, *known: str) -> UUID:
        """Return the form id of a row of a file for an anonymous survey: the same each time, and found by nobody without our secret.

        Else a customer's number, tried out, would lead to what that customer answered.
        """
        return UUID(bytes=self._made("\n".join(["row", survey_id.hex, *known]))[:16], version=4)
