"""The commands that look after the house: worker, doctor, backup, restore."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from survey.foundation import archive, jobs
from survey.foundation.db import new_id
from survey.foundation.errors import Refused
from survey.foundation.queue import run_worker
from survey.foundation.smtp import Folder, Mailer, Message, NotTaken
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
@click.argument("part", required=False, type=click.Choice(["mail"]))
@click.option("--to", "address", metavar="ADDRESS", help="With mail: send a letter to this address.")
@with_appcontext
def doctor(part: str | None, address: str | None) -> None:
    """Check the installation, or its mail alone, and say what is wrong; exits with 1 when something is."""
    if part == "mail":
        _look_at_mail(current_app.extensions["hearback.config"], address)
    elif address:
        raise click.UsageError("--to goes with mail: doctor mail --to ADDRESS")
    else:
        _look_at_house(current_app.extensions["hearback.config"])


def _look_at_house(config: Any) -> None:
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


def _look_at_mail(config: Any, address: str | None) -> None:
    post, sender = current_app.extensions["hearback.post"], config.sender
    click.echo(f"From        {sender.name} <{sender.address}>" if sender.name else f"From        {sender.address}")
    click.echo(f"Bounces     {config.bounce_address}, {_bounces_are_read(config)}")
    click.echo(f"Domain      {_domain_words(sender.domain, urlsplit(config.base_url).hostname or '')}")
    try:
        if isinstance(post, Folder):
            click.echo(f"Letters     lie in {post.path}: set SMTP_URL to send them")
        else:
            _say_seen(post)
        if address:
            click.echo(f"Sent        to {address}: {_send_one(post, address, sender.domain)}")
    except NotTaken as error:
        raise click.ClickException(error.words) from None


def _bounces_are_read(config: Any) -> str:
    if config.inbox is None:
        return "read by hand: flask --app wsgi bounces FILE"
    return f"read from {config.inbox.folder} on {config.inbox.host}"


def _domain_words(domain: str, host: str) -> str:
    """Whether people would know the sender: receivers trust letters whose domain is that of the links inside."""
    if domain == host or host.endswith(f".{domain}") or domain.endswith(f".{host}"):
        return f"{domain} goes with {host}"
    return f"{domain} is not that of {host} in BASE_URL: many will distrust such letters"


def _say_seen(post: Mailer) -> None:
    relay, seen = post.relay, post.look()
    click.echo(f"Letters     go to {relay.host}:{relay.port}")
    click.echo(f"Encryption  {seen.tls or 'none (?tls=none): only inside your own network'}")
    if seen.tls:
        click.echo(f"Certificate {', '.join(seen.certificate_names)}, until {seen.certificate_ends}")
    click.echo(f"Signed in   {f'as {relay.user}' if relay.user else 'no: SMTP_URL names no user'}")
    click.echo(f"Server can  {', '.join(seen.features) or 'nothing beyond the basics'}")


def _send_one(post: Mailer | Folder, address: str, domain: str) -> str:
    words = "This letter was sent to see whether letters arrive. They do."
    letter = Message(
        to=address,
        subject="A letter to see whether letters arrive",
        text=words,
        html=f'<!doctype html><html lang="en"><title>A letter</title><p>{words}</p></html>',
        message_id=f"{new_id()}@{domain}",
    )
    with post.open() as opened:
        return opened.send(letter)


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
