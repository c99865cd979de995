"""The commands of letters: `letters list`, `letters suppress`, `bounces`."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.mailboxes import fetch, read_messages
from survey.foundation.smtp import Unreachable
from survey.letters import actions, queries
from survey.letters.bounces import Found, take_messages
from survey.letters.models import Letter
from survey.letters.rules.kinds import KINDS
from survey.letters.rules.lists import addresses_in
from survey.letters.rules.permission import BULK
from survey.letters.rules.states import STATES, WHY, State, Why

CHUNK = 500  # addresses in one transaction
SHOWN = 20  # lines without an address that are named

letters = AppGroup("letters", help="The outbox, and who is not written to.")


@letters.command("list")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only letters that stand like this.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
def list_letters(state: str | None, most: int) -> None:
    """Print the newest letters: when, kind, state, to whom, and why one did not go."""
    shown, cursor = 0, None
    while shown < most:
        page = queries.letters(state=state or "", cursor=cursor)
        for letter in page.items[: most - shown]:
            click.echo("\t".join(_words(letter)))
            shown += 1
        cursor = page.next
        if cursor is None:
            break
    click.echo(f"{shown} of {queries.count_letters(state=state or ''):,} letters.")


def _words(letter: Letter) -> list[str]:
    why = str(WHY[Why(letter.why)]) if letter.why else ""
    kind = str(KINDS[letter.kind].words)
    words = [f"{letter.posted_at:%Y-%m-%d %H:%M}", kind, str(STATES[State(letter.state)]), letter.address or "-", why]
    return [*words, letter.server_words] if letter.server_words else words


@letters.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--scope",
    type=click.Choice(["do_not_contact", BULK]),
    default="do_not_contact",
    show_default=True,
    help="Nothing at all, or only nothing that they did not ask for.",
)
def suppress(file: BinaryIO, scope: str) -> None:
    """Read addresses that are not to be written to from FILE (- for standard input): one a line, or a table.

    Only salted hashes are kept. The addresses stay suppressed when their owners are read in again.
    """
    listed = addresses_in(file.read().decode("utf-8-sig", "replace"))
    new = 0
    for start in range(0, len(listed.addresses), CHUNK):
        some = listed.addresses[start : start + CHUNK]
        new += _suppress(some, scope)
    write(lambda: audit("addresses suppressed", subject=str(len(listed.addresses)), user_id=None))
    click.echo(f"{len(listed.addresses):,} addresses: {new:,} new, {len(listed.addresses) - new:,} known already.")
    for number in listed.lines_without[:SHOWN]:
        click.echo(f"line {number}: no address", err=True)
    if listed.lines_without:
        many = len(listed.lines_without)
        raise click.ClickException(f"{many:,} {'line holds' if many == 1 else 'lines hold'} no address.")


def _suppress(addresses: Sequence[str], scope: str) -> int:
    return write(lambda: actions.suppress_addresses(addresses, scope, source="import", now=now()))


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, allow_dash=True))
@click.option("--fetch", "is_fetched", is_flag=True, help="Read the mailbox that BOUNCES_URL names instead of FILE.")
@with_appcontext
def bounces(file: Path | None, is_fetched: bool) -> None:
    """Read what mail servers sent back, and write down which letters did not arrive.

    FILE is one message, many of them (mbox), a folder (Maildir), or - for standard input, as from a mail server's pipe.
    """
    if is_fetched == (file is not None):
        raise click.UsageError("Name a FILE, or - for standard input, or say --fetch.")
    if is_fetched:
        _say(_fetched())
    else:
        _say(take_messages(read_messages(sys.stdin.buffer if file is None or str(file) == "-" else file)))


def _fetched() -> Counter[Found]:
    inbox = current_app.extensions["hearback.config"].inbox
    if inbox is None:
        raise click.ClickException("Set BOUNCES_URL to imaps://user:password@mail.example.org/INBOX first.")
    try:
        return take_messages(fetch(inbox))
    except Unreachable as error:
        raise click.ClickException(error.words) from None


def _say(found: Counter[Found]) -> None:
    """Say how many messages were read and what they were."""
    parts = [f"{found[kind]:,} {words}" for kind, words in SAID.items() if found[kind]]
    click.echo(f"{found.total():,} read{': ' if parts else ''}{', '.join(parts)}.")
    if found[Found.CAME_BACK]:
        click.echo(f"See {current_app.extensions['hearback.config'].base_url}/outbox?state=bounced")


SAID = {
    Found.CAME_BACK: "letters came back",
    Found.KNOWN: "known already",
    Found.PASSING: "only late, nothing to do",
    Found.FOREIGN: "not about a letter of ours",
    Found.NO_BOUNCE: "no bounces (answers, or other mail)",
}

COMMANDS: tuple[click.Command, ...] = (letters, bounces)
