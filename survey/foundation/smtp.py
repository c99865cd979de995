"""The post: letters leave by an SMTP server with its certificate checked or, where none is set, lie in a folder.

Whoever sends learns one of four things of each letter: it was taken (the server's words are returned), it never will be
(`Bounced`), it may be later (`Later`), or nothing was decided about it (`Unreachable`): then stop and begin again later.
"""

import os
import re
import smtplib
import ssl
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from survey.foundation.clock import now
from survey.foundation.message import Message, Sender, Unfit, address_spec

__all__ = [
    "Bounced",
    "Folder",
    "Later",
    "Mailer",
    "Message",
    "NotTaken",
    "Open",
    "Post",
    "Relay",
    "Unreachable",
    "make_post",
]

PORTS = {"starttls": 587, "tls": 465, "none": 25}
TIMEOUT_S = 20.0
FINAL_FACTOR = 3  # a server may look through a letter before it takes it; who gives up too early sends it twice
WORDS_LIMIT = 300
KEPT_FOR = timedelta(days=30)
CLOSING = 421
OF_US = re.compile(
    r"relay(ing)?( access)? (is )?(denied|not|prohibited)|unable to relay|not allowed to relay"
    r"|authentication (is )?required|not authenticated|sender (address )?(rejected|denied)",
    re.I,
)
ABOUT_US = {503, 530, 534, 535, 538}
SERVER_TROUBLE = (OSError, smtplib.SMTPException)


class NotTaken(Exception):
    """A letter was not taken; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Bounced(NotTaken):
    """The letter never will be taken; `is_of_address` says whether that is its address's fault or only this letter's."""

    def __init__(self, words: str, *, is_of_address: bool) -> None:
        super().__init__(words)
        self.is_of_address = is_of_address


class Later(NotTaken):
    """The letter was not taken now; it may be later."""


class Unreachable(NotTaken):
    """Nothing was decided about the letter: the server could not be reached, did not let us in, or went away."""


class WrongUrl(ValueError):
    """The address of a server that cannot be one; the message says how to write it."""


class _GoneAway(Exception):
    """The server closed the connection before it had the letter."""

    def __init__(self, words: str, *, is_of_letter: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.is_of_letter = is_of_letter


class Open(Protocol):
    """A post that is open: takes letters one after another."""

    def send(self, message: Message) -> str:
        """Hand over a letter and return the server's words; raises Bounced, Later or Unreachable."""


class Post(Protocol):
    """Where letters go."""

    def open(self) -> AbstractContextManager[Open]:
        """Open the post for any number of letters."""


class Settings(Protocol):
    """What the post must be told."""

    @property
    def instance_path(self) -> Path: ...
    @property
    def relay(self) -> "Relay | None": ...
    @property
    def sender(self) -> Sender: ...
    @property
    def bounce_address(self) -> str: ...


@dataclass(frozen=True)
class Relay:
    """The server that takes our letters and how to speak to it: `tls` is starttls, tls (from the first byte) or none."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None

    @classmethod
    def read(cls, url: str, ca_file: Path | None = None) -> "Relay":
        """Return the server of an address such as `smtp://user:password@mail.example.org`; raise WrongUrl with words."""
        parts = split_url(url, {"smtp", "smtps"})
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        if options.keys() - {"tls"} or options.get("tls", "none") != "none" or parts.path not in ("", "/"):
            raise WrongUrl(
                "after the server’s name there may be a port, and ?tls=none for a relay inside your own network"
            )
        if options and (parts.scheme == "smtps" or parts.username):
            raise WrongUrl(
                "?tls=none goes with smtp:// and without a password, which would be sent for everybody to read"
            )
        tls = "none" if options else "tls" if parts.scheme == "smtps" else "starttls"
        return cls(str(parts.hostname), parts.port or PORTS[tls], tls, parts.user, parts.password, ca_file)


@dataclass(frozen=True)
class ServerUrl:
    """The parts of a server's address, user and password decoded."""

    scheme: str
    hostname: str
    port: int | None
    username: str | None
    user: str
    password: str = field(repr=False)
    path: str
    query: str


def split_url(url: str, schemes: set[str]) -> ServerUrl:
    """Return the parts of a server's address; raise WrongUrl, with words that never repeat the password."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise WrongUrl(
            "its port must be a number, and signs such as / : @ # % in a password are written %2F %3A …"
        ) from None
    if parts.scheme not in schemes or not parts.hostname or parts.fragment:
        raise WrongUrl(f"it must begin with {' or '.join(f'{one}://' for one in sorted(schemes))} and name a server")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password) or not (user + password).isascii() or re.search(r"[\x00-\x1f]", user + password):
        raise WrongUrl("user and password go together, and both are plain letters, digits and signs")
    return ServerUrl(parts.scheme, parts.hostname, port, parts.username, user, password, parts.path, parts.query)


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return what a server is checked with: its name, its certificate, TLS 1.2 or newer."""
    context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def make_post(settings: Settings) -> "Mailer | Folder":
    """Return the post of an installation: its server, or the folder `mail` in its instance where no server is set."""
    if settings.relay is None:
        return folder(settings)
    return Mailer(settings.relay, settings.sender, settings.bounce_address)


