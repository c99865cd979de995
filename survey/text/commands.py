"""The commands of text."""

import click

COMMANDS: tuple[click.Command, ...] = ()
