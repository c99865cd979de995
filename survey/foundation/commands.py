"""The commands that look after the house: worker, doctor, backup, restore."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from survey.foundation import archive, jobs
from survey.foundation.errors import Refused
from survey.foundation.queue import run_worker
from survey.foundation.web import readiness


@click.command()
@with_appcontext
def worker() -> None:
    """Work off the jobs that answers leave behind (reading text, folding counts); runs until stopped."""

    def first() -> None:
        jobs.beat()
        current_app.extensions["hearback.work_off"]()

    run_worker(current_app.extensions["hearback.queue"], first)


@click.command()
@with_appcontext
def doctor() -> None:
    """Check the installation and say what is wrong; exits with 1 when something is."""
    config = current_app.extensions["hearback.config"]
    click.echo(f"Python      {sys.version.split()[0]}")
    click.echo(f"Instance    {config.instance_path}")
    click.echo(f"Database    {config.database_url.split('@')[-1]}")
    click.echo(f"Address     {config.base_url}")
    checks = readiness()
    for name, state in checks.items():
        click.echo(f"{name:<12}{state}")
    if checks["database"] == "ok" and checks.get("migrations") == "ok":
        given_up = jobs.failed()
        click.echo(f"Jobs        {jobs.waiting():,} waiting, {len(given_up)} given up")
        for job in given_up[:5]:
            click.echo(f"            {job.kind} {job.subject}: {job.error}")
    if any(state != "ok" for state in checks.values()):
        raise click.ClickException("not everything is as it should be: see above")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(file: Path) -> None:
    """Write everything (database and secret) into one archive FILE; safe while people are answering."""
    config = current_app.extensions["hearback.config"]
    size = archive.backup(file, database_url=config.database_url, secret=config.secret_key)
    click.echo(f"Backed up to {file} ({size / 1e6:.1f} MB). It holds personal data and the secret: keep it safe.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put aside the database that is here now and take the backup's place.")
@with_appcontext
def restore(file: Path, replace: bool) -> None:
    """Bring back a backup FILE; stop Hearback first. Refuses to overwrite data unless --replace is given."""
    config = current_app.extensions["hearback.config"]
    secret_path = config.instance_path / "secret_key"
    kept = archive.restore(file, database_url=config.database_url, secret_path=secret_path, replace=replace)
    if kept:
        click.echo(f"The database that was here is kept as {kept}.")
    click.echo(f"Restored from {file}. Run: flask --app wsgi db upgrade")


def in_words(command: click.Command) -> click.Command:
    """Let a command, and those of a group, end with a sentence instead of a stack trace where one is known."""
    if isinstance(command, click.Group):
        for part in command.commands.values():
            in_words(part)
    elif command.callback is not None and not hasattr(command.callback, "__speaks__"):
        command.callback = _in_words(command.callback)
    return command


def _in_words(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return callback(*args, **kwargs)
        except Refused as refusal:
            raise click.ClickException(str(refusal)) from None
        except SQLAlchemyError as error:
            if not _is_behind():
                raise
            raise click.ClickException("Bring the database up to date first: flask --app wsgi db upgrade") from error

    call.__speaks__ = True  # type: ignore[attr-defined]
    return call


def _is_behind() -> bool:
    app = click.get_current_context().ensure_object(ScriptInfo).load_app()
    with app.app_context():
        return bool(app.extensions["hearback.behind"]())


COMMANDS: tuple[click.Command, ...] = (worker, doctor, backup, restore)
