"""Messages as bytes from where they lie: a file, a folder of mail (Maildir), or a mailbox on a server (IMAP over TLS)."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from survey.foundation.smtp import TIMEOUT_S, Unreachable, WrongUrl, split_url, tls_context

SIZE_LIMIT = 1_048_576  # bytes of a message that are kept; the rest is read over
BATCH = 200
WORDS_LIMIT = 300
IMAPS = 993
QUOTED = re.compile(rb">+From ")
FOLDER = re.compile(r"[A-Za-z0-9 ._/&+-]{1,100}")


@dataclass(frozen=True)
class Inbox:
    """A folder of a mailbox on a server."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    ca_file: Path | None = None

    @classmethod
    def read(cls, url: str, ca_file: Path | None = None) -> "Inbox":
        """Return the mailbox of an address such as `imaps://user:password@mail.example.org/INBOX`; raise WrongUrl."""
        parts = split_url(url, {"imaps"})
        folder = unquote(parts.path.strip("/")) or "INBOX"
        if not parts.user or parts.query or not FOLDER.fullmatch(folder):
            raise WrongUrl("it needs a user and a password, and may end with the name of a folder")
        return cls(parts.hostname, parts.port or IMAPS, parts.user, parts.password, folder, ca_file)


def read_messages(source: Path | BinaryIO) -> Iterator[bytes]:
    """Give out the messages of a file (one message, or many as an mbox), of an open stream, or of a Maildir folder."""
    if not isinstance(source, Path):
        yield from _split(source)
    elif source.is_dir():
        for path in _letters(source):
            with path.open("rb") as file:
                yield file.read(SIZE_LIMIT)
    else:
        with source.open("rb") as file:
            yield from _split(file)


def _letters(folder: Path) -> list[Path]:
    """Oldest first: names of files in a Maildir begin with when they came."""
    found = (path for part in ("new", "cur") for path in (folder / part).glob("*") if path.is_file())
    return sorted(found, key=lambda path: path.name)


def _split(stream: BinaryIO) -> Iterator[bytes]:
    """A stream that begins with `From ` is an mbox: a message ends where such a line follows an empty one."""
    first = stream.readline(SIZE_LIMIT)
    is_mbox = first.startswith(b"From ")
    message, was_empty = bytearray(b"" if is_mbox else first), False
    while line := stream.readline(SIZE_LIMIT):
        if is_mbox and was_empty and line.startswith(b"From "):
            yield bytes(message)
            message.clear()
        elif len(message) < SIZE_LIMIT:
            message += line[1:] if is_mbox and QUOTED.match(line) else line
        was_empty = line in (b"\n", b"\r\n")
    if message:
        yield bytes(message)


def fetch(inbox: Inbox, limit: int = BATCH, timeout_s: float = TIMEOUT_S) -> Iterator[bytes]:
    """Give out at most so many unread messages; each is marked as read once the next is asked for. Raises Unreachable.

    A message whose reader fails stays unread and comes again.
    """
    try:
        with imaplib.IMAP4_SSL(
            inbox.host, inbox.port, ssl_context=tls_context(inbox.ca_file), timeout=timeout_s
        ) as server:
            server.login(inbox.user, inbox.password)
            _done(server.select(f'"{inbox.folder}"'))
            (found,) = _done(server.uid("SEARCH", "UNSEEN"))
            for uid in (found or b"").split()[:limit]:
                parts = _done(server.uid("FETCH", uid.decode(), f"(BODY.PEEK[]<0.{SIZE_LIMIT}>)"))
                yield from (part[1] for part in parts if isinstance(part, tuple))
                _done(server.uid("STORE", uid.decode(), "+FLAGS", r"(\Seen)"))
    except ssl.SSLCertVerificationError as error:
        raise Unreachable(f"The certificate of {inbox.host} is not accepted: {error.verify_message}") from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise Unreachable(f"The mailbox on {inbox.host} cannot be read: {str(error)[:WORDS_LIMIT]}") from error


def _done(answer: tuple[str, list[Any]]) -> list[Any]:
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(str(data[:1]))
    return data
