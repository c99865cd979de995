"""Bounces: what a server that could not deliver a letter writes back, and to which letter it belongs.

A letter's bounces go to an address of its own, `bounces+TOKEN@…`. Anybody can write there: whoever reads a bounce checks that
its token is one of ours, and that the address that it names is the one the letter went to.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

import structlog
from flufl.bounce import all_failures

from survey.foundation.message import address_spec

log = structlog.get_logger()

ARRIVED_AT = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To")
SIZE_LIMIT = 262_144  # bytes: the report stands at the beginning, the letter that comes back after it
WORDS_LIMIT = 300
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
FULL = "2.2"  # a mailbox that is full today
SAYS_AWAY = re.compile(r"out of (the )?office|automatic reply|auto(matic)?[- ]?reply|abwesen|autoreply|vacation", re.I)


@dataclass(frozen=True)
class Bounce:
    """A letter that came back: its token, the address it did not reach, whether that is for good, the server's words."""

    token: str
    address: str
    is_permanent: bool
    words: str


def bounce_address(base: str, token: str) -> str:
    """Return where the bounces of one letter go: the address for bounces with the letter's token in it.

    Some servers change capital letters in addresses into small ones: a token had better hold none.
    """
    local, _at, domain = address_spec(base).rpartition("@")
    if not TOKEN.fullmatch(token):
        raise ValueError("a token is 1 to 64 letters, digits, - and _")
    return f"{local}+{token}@{domain}"


def read_bounce(raw: bytes, base: str) -> list[Bounce]:
    """Return the failures that a message reports; none where it reports none, or did not come to a letter's own address.

    `base` is the address for bounces without a token. Answers of people and of their machines are no bounces.
    """
    message = message_from_bytes(raw[:SIZE_LIMIT])
    token = _token(message, base)
    if token is None or _is_reply(message):
        return []
    try:
        temporary, permanent = all_failures(message)
    except Exception as error:  # what strangers send is in no form that a detector must expect
        log.warning("could not read a bounce", error=repr(error))
        return []
    statuses = _statuses(message)
    found = [(address, False) for address in sorted(temporary - permanent)]
    found += [(address, True) for address in sorted(permanent)]
    return [_bounce(token, address.decode("ascii", "replace"), is_final, statuses) for address, is_final in found]


def _bounce(token: str, address: str, is_final: bool, statuses: dict[str, tuple[str, str]]) -> Bounce:
    status, words = statuses.get(address.casefold(), ("", ""))
    is_passing = status.startswith("4") or status.partition(".")[2] == FULL
    return Bounce(token, address, is_final and not is_passing, words)


def _token(message: Message, base: str) -> str | None:
    local, _at, domain = base.casefold().rpartition("@")
    stated = [str(value) for name in ARRIVED_AT for value in message.get_all(name, [])]
    tokens = set()
    for _name, address in getaddresses(stated):
        own, _at, host = address.rpartition("@")
        name, plus, token = own.partition("+")
        if plus and (name.casefold(), host.casefold()) == (local, domain) and TOKEN.fullmatch(token):
            tokens.add(token)
    return tokens.pop() if len(tokens) == 1 else None


def _is_reply(message: Message) -> bool:
    """Whether a machine or a person answered: reports of servers call themselves automatic replies too, but are reports."""
    if any(part.get_content_type() == "message/delivery-status" for part in message.walk()):
        return False
    if message.get("X-Failed-Recipients"):
        return False
    is_automatic = str(message.get("Auto-Submitted", "no")).strip().casefold().startswith("auto-replied")
    names = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
    return (
        is_automatic
        or any(name in message for name in names)
        or bool(SAYS_AWAY.search(str(message.get("Subject", ""))))
    )


def _statuses(message: Message) -> dict[str, tuple[str, str]]:
    """For each address of a delivery status (RFC 3464), its status such as 5.1.1 and what the server said."""
    found = {}
    for block in _blocks(message):
        match = STATUS.search(str(block.get("Status", "")))
        said = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block.get("Status", ""))
        for name in ("Original-Recipient", "Final-Recipient"):
            address = str(block.get(name, "")).partition(";")[2].strip().strip("<>").casefold()
            if address:
                found[address] = (match.group(0) if match else "", _line(said))
    return found


def _blocks(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (block for block in part.get_payload() if isinstance(block, Message))


def _line(words: str) -> str:
    shown = (" " if unicodedata.category(letter) in ("Cc", "Cf", "Cs") else letter for letter in words)
    return " ".join("".join(shown).split())[:WORDS_LIMIT]
