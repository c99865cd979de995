"""The commands of example."""

import click

COMMANDS: tuple[click.Command, ...] = ()
