"""The command that makes the example organisation."""

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.example.actions import make_example
from survey.foundation.clock import now
from survey.organisation.queries import today


@click.command()
@with_appcontext
def demo() -> None:
    """Fill an empty installation with the example organisation, ending today; refuses when there is data."""
    click.echo(make_example(today=today(), now=now()))
    current_app.extensions["hearback.work_off"]()
    click.echo(f"Look at it: {current_app.extensions['hearback.config'].base_url}/today")


COMMANDS: tuple[click.Command, ...] = (demo,)
