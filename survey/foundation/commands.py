"""The commands that run the house."""

import click

COMMANDS: tuple[click.Command, ...] = ()
