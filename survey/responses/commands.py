"""The commands of responses."""

import click

COMMANDS: tuple[click.Command, ...] = ()
