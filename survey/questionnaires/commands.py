"""The commands of questionnaires."""

import click

COMMANDS: tuple[click.Command, ...] = ()
