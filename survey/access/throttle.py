"""How often somebody may try a password: for one account and from one network address."""

import hashlib

from limits import parse

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.limits import limiter

PER_ACCOUNT = parse("10 per 15 minutes")
PER_ADDRESS = parse("30 per 15 minutes")


class TooManyTries(Refused):
    """Somebody tried too often; the window is a quarter of an hour."""

    status = 429


def count_try(account: str, address: str) -> None:
    """Count one try to sign in, whether or not the account exists; raises TooManyTries beyond either limit.

    It is counted before the password is looked at, so that many tries at once do not slip through together.
    """
    free = limiter.limiter.hit(PER_ADDRESS, "sign-in", address)
    if not (limiter.limiter.hit(PER_ACCOUNT, "sign-in", _name(account)) and free):
        raise TooManyTries(
            _(
                "There were too many tries to sign in. Wait 15 minutes, or ask an admin for a link to set a new password."
            )
        )


def give_back(account: str, address: str) -> None:
    """Forget the tries of an account that signed in, and do not count this one against its network."""
    limiter.limiter.clear(PER_ACCOUNT, "sign-in", _name(account))
    limiter.limiter.hit(PER_ADDRESS, "sign-in", address, cost=-1)


def _name(account: str) -> str:
    """What the table of counts keeps instead of an e-mail address."""
    return hashlib.sha256(account.encode("utf-8", "replace")).hexdigest()[:32]
