"""Servers to measure: started as processes of a session of their own, so that what they use can be counted."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from survey.config import ROOT, Config
from survey.serve import web_command

START_SECONDS = 60
DISK = Path("/var/tmp")  # a disk that keeps what is written: durable commits into memory would cost nothing


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and its process."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def last_words(self) -> str:
        """The end of what it said."""
        return self.log.read_text(errors="replace")[-1500:]

    def cpu_seconds(self) -> float:
        """CPU time of all its processes so far, with the resolution of the scheduler."""
        return sum(_cpu_seconds(int(pid)) for pid in self._pids())

    def memory_mb(self) -> float:
        """Memory of all its processes, shared pages shared out (PSS)."""
        return sum(_pss_kb(int(pid)) for pid in self._pids()) / 1024

    def _pids(self) -> list[str]:
        return [pid for pid in os.listdir("/proc") if pid.isdigit() and _session(pid) == self.process.pid]


def _cpu_seconds(pid: int) -> float:
    """CPU time of a process with all its threads: its CPU clock, whose number the kernel makes from the process id."""
    return time.clock_gettime((~pid << 3) | 2)


def _session(pid: str) -> int | None:
    """The session of a process: the fields of its stat after the name in brackets begin with state, parent, group, session."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[3])
    except OSError:
        return None


def _pss_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on a real disk for the time of a measurement."""
    with tempfile.TemporaryDirectory(prefix="hearback-bench-", dir=DISK if DISK.is_dir() else None) as path:
        yield Path(path)


def product_command(instance: Path, port: int, app: str = "wsgi:app") -> list[str]:
    """The command with which the product starts its web server, for it or for another application."""
    return [*web_command(Config.from_environment(environment(instance, port)))[:-1], app]


def environment(instance: Path, port: int) -> dict[str, str]:
    """The environment of a temporary installation; behind one proxy, so that every load client may be another customer."""
    real = {"DATABASE_URL", "REDIS_URL", "BASE_URL", "SMTP_URL", "BOUNCES_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in real}
    own = {"INSTANCE_PATH": str(instance), "HOST": "127.0.0.1", "PORT": str(port), "TRUSTED_PROXIES": "1"}
    return {**kept, **own, "WEB_CONCURRENCY": "1", "PYTHONPATH": str(ROOT), "BARE_FOLDER": str(instance)}


@contextmanager
def running(name: str, command: Sequence[str], *, port: int, environ: Mapping[str, str]) -> Iterator[Server]:
    """Run a server until the block ends; it is ready when the block begins."""
    log = Path(environ["BARE_FOLDER"]) / f"{name}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(environ), start_new_session=True, stdout=file, stderr=file
        )
    server = Server(name, port, process, log)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        _stop(process)


def _wait_until_ready(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{server.name} did not start:\n{server.last_words()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
