"""`flask --app wsgi serve`: migrate, make the example where asked, then run web server and worker as one command."""

import signal
import socket
import subprocess
import sys
import time
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from survey.access.actions import claim_link
from survey.config import ROOT, Config
from survey.example.actions import make_example
from survey.example.queries import is_empty
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.organisation.queries import organisation, today

THREADS = "256"  # a form that is sent slowly holds a thread until it is here; a waiting thread costs next to nothing
GRACE_SECONDS = 20


@click.command()
@click.option("--example", is_flag=True, help="Fill an empty installation with the example organisation.")
@with_appcontext
def serve(example: bool) -> None:
    """Start everything: bring the database up to date, then web server and worker, until Ctrl-C."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    config: Config = app.extensions["hearback.config"]
    _refuse_taken_port(config)
    upgrade()
    if example and is_empty():
        click.echo("Making the example organisation, once ...")
        click.echo(make_example(today=today(), now=now()))
        app.extensions["hearback.work_off"]()
    _say_where(config)
    raise SystemExit(_run_together(web_command(config), _worker()))


def _refuse_taken_port(config: Config) -> None:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {config.host}:{config.port} ({error.strerror}). "
                f"Is Hearback running already? Else choose another port: make run PORT={config.port + 1}"
            ) from None


def _say_where(config: Config) -> None:
    token = write(lambda: claim_link(now=now()))
    click.echo(f"\n  Hearback for {organisation().name}: {config.base_url}\n")
    if token:
        click.echo("  Nobody has an account yet. Open this one-time address to make yours (you become the admin):")
        click.echo(f"  {config.base_url}/setup/{token}\n")
    else:
        click.echo(f"  Sign in: {config.base_url}/sign-in\n")
    click.echo("  Stop with Ctrl-C.\n", nl=True)
    sys.stdout.flush()


def web_command(config: Config) -> list[str]:
    """The web server; one process on SQLite, since all its writers then share one writer thread."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", config.host, "--port", str(config.port),
        "--workers", str(config.web_processes), "--blocking-threads", THREADS, "--backpressure", "512",
        "--http1-header-read-timeout", "15000", "--respawn-failed-workers", "--no-ws",
        "--log-level", "error", "--working-dir", str(ROOT), "wsgi:app",
    ]  # fmt: skip


def _worker() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), "worker"]


def _run_together(*commands: list[str]) -> int:
    """Run the commands until one of them ends or we are told to stop; then stop all. Returns the exit code."""
    children = [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for command in commands]  # noqa: S603
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
    if stopping:
        click.echo("Stopped.")
        return 0
    click.echo("A part of Hearback ended by itself; see the lines above.", err=True)
    return 1


COMMANDS: tuple[click.Command, ...] = (serve,)
