"""The commands of results."""

import click

COMMANDS: tuple[click.Command, ...] = ()
