"""The commands of customers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from survey.customers.actions import Novelty, Recorded, record_all
from survey.customers.imports import NO_TABLE, entry_in, shown_order
from survey.customers.rules import (
    LEFT_WORDS,
    SEGMENT,
    DayOrder,
    PersonEntry,
    Reading,
    currency_code,
    known_in,
)
from survey.foundation import csv, tables
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.organisation.queries import organisation, today

CHUNK = 500
PROGRESS = 10_000

customers = AppGroup("customers", help="Bring in the people whom the organisation serves or served.")


@dataclass
class Report:
    """What became of every row of a file."""

    rows: int = 0
    stored: int = 0
    negative: int = 0
    rejected: list[csv.Rejected] = field(default_factory=list)
    people: dict[UUID, Novelty] = field(default_factory=dict)
    left: set[UUID] = field(default_factory=set)
    gave_reason: set[UUID] = field(default_factory=set)

    def reject(self, line: int, reason: str) -> None:
        """Count a row that was not taken."""
        self.rejected.append(csv.Rejected(line, reason))

    def add(self, done: Recorded) -> None:
        """Count a row that was stored; somebody whom an earlier row made stays new."""
        self.stored += 1
        id, entry = done.person.id, done.entry
        if self.people.get(id, "unchanged") == "unchanged":
            self.people[id] = done.novelty
        self.negative += (entry.value_minor or 0) < 0
        self.left |= {id} if entry.has_left else set()
        self.gave_reason |= {id} if entry.has_left and entry.reason else set()

    def how_many(self, novelty: Novelty) -> int:
        """How many people this was news about."""
        return sum(1 for one in self.people.values() if one == novelty)


@customers.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map", "pairs", multiple=True, metavar="'COLUMN=FIELD'", help="Which column is which field; once for each."
)
@click.option(
    "--departed", multiple=True, metavar="VALUE", help=f"A status that means left; else: {', '.join(LEFT_WORDS)}."
)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day the file was true; else today."
)
@click.option("--currency", metavar="CODE", help="The currency of amounts without one; else the organisation’s.")
@click.option(
    "--dates", type=click.Choice(["dmy", "mdy"]), help="How 03/04/2026 is meant, where the file does not show it."
)
def import_(
    file: Path,
    pairs: tuple[str, ...],
    departed: tuple[str, ...],
    as_of: datetime | None,
    currency: str | None,
    dates: DayOrder | None,
) -> None:
    """Import people from a CSV file or a spreadsheet; again as often as you like, nobody is there twice.

    Fields: external_id name email phone language status started_on ended_on tenure_months plan value currency tier
    reason segment.<name>. Usual column names are recognised. A file without dates takes the as-of date as the end, and
    as-of minus tenure as the start.
    """
    try:
        fields = _fields(file, pairs)
        reading = Reading(
            as_of=as_of.date() if as_of else today(),
            currency=currency_code(currency or "") or organisation().currency,
            left_words=departed or LEFT_WORDS,
            day_order=dates or shown_order(tables.read(file), fields),
        )
        report = _import(file, fields, reading)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    _print(report, fields, reading.as_of)
    if report.rejected and not report.stored:
        raise click.ClickException("No row could be stored.")


def _fields(file: Path, pairs: Sequence[str]) -> dict[str, str]:
    columns = tables.read(file).columns
    if not columns:
        raise Refused(NO_TABLE)
    fields = csv.mapping(pairs, columns, known_in(columns), open_prefix=SEGMENT)
    if not {"external_id", "email"} & set(fields.values()):
        raise Refused(
            "No column holds a customer number or an e-mail address. Name it: --map 'COLUMN=external_id'. "
            f"The columns are: {', '.join(filter(None, columns))}."
        )
    return fields


def _import(file: Path, fields: dict[str, str], reading: Reading) -> Report:
    report = Report()
    entries = _entries(file, fields, reading, report)
    while chunk := list(islice(entries, CHUNK)):
        for done in _store(chunk):
            report.add(done)
        if report.rows % PROGRESS < CHUNK <= report.rows:
            click.echo(f"{report.rows:,} rows …", err=True)
    return report


def _entries(file: Path, fields: dict[str, str], reading: Reading, report: Report) -> Iterator[PersonEntry]:
    for row in tables.read(file).rows:
        report.rows += 1
        if isinstance(row, csv.Rejected):
            report.reject(row.line, row.reason)
            continue
        try:
            yield entry_in(row, fields, reading)
        except Refused as error:
            report.reject(row.line, str(error))


def _store(entries: Sequence[PersonEntry]) -> list[Recorded]:
    return write(lambda: record_all(entries, now=now(), is_history=True))


def _print(report: Report, fields: dict[str, str], as_of: date) -> None:
    for row in report.rejected:
        click.echo(f"line {row.line}: rejected: {row.reason}")
    no_reason = len(report.left - report.gave_reason)
    base_url = current_app.extensions["hearback.config"].base_url
    click.echo("Columns taken: " + ", ".join(f"{column} as {name}" for column, name in fields.items()) + ".")
    click.echo(f"{report.rows:,} rows in the file = {report.stored:,} stored + {len(report.rejected):,} rejected.")
    click.echo(
        f"{len(report.people):,} people: {report.how_many('new'):,} new, {report.how_many('changed'):,} changed, "
        f"{report.how_many('unchanged'):,} unchanged."
    )
    click.echo(f"{len(report.left):,} departed as of {as_of}, {no_reason:,} of them without a reason.")
    if report.negative:
        click.echo(f"{report.negative:,} negative values, kept as they are.")
    click.echo(f"See them: {base_url}/lost and {base_url}/people")


COMMANDS: tuple[click.Command, ...] = (customers,)
