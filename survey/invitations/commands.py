"""The commands of invitations: `flask --app wsgi events …`, what happened to customers, so that they are asked about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from survey.customers.models import Person
from survey.customers.queries import people_named
from survey.foundation import csv, tables
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.jsonl import Entry
from survey.foundation.text import fold
from survey.invitations import actions
from survey.invitations.rules import EVENTS
from survey.letters.rules.links import Links
from survey.organisation.queries import today

CHUNK = 500
COLUMNS = {"external_id", "email", "event", "on", "id"}

events = AppGroup("events", help="Tell what happened to customers, so that surveys which wait for it are sent.")


@dataclass(frozen=True)
class Happened:
    """A row of a file: to whom, what, when, and by which number it is known."""

    line: int
    who: str
    event: str
    on: date
    key: str


@dataclass
class Report:
    """What became of a file."""

    rows: int = 0
    posted: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)


@events.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="COLUMN=FIELD",
    help=f"Which column is which of {', '.join(sorted(COLUMNS))}.",
)
def import_(file: Path, pairs: Sequence[str]) -> None:
    """Read what happened from FILE.csv: external_id or email, event, on (2026-11-30; today where empty), id.

    The same event twice, by its id or else by its day, asks nobody twice. What happened before a trigger was made asks nobody.
    """
    try:
        report = _import(file, pairs)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    for line, reason in report.rejected:
        click.echo(f"line {line}: rejected: {reason}")
    click.echo(f"{report.rows:,} rows = {report.rows - len(report.rejected):,} taken + {len(report.rejected):,} rejected; "
               f"{report.posted:,} invitations posted.")  # fmt: skip
    if report.rejected and len(report.rejected) == report.rows:
        raise click.ClickException("No row could be taken.")


@events.command("record")
@click.argument("event", type=click.Choice(list(EVENTS)))
@click.option("--person", "who", required=True, help="Their customer number or e-mail address.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="When; today unless given.")
@click.option("--id", "key", default="", help="The event's own number; its day unless given.")
def record(event: str, who: str, on: object, key: str) -> None:
    """Tell that EVENT happened to a person."""
    day = on.date() if hasattr(on, "date") else today()
    if not _people([who]):
        raise click.ClickException(f"Nobody in People has the number or address “{who}”.")
    posted = _post([Happened(0, who, event, day, key or day.isoformat())])
    click.echo(
        f"{posted} invitations posted. {'' if posted else 'No survey waits for this event, or this one was told before.'}".strip()
    )


def _import(file: Path, pairs: Sequence[str]) -> Report:
    table = tables.read(file)
    if not table.columns:
        raise Refused("Events are read from a table with a first row of names: CSV or a spreadsheet.")
    fields = csv.mapping(pairs, table.columns, {fold(name): name for name in COLUMNS})
    if "event" not in fields.values() or not {"external_id", "email"} & set(fields.values()):
        raise Refused(
            "A column must hold the event, and one the customer number or e-mail address. Name them: --map 'COLUMN=event'."
        )
    report = Report()
    rows = _rows(table.rows, fields, report)
    while some := list(islice(rows, CHUNK)):
        known = set(_people([one.who for one in some]))
        report.rejected += [
            (one.line, "nobody in People has this number or address") for one in some if one.who.lower() not in known
        ]
        report.posted += _post([one for one in some if one.who.lower() in known])
    return report


def _rows(rows: Iterator[tables.Line], fields: dict[str, str], report: Report) -> Iterator[Happened]:
    for row in rows:
        report.rows += 1
        try:
            yield _happened(row, fields)
        except Refused as refused:
            report.rejected.append((row.line, str(refused)))


def _happened(row: tables.Line, fields: dict[str, str]) -> Happened:
    if isinstance(row, csv.Rejected | Entry):
        raise Refused(getattr(row, "reason", "this is no row of a table"))
    cells = {name: row.cells[column].strip() for column, name in fields.items()}
    event = cells["event"].lower().replace(" ", "_")
    if event not in EVENTS:
        raise Refused(f"“{cells['event']}” is none of {', '.join(EVENTS)}")
    who = cells.get("external_id") or cells.get("email") or ""
    if not who:
        raise Refused("there is neither a number nor an address")
    try:
        on = date.fromisoformat(cells["on"]) if cells.get("on") else today()
    except ValueError:
        raise Refused(f"“{cells['on']}” is no day such as 2026-11-30") from None
    return Happened(row.line, who, event, on, cells.get("id") or on.isoformat())


def _people(names: Sequence[str]) -> dict[str, Person]:
    """Who is meant, by what they were called, in small letters."""
    found = people_named(names, [name.lower() for name in names if "@" in name])
    by_name = {name.lower(): one for one in reversed(found) for name in (one.email, one.external_id) if name}
    return {name.lower(): by_name[name.lower()] for name in names if name.lower() in by_name}


def _post(some: Sequence[Happened]) -> int:
    links: Links = current_app.extensions["hearback.links"]

    def work() -> int:
        known = _people([one.who for one in some])
        return sum(
            actions.happened(one.event, known[one.who.lower()], on=one.on, key=one.key, links=links, now=now())
            for one in some
        )

    return write(work)


COMMANDS: tuple[click.Command, ...] = (events,)