def folder(settings: Settings) -> "Folder":
    """Return the folder of letters of an installation, in which some may lie from before a server was set."""
    return Folder(settings.instance_path / "mail", settings.sender)


@dataclass(frozen=True)
class Mailer:
    """Sends letters through a server. `timeout_s` is how long any single answer of the server may take."""

    relay: Relay
    sender: Sender
    bounce_address: str
    timeout_s: float = TIMEOUT_S

    @contextmanager
    def open(self) -> Iterator["Connection"]:
        """Keep one connection for all letters sent inside; it is made with the first letter."""
        connection = Connection(self)
        try:
            yield connection
        finally:
            connection.close()

    def look(self) -> "Seen":
        """Connect, sign in, and return what was seen; raises Unreachable."""
        server = self.connect()
        try:
            return _seen(server)
        finally:
            _end(server)

    def connect(self) -> smtplib.SMTP:
        """Return a connection that is encrypted as demanded and signed in; raises Unreachable."""
        try:
            return self._connect()
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(f"{self._name} refuses user or password: {_reply(error)}") from error
        except smtplib.SMTPNotSupportedError as error:
            raise Unreachable(f"{self._name} offers no {self._missing(error)}") from error
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(f"The certificate of {self._name} is not accepted: {error.verify_message}") from error
        except ssl.SSLError as error:
            raise Unreachable(f"{self._name} and we agree on no encryption: {error.reason or error}") from error
        except smtplib.SMTPResponseException as error:
            raise Unreachable(f"{self._name} does not let us in: {_reply(error)}") from error
        except SERVER_TROUBLE as error:
            raise Unreachable(f"{self._name} cannot be reached: {_trouble(error)}") from error

    @property
    def _name(self) -> str:
        return f"{self.relay.host}:{self.relay.port}"

    @staticmethod
    def _missing(error: smtplib.SMTPNotSupportedError) -> str:
        if "STARTTLS" in str(error):
            return "STARTTLS. Use smtps:// where it speaks TLS on a port of its own, ?tls=none inside your own network"
        return "way to sign in that we know. Leave user and password out of SMTP_URL where it wants none"

    def _connect(self) -> smtplib.SMTP:
        relay, ours = self.relay, self.sender.domain
        context = None if relay.tls == "none" else tls_context(relay.ca_file)
        # `local_hostname` is given, else the name of this machine is asked of name servers that may not answer.
        if relay.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                relay.host, relay.port, ours, timeout=self.timeout_s, context=context
            )
        else:
            server = smtplib.SMTP(relay.host, relay.port, ours, timeout=self.timeout_s)
        try:
            if relay.tls == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if relay.user:
                server.login(relay.user, relay.password)
        except BaseException:
            server.close()
            raise
        return server


class Connection:
    """One connection to the server, for one letter after another; made anew where the server ended it between two."""

    def __init__(self, mailer: Mailer) -> None:
        self.mailer = mailer
        self._server: smtplib.SMTP | None = None

    def send(self, message: Message) -> str:
        """Hand over a letter and return the server's words; raises Bounced, Later or Unreachable."""
        try:
            to = address_spec(message.to)
            bounce_to = address_spec(message.bounce_to or self.mailer.bounce_address)
            content = message.written(self.mailer.sender, now())
        except Unfit as unfit:
            raise Bounced(str(unfit), is_of_address=_is_unfit(message.to)) from unfit
        if self._server is not None:
            with suppress(_GoneAway):  # an old connection may be over: servers end them after some time or letters
                return self._hand_over(self._server, bounce_to, to, content)
        self._server = self.mailer.connect()
        try:
            return self._hand_over(self._server, bounce_to, to, content)
        except _GoneAway as gone:
            raise (Later if gone.is_of_letter else Unreachable)(gone.words) from gone

    def close(self) -> None:
        """End the connection; sending once more makes a new one."""
        if self._server is not None:
            _end(self._server)
            self._server = None

    def _hand_over(self, server: smtplib.SMTP, bounce_to: str, to: str, content: bytes) -> str:
        try:
            return _Dialogue(server, self.mailer.timeout_s).hand_over(bounce_to, to, content)
        except _GoneAway:
            self._drop()
            raise
        except SERVER_TROUBLE as error:
            self._drop()
            raise Unreachable(f"The server went away: {_trouble(error)}") from error
        except (Bounced, Later):
            self._begin_anew(server)
            raise
        except BaseException:
            self._drop()
            raise

    def _begin_anew(self, server: smtplib.SMTP) -> None:
        try:
            server.rset()
        except SERVER_TROUBLE:
            self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


