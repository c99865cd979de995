"""A real mail server on this machine that answers as a test wants, and certificates made for it."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

HANG, DROP = "hang", "drop"


@dataclass
class Sink:
    """Keeps what arrives; `answers` are what it says instead of 250 to the next MAIL, RCPT and DATA commands."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)
    connections: int = 0

    async def _answer(self, server, stage):
        waiting = self.answers.get(stage)
        answer = waiting.pop(0) if waiting else None
        if answer == HANG:
            await asyncio.Event().wait()
        if answer == DROP:
            server.transport.abort()
            return "250 never read"
        return answer

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        if not (server.tls_context and session.ssl is None):
            self.connections += 1
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if answer := await self._answer(server, "MAIL"):
            return answer
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.asked_for.append(address)
        if answer := await self._answer(server, "RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if answer := await self._answer(server, "DATA"):
            return answer
        self.received.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        return "250 taken as 4711"


@dataclass(frozen=True)
class Certificates:
    """An authority of one's own (`ca_file`) and what a server needs to show a certificate of it."""

    authority: trustme.CA
    ca_file: Path

    def context(self, name: str):
        """What a server with this name shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(name).configure_cert(context)
        return context


def make_certificates(folder: Path) -> Certificates:
    """An authority whose certificate lies in this folder."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    return Certificates(authority, folder / "ca.pem")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _let_in(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"hear", b"p:a/s@s"), handled=False)


@contextmanager
def mail_server(sink: Sink, *, starttls=None, tls=None, wants_password=False) -> Iterator[int]:
    """Run a server with this sink and give its port."""
    auth = {"authenticator": _let_in, "auth_required": True} if wants_password else {}
    controller = Controller(
        sink, hostname="127.0.0.1", port=_free_port(), ssl_context=tls, tls_context=starttls, **auth,
        require_starttls=starttls is not None, enable_SMTPUTF8=True,
    )  # fmt: skip
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
