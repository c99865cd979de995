"""The commands of text: `flask --app wsgi text …`, to try the reader on a file and to catch up on reading."""

import click

from survey.text.commands import catching_up, evaluating, evaluating_reasons, keywords, tagging
from survey.text.commands.files import text

__all__ = ["COMMANDS", "catching_up", "evaluating", "evaluating_reasons", "keywords", "tagging"]

COMMANDS: tuple[click.Command, ...] = (text,)
