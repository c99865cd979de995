"""The commands of access."""

import click

COMMANDS: tuple[click.Command, ...] = ()
