"""The load client: threads that keep their connections, on plain sockets, so that it takes little from the server measured."""

import random
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

HIDDEN = re.compile(rb"<input\b[^>]*\btype=[\"']?hidden\b[^>]*>")
NAME = re.compile(rb"\bname=\"([^\"]*)\"")
VALUE = re.compile(rb"\bvalue=\"([^\"]*)\"")
WORDS = tuple(
    "the staff were friendly but I had to wait far too long and nobody told us why so the price feels high now".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: bytes
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header; "" where there is none."""
        found = re.search(rb"(?im)^%s:[ \t]*([^\r\n]*)" % name.encode(), self.headers)
        return found[1].decode() if found else ""


class Connection:
    """One kept connection; every request comes from another customer behind a proxy."""

    def __init__(self, port: int, *, timeout: float = 30.0) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = f"127.0.0.1:{port}"

    def get(self, path: str, *, accept_encoding: str = "identity") -> Reply:
        return self._exchange(f"GET {path} HTTP/1.1\r\n{self._headers(accept_encoding)}\r\n".encode())

    def post(self, path: str, body: bytes) -> Reply:
        length = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return self._exchange(f"POST {path} HTTP/1.1\r\n{self._headers('identity')}{length}\r\n".encode() + body)

    def close(self) -> None:
        self.socket.close()

    def _headers(self, accept_encoding: str) -> str:
        customer = ".".join(str(random.randrange(1, 255)) for _ in range(4))
        return f"Host: {self.host}\r\nAccept-Encoding: {accept_encoding}\r\nX-Forwarded-For: {customer}\r\n"

    def _exchange(self, request: bytes) -> Reply:
        self.socket.sendall(request)
        got = self._receive(b"")
        while b"\r\n\r\n" not in got:
            got = self._receive(got)
        headers, _, body = got.partition(b"\r\n\r\n")
        reply = Reply(int(headers[9:12]), headers, body)
        length = reply.header("content-length")
        while length and len(body) < int(length):
            body = self._receive(body)
        while not length and reply.header("transfer-encoding") == "chunked" and not body.endswith(b"0\r\n\r\n"):
            body = self._receive(body)
        return Reply(reply.status, headers, body)

    def _receive(self, before: bytes) -> bytes:
        more = self.socket.recv(65536)
        if not more:
            raise ConnectionError("the server closed the connection")
        return before + more


def hidden_fields(page: bytes) -> list[tuple[str, str]]:
    """The hidden fields of a form: what a browser sends back unseen."""
    fields = []
    for tag in HIDDEN.findall(page):
        name, value = NAME.search(tag), VALUE.search(tag)
        fields.append((name[1].decode() if name else "", unescape(value[1].decode()) if value else ""))
    return fields


def filled_in(page: bytes, chance: random.Random, *, nps: int | None = None) -> bytes:
    """The body of a POST that answers the satisfaction form on a page."""
    words = " ".join(chance.choices(WORDS, k=18))
    grade = chance.randrange(11) if nps is None else nps
    answers = [("nps", str(grade)), ("rating", str(chance.randrange(1, 6))), ("reason", words)]
    return urlencode([*hidden_fields(page), *answers]).encode()


@dataclass
class Outcome:
    """What a phase of load measured."""

    wall: float = 0.0
    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.wall

    def percentile(self, share: float) -> float:
        """The time in seconds within which so large a share of requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


Request = Callable[[Connection], Reply]


def run(port: int, requests: Sequence[Request], *, connections: int) -> Outcome:
    """Send all requests over so many kept connections, each as fast as it is answered."""
    outcome, waiting = Outcome(), list(reversed(requests))

    def work() -> None:
        connection = Connection(port)
        while waiting:
            try:
                request = waiting.pop()
            except IndexError:
                break
            start = time.perf_counter()
            reply = request(connection)
            outcome.seconds.append(time.perf_counter() - start)
            outcome.replies.append(reply)
        connection.close()

    began = time.perf_counter()
    _together([threading.Thread(target=work) for _ in range(connections)])
    outcome.wall = time.perf_counter() - began
    for reply in outcome.replies:
        outcome.statuses[reply.status] = outcome.statuses.get(reply.status, 0) + 1
    return outcome


def _together(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
