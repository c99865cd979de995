"""Lists of addresses as people keep them: one a line, a table, or whatever was copied from a mail program."""

import re
from dataclasses import dataclass

from survey.access.rules import email_address

BETWEEN = re.compile(r"[\s,;<>\"'()\[\]|]+")


@dataclass(frozen=True)
class Listed:
    """The addresses of a list, each once and in their order; the numbers of lines that hold none, counted from 1."""

    addresses: tuple[str, ...]
    lines_without: tuple[int, ...]


def addresses_in(text: str) -> Listed:
    """Return the addresses that stand in a text, whatever stands beside them."""
    found: dict[str, None] = {}
    without = []
    for number, line in enumerate(text.splitlines(), 1):
        mine = [address for word in BETWEEN.split(line) if (address := email_address(word)) and "." in address]
        found.update(dict.fromkeys(mine))
        if not mine and line.strip():
            without.append(number)
    return Listed(tuple(found), tuple(without))