@dataclass(frozen=True)
class _Dialogue:
    """What is said with the server for one letter, and what its answers mean."""

    server: smtplib.SMTP
    timeout_s: float

    def hand_over(self, bounce_to: str, to: str, content: bytes) -> str:
        self._mail(bounce_to, to)
        self._recipient(to)
        return self._content(content)

    def _mail(self, bounce_to: str, to: str) -> None:
        options = []
        if not (to + bounce_to).isascii():
            if not self.server.has_extn("smtputf8"):
                raise Bounced("The server takes no addresses with letters beyond a to z.", is_of_address=True)
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        try:
            code, reply = self.server.mail(bounce_to, options)
        except (ConnectionError, smtplib.SMTPServerDisconnected) as error:
            if isinstance(error.__context__, TimeoutError):
                raise
            raise _GoneAway(_trouble(error)) from error
        words = _words(code, reply)
        if code == CLOSING:
            raise _GoneAway(words)
        if 400 <= code < 500:
            raise Later(words)
        if code != 250:  # of us, not of the recipient: letters wait until somebody mends it
            raise Unreachable(f"The server does not take letters from {bounce_to}: {words}")

    def _recipient(self, to: str) -> None:
        code, reply = self.server.rcpt(to)
        words = _words(code, reply)
        if code in (250, 251):
            return
        if code == CLOSING:
            raise _GoneAway(words, is_of_letter=True)
        if code < 500:
            raise Later(words)
        if code in ABOUT_US or OF_US.search(words):
            raise Unreachable(f"The server does not pass on our letters: {words}")
        raise Bounced(words, is_of_address=True)

    def _content(self, content: bytes) -> str:
        self._wait(self.timeout_s * FINAL_FACTOR)
        try:
            code, reply = self.server.data(content)
            words = _words(code, reply)
        except smtplib.SMTPDataError as error:
            code, words = error.smtp_code, _reply(error)
        self._wait(self.timeout_s)
        if code == CLOSING:
            raise _GoneAway(words, is_of_letter=True)
        if 400 <= code < 500:
            raise Later(words)
        if code != 250:
            raise Bounced(words, is_of_address=False)
        return words

    def _wait(self, seconds: float) -> None:
        if self.server.sock is not None:
            self.server.sock.settimeout(seconds)


@dataclass(frozen=True)
class Seen:
    """What a server showed of itself; `tls` and what follows are empty where the connection is not encrypted."""

    tls: str
    certificate_names: tuple[str, ...]
    certificate_ends: str
    features: tuple[str, ...]


def _seen(server: smtplib.SMTP) -> Seen:
    features = tuple(
        sorted(" ".join(f"{name} {options}".split()).upper() for name, options in server.esmtp_features.items())
    )
    if not isinstance(server.sock, ssl.SSLSocket):
        return Seen("", (), "", features)
    certificate: Mapping[str, Any] = server.sock.getpeercert() or {}
    names = tuple(str(name) for _kind, name in certificate.get("subjectAltName", ()))
    return Seen(server.sock.version() or "", names, str(certificate.get("notAfter", "")), features)


@dataclass(frozen=True)
class Folder:
    """Keeps letters as files for whoever looks after the installation: where no server is set, nothing leaves it."""

    path: Path
    sender: Sender

    @contextmanager
    def open(self) -> Iterator["Folder"]:
        """Make the folder, readable for its owner alone."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        yield self

    def send(self, message: Message) -> str:
        """Write a letter into the folder and return the name of its file; raises Bounced where it cannot be a letter."""
        try:
            content = message.written(self.sender, now())
        except Unfit as unfit:
            raise Bounced(str(unfit), is_of_address=_is_unfit(message.to)) from unfit
        name = re.sub(r"[^A-Za-z0-9@._-]", "_", message.message_id.strip("<>"))[:200].lstrip(".") + ".eml"
        unfinished = self.path / f".{name}.part"
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
            unfinished.replace(self.path / name)
        except OSError as error:
            raise Unreachable(f"The folder for letters cannot be written: {error.strerror}") from error
        return f"kept as {name}"

    def purge(self, older_than: timedelta = KEPT_FOR) -> int:
        """Delete letters that have lain for longer than this; returns how many."""
        limit = (now() - older_than).timestamp()
        old = [path for path in self.path.glob("*.eml") if path.stat().st_mtime < limit]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def _is_unfit(address: str) -> bool:
    try:
        address_spec(address)
    except Unfit:
        return True
    return False


def _end(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except SERVER_TROUBLE:
        server.close()


def _trouble(error: Exception) -> str:
    return _readable(getattr(error, "strerror", None) or str(error) or type(error).__name__)


def _reply(error: smtplib.SMTPResponseException) -> str:
    return _words(error.smtp_code, error.smtp_error)


def _words(code: int, reply: bytes | str) -> str:
    """A server's answer as one line that can be kept and shown."""
    return _readable(f"{code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}")


def _readable(words: str) -> str:
    shown = (" " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") else letter for letter in words)
    return " ".join("".join(shown).split())[:WORDS_LIMIT]
