"""The links that letters carry: signed, so that they need no sign-in, and made of the letter's id, so that none is stored."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

MAC = 10  # bytes; a guess is right once in 2 ** 80


@dataclass(frozen=True)
class Links:
    """Makes and reads the tokens by which a letter is known again when its recipient, or a mail server, comes back with one."""

    secret_key: str
    base_url: str

    def _mac(self, purpose: str, id: UUID) -> bytes:
        return hmac.digest(self.secret_key.encode(), f"letter:{purpose}:{id.hex}".encode(), hashlib.sha256)[:MAC]

    def token(self, letter_id: UUID) -> str:
        """Return the token of a letter's own pages: unsubscribing and preferences."""
        return base64.urlsafe_b64encode(letter_id.bytes + self._mac("page", letter_id)).decode().rstrip("=")

    def letter_id(self, token: str) -> UUID | None:
        """Return the letter that a token of ours belongs to; None for any other text."""
        return self._read("page", token, base64.urlsafe_b64decode, padding=4)

    def bounce_token(self, letter_id: UUID) -> str:
        """Return what stands in the return address of a letter: letters and digits alone, whatever their case becomes."""
        return base64.b32encode(letter_id.bytes + self._mac("bounce", letter_id)).decode().rstrip("=").lower()

    def bounced_letter_id(self, token: str) -> UUID | None:
        """Return the letter that came back to a return address of ours; None for one that we did not make."""
        return self._read("bounce", token.upper(), base64.b32decode, padding=8)

    def _read(self, purpose: str, token: str, decode: object, *, padding: int) -> UUID | None:
        try:
            raw: bytes = decode(token + "=" * (-len(token) % padding))  # type: ignore[operator]
        except ValueError:
            return None
        if len(raw) != 16 + MAC:
            return None
        id = UUID(bytes=raw[:16])
        return id if hmac.compare_digest(raw[16:], self._mac(purpose, id)) else None

    def unsubscribe(self, letter_id: UUID) -> str:
        """The address to unsubscribe with one click (RFC 8058)."""
        return f"{self.base_url}/u/{self.token(letter_id)}"

    def choices(self, letter_id: UUID) -> str:
        """The address of the page on which the recipient says what they want to hear."""
        return f"{self.base_url}/letters/{self.token(letter_id)}"

    def _mask(self, purpose: str, id: UUID) -> int:
        made = hmac.digest(self.secret_key.encode(), f"sealed:{purpose}:{id.hex}".encode(), hashlib.sha256)
        return int.from_bytes(made[:16])

    def sealed(self, purpose: str, id: UUID, secret: UUID) -> str:
        """Return a secret as it may lie with a letter: nobody can read it there without our key. An id seals one secret only."""
        return f"{secret.int ^ self._mask(purpose, id):032x}"

    def unsealed(self, purpose: str, id: UUID, sealed: str) -> UUID:
        """Return the secret that was sealed with this id."""
        return UUID(int=int(sealed, 16) ^ self._mask(purpose, id))

    def own_token(self, purpose: str, id: UUID) -> str:
        """Return the secret of a personal link, made of the row that it belongs to: only its hash is kept with that row.

        It can be made again for a reminder, and nobody can read it in the database.
        """
        made = hmac.digest(self.secret_key.encode(), f"own link:{purpose}:{id.hex}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(made[:24]).decode()
