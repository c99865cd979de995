"""Proof of work: a device solves a short task before a form is stored, which costs a person nothing and robots their mass.

The task is the `altcha` library's: find a number from which PBKDF2 makes a key that begins with given digits. It is signed,
names the one form that it is good for, and ends; nothing is stored. As form ids are unique, one solution is one answer.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import altcha

from survey.foundation.clock import now

PROOF_LASTS = timedelta(days=1)
ALGORITHM, ITERATIONS, PREFIX = "PBKDF2/SHA-256", 5_000, "00"


@dataclass(frozen=True)
class Proofs:
    """Sets tasks and checks solutions, signed with a key of its own that is made from the secret."""

    secret_key: str

    @cached_property
    def _key(self) -> bytes:
        return hmac.digest(self.secret_key.encode(), b"proof of work", hashlib.sha256)

    def _name(self, form_id: UUID) -> str:
        """What a task calls its form: nobody reads from it under which id an answer is kept."""
        return hmac.digest(self._key, form_id.bytes, hashlib.sha256).hex()[:32]

    def task(self, form_id: UUID) -> str:
        """Return the task for a form, as the script on the page reads it: JSON in base64."""
        made = altcha.create_challenge(
            ALGORITHM,
            ITERATIONS,
            key_prefix=PREFIX,
            expires_at=now() + PROOF_LASTS,
            data={"form": self._name(form_id)},
            hmac_secret=self._key,
        )
        return base64.b64encode(json.dumps(made.to_dict()).encode()).decode()

    def is_solved(self, task: str, solution: str, form_id: UUID) -> bool:
        """Whether this solves a task of ours that is still good and was set for this form; anything may have been sent.

        A solution is the number that was found, a dot, and the key in hex.
        """
        number, _dot, key = solution.partition(".")
        read = _read(task)
        if read is None or not (number.isascii() and number.isdigit() and len(number) < 11):
            return False
        sent = altcha.Payload(read, altcha.Solution(int(number), key))
        return (read.parameters.data or {}).get("form") == self._name(form_id) and bool(
            altcha.verify_solution(sent, self._key).verified
        )


def _read(task: str) -> Any:
    try:
        read = altcha.Challenge.from_dict(json.loads(base64.b64decode(task, validate=True)))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return read if isinstance(read.parameters.data, dict) else None
