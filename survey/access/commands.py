"""The commands of access: `users create`, `users list`, `users link`."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup
from flask_security import hash_password

from survey.access import actions, queries
from survey.access.forms import normal_password
from survey.access.rules import ROLES, Purpose, email_address, link_url, password_problem
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.organisation.queries import organisation

users = AppGroup("users", help="People who work here.")


@users.command()
@click.argument("email")
@click.option("--role", type=click.Choice(list(ROLES)), required=True, help="What they may do.")
@click.option("--name", default="", help="Their name; whoever joins by a link may change it.")
@click.option(
    "--password-stdin", is_flag=True, help="Read their password from standard input instead of making a link."
)
def create(email: str, role: str, name: str, password_stdin: bool) -> None:
    """Add a user and print the one-time link by which they choose a password."""
    try:
        if password_stdin:
            _create_with_password(email, role=role, name=name)
        else:
            user, token = write(lambda: actions.invite(email, name=name, role=role, by=None, now=now()))
            click.echo(f"{user.email} may join as {role}. This link works once, for 48 hours:\n{_link('join', token)}")
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None


def _create_with_password(email: str, *, role: str, name: str) -> None:
    password = normal_password(sys.stdin.readline().rstrip("\r\n"))
    if problem := password_problem(password, email=email, organisation=organisation().name):
        raise click.ClickException(problem)
    hashed = hash_password(password)
    user = write(
        lambda: actions.create_user(email, name=name or email.partition("@")[0], role=role, password_hash=hashed)
    )
    click.echo(f"{user.email} can sign in as {role}.")


@users.command("list")
def list_users() -> None:
    """Print everybody with an account."""
    for user in queries.users():
        state = "closed" if not user.active else "active" if user.password else "invited"
        click.echo(f"{user.email}\t{user.role}\t{state}\t{user.name}")


@users.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time link by which a user sets a new password."""
    user = queries.user_by_email(email_address(email) or "")
    if user is None:
        raise click.ClickException(f"There is no account for {email}. `users list` shows all.")
    user_id, moment = user.id, now()
    try:
        purpose, token = write(lambda: actions.make_link(queries.user(user_id), by=None, now=moment))
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"This link works once, for {'24' if purpose == 'password' else '48'} hours:\n{_link(purpose, token)}")


def _link(purpose: Purpose, token: str) -> str:
    return link_url(current_app.extensions["hearback.config"].base_url, purpose, token)


COMMANDS: tuple[click.Command, ...] = (users,)
