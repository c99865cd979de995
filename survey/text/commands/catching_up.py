"""`text read`: read now what waits to be read."""

from collections.abc import Sequence
from uuid import UUID

import click
from flask import current_app

from survey.foundation import jobs
from survey.foundation.db import db, write
from survey.text import actions
from survey.text.commands.files import text
from survey.text.queries import count_unread, unread

AT_ONCE = 1000


@text.command("read")
def read_now() -> None:
    """Read now every comment that waits to be read, such as those of jobs that were given up."""
    before, last = count_unread(), None
    while waiting := unread(AT_ONCE, after=last):
        write(lambda ids=tuple(waiting): _leave_jobs(ids))  # type: ignore[misc]
        last = waiting[-1]
    current_app.extensions["hearback.work_off"]()
    db.session.rollback()  # what was open here does not see what the worker wrote
    left = count_unread()
    click.echo(f"Read {before - left:,} comments.")
    if left:
        raise click.ClickException(f"{left:,} comments could not be read; they are passed over.")


@text.command("index")
def index() -> None:
    """Index the words of all comments of identified surveys anew, for the search."""
    write(actions.clear_index)
    done, last = 0, None
    while True:
        many, last = write(lambda after=last: actions.index_next(after))  # type: ignore[misc]
        if not many:
            break
        done += many
    click.echo(f"Indexed {done:,} comments.")


def _leave_jobs(response_ids: Sequence[UUID]) -> None:
    for response_id in response_ids:
        jobs.add("read_response", response_id)
