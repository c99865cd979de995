"""How web servers bear slow clients: 200 of one kind hold their connections while health and a real answer are probed.

python -m bench.slow_clients                         every server below, on a temporary installation
python -m bench.slow_clients granian                 one of them
python -m bench.slow_clients --port 8443 --path /s/x  what listens there already (a proxy in front, say)
"""

import argparse
import random
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from bench import load
from bench.instances import PATH, new_instance
from bench.servers import environment, folder, free_port, product_command, running

T = TypeVar("T")

CLIENTS = 200
PROBES = 6
PATIENCE = 3.0  # seconds a probe waits: more, and a person has gone
DRIP_SECONDS = 1.0
BODY = 20_000
BEGINNING = "X-Forwarded-For: 203.0.113.9\r\n"


def gunicorn(workers: int, threads: int) -> Callable[[Path, int], list[str]]:
    """The command that serves the product by gunicorn's threads."""

    def command(_instance: Path, port: int) -> list[str]:
        return [
            sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", str(workers),
            "--threads", str(threads), "--bind", f"127.0.0.1:{port}", "--keep-alive", "15", "--no-control-socket",
            "--log-level", "error", "wsgi:app",
        ]  # fmt: skip

    return command


def granian(threads: int) -> Callable[[Path, int], list[str]]:
    """The product's own command with another number of threads."""

    def command(instance: Path, port: int) -> list[str]:
        words = product_command(instance, port)
        words[words.index("--blocking-threads") + 1] = str(threads)
        return words

    return command


SERVERS: Mapping[str, Callable[[Path, int], list[str]]] = {
    "product": product_command,
    "granian-16": granian(16),
    "gunicorn-1x16": gunicorn(1, 16),
    "gunicorn-2x8": gunicorn(2, 8),
}


def half_headers(client: socket.socket, _path: str) -> bytes:
    """Begin a request and never come to the end of its headers."""
    client.sendall(f"GET /healthz HTTP/1.1\r\nHost: x\r\n{BEGINNING}".encode())
    return b"X-Slow: yes\r\n"


def half_body(client: socket.socket, path: str) -> bytes:
    """Announce a form, send half of it, and go on byte by byte."""
    head = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {BODY}\r\n\r\nreason="
    client.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\n{BEGINNING}{head}".encode() + b"x" * (BODY // 2))
    return b"x"


def no_reading(client: socket.socket, path: str) -> bytes:
    """Ask for the page again and again and read none of it."""
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n{BEGINNING}\r\n".encode() * 40)
    return b""


def idle(client: socket.socket, _path: str) -> bytes:
    """Ask once, then keep the connection, as browsers do."""
    client.sendall(f"GET /healthz HTTP/1.1\r\nHost: x\r\n{BEGINNING}\r\n".encode())
    return b""


KINDS: Mapping[str, Callable[[socket.socket, str], bytes]] = {
    "headers half sent": half_headers,
    "bodies half sent": half_body,
    "answers not read": no_reading,
    "kept and idle": idle,
}


@contextmanager
def slow_clients(kind: Callable[[socket.socket, str], bytes], port: int, path: str) -> Iterator[list[socket.socket]]:
    """Hold 200 clients of a kind, each dripping on, until the block ends."""
    ended = threading.Event()
    clients = [_connect(port) for _ in range(CLIENTS)]
    drips = [(client, _quietly(kind, client, path)) for client in clients if client]

    def drip_on() -> None:
        while not ended.wait(DRIP_SECONDS):
            for client, drip in drips:
                if drip:
                    _quietly(lambda client, drip: client.send(drip), client, drip)

    dripping = threading.Thread(target=drip_on)
    dripping.start()
    yield [client for client, _ in drips]
    ended.set()
    dripping.join()
    for client, _ in drips:
        client.close()


def _connect(port: int) -> socket.socket | None:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.settimeout(PATIENCE)
    try:
        client.connect(("127.0.0.1", port))
    except OSError:
        return None
    return client


def _quietly(do: Callable[..., T], *arguments: object) -> T | None:
    try:
        return do(*arguments)
    except OSError:
        return None


def probe_health(port: int) -> bool:
    """Whether a new visitor's health probe is answered in time."""
    with closing(load.Connection(port, timeout=PATIENCE)) as connection:
        return connection.get("/healthz").status == 200


def probe_answer(port: int, path: str) -> bool:
    """Whether a new visitor's answer is confirmed in time."""
    with closing(load.Connection(port, timeout=PATIENCE)) as connection:
        page = connection.get(path).body
        return connection.post(path, load.filled_in(page, random.Random())).status == 303


def _tries(probe: Callable[[], bool]) -> tuple[int, float]:
    """How many of the probes succeeded, and the slowest of these in ms."""
    times = []
    for _ in range(PROBES):
        start = time.perf_counter()
        if _quietly(probe):
            times.append(time.perf_counter() - start)
        time.sleep(0.1)
    return len(times), max(times, default=0) * 1000


def measure(name: str, port: int, path: str) -> None:
    """Print one line for each kind of slow client."""
    for kind, behave in KINDS.items():
        with slow_clients(behave, port, path) as clients:
            time.sleep(1)
            health = _tries(lambda: probe_health(port))
            answer = _tries(lambda: probe_answer(port, path))
        print(
            f"{name:<14} {kind:<18} {len(clients):>4} held   health {_said(health)}   answers {_said(answer)}",
            flush=True,
        )


def _said(tries: tuple[int, float]) -> str:
    return f"{tries[0]}/{PROBES}" + (f" ({tries[1]:,.0f} ms at most)" if tries[0] else "")


def main() -> None:
    """Measure what was asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("servers", nargs="*", choices=[*SERVERS, []], help="which servers (all)")
    options.add_argument("--port", type=int, help="measure what listens there already")
    options.add_argument("--path", default=PATH, help="the survey's path there")
    chosen = options.parse_args()
    if chosen.port:
        measure(f"port {chosen.port}", chosen.port, chosen.path)
        return
    with folder() as instance:
        new_instance(instance)
        for name in chosen.servers or SERVERS:
            port = free_port()
            command = SERVERS[name](instance, port)
            with running(name, command, port=port, environ=environment(instance, port)):
                measure(name, port, PATH)


if __name__ == "__main__":
    main()
