"""How often anybody may have a letter sent by typing an address into a form of ours: nobody is mail-bombed through us.

Counted are the mailbox, its domain, and the network that asks; what is counted is kept as a keyed hash, for as long as its window
lasts. Who asks from one network too often is told so. That a mailbox has had its share is told to nobody: the page says the same
words as always.
"""

import hashlib
import hmac

from flask import current_app
from limits import RateLimitItem, parse

from survey.foundation.addresses import address_in, network_of
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.limits import limiter
from survey.letters.rules.addresses import domain, mailbox

PER_MAILBOX = parse("3 per day")
PER_DOMAIN = parse("200 per hour")
PER_VISITOR = parse("10 per hour")
PER_NETWORK = parse("50 per hour")


class AskedTooOften(Refused):
    """Too many letters were asked for from one network; the window is an hour."""

    status = 429


def may_be_sent(address: str, *, visitor: str) -> bool:
    """Count one letter that a visitor (a network address) asks for; False where the mailbox has had its share.

    Raises AskedTooOften where the visitor, or its network, has. All addresses that are one mailbox, whatever stands behind a
    plus, count together; whether we know an address plays no part.
    """
    place = address_in(visitor)
    network = str(network_of(place)) if place else visitor
    if not (_hit(PER_NETWORK, "network", network) and _hit(PER_VISITOR, "visitor", visitor)):
        raise AskedTooOften(_("Too many letters were asked for from your network. Wait an hour and try again."))
    return _hit(PER_MAILBOX, "mailbox", mailbox(address)) and _hit(PER_DOMAIN, "domain", domain(address))


def _hit(limit: RateLimitItem, what: str, who: str) -> bool:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    key = hmac.digest(secret, f"letters asked for:{what}:{who}".encode(), hashlib.sha256).hex()[:32]
    return limiter.limiter.hit(limit, "letters", what, key)
