"""The commands of responses: answers in from files, answers out into files."""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from survey.customers.rules import DayOrder
from survey.foundation import csv, jsonl, tables
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.tables import Content
from survey.organisation.queries import today
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import newest_version, questionnaire_of, survey_by_slug
from survey.questionnaires.rules import Question
from survey.responses.actions import submit
from survey.responses.analysis import FILES
from survey.responses.exports import LINES, Export, csv_lines, export_of, unfinished_of
from survey.responses.imports import Target, shown_order, submission_of, target
from survey.responses.rules import (
    BOTH,
    FLAGGED,
    VALUES,
    Meaning,
    Receipt,
    Submission,
    Voice,
    column_called,
    known_names,
    missing_in,
    scales_in,
)

CHUNK = 500
PROGRESS = 10_000
HEADING = 1
SHOWN = 20

responses = AppGroup("responses", help="Read answers from files of other tools, and write them to files.")


@dataclass
class Report:
    """What became of every row of a file."""

    rows: int = 0
    stored: int = 0
    already: int = 0
    unanswered: int = 0
    rejected: list[csv.Rejected] = field(default_factory=list)

    def add(self, receipt: Receipt) -> None:
        """Count a row that is in the database now."""
        self.stored += receipt.is_first
        self.already += not receipt.is_first


@responses.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "pairs", multiple=True, metavar="'COLUMN=KEY'", help="Which column answers which question.")
@click.option("--scale", "scales", multiple=True, metavar="'KEY=5..1'",
              help="How the file grades: its number for our lowest, two dots, its number for our highest.")  # fmt: skip
@click.option("--missing", multiple=True, metavar="'KEY=6,7'", help="Cells that mean that there is no answer.")
@click.option("--date", "day", metavar="COLUMN", help="The day of the answer; without it, today.")
@click.option(
    "--dates", type=click.Choice(["dmy", "mdy"]), help="How 03/04/2026 is meant, where the file does not show it."
)
@click.option("--id", "identity", metavar="COLUMN", help="What tells rows apart; without it, file and line.")
@click.option(
    "--voice",
    type=click.Choice([voice.value for voice in Voice]),
    default=Voice.CUSTOMER.value,
    show_default=True,
    help="Whose answers they are.",
)
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write every rejected row to this file."
)
def import_(
    slug: str,
    file: Path,
    pairs: tuple[str, ...],
    scales: tuple[str, ...],
    missing: tuple[str, ...],
    day: str | None,
    dates: DayOrder | None,
    identity: str | None,
    voice: str,
    rejects: Path | None,
) -> None:
    """Import answers to the survey SLUG from a FILE: CSV, .xlsx, or lines of JSON (.jsonl) as `responses export` writes them.

    The same file again adds nothing.

    Columns that are called like a question's key or words are found by themselves. A row that cannot be taken is told
    with its line and the reason; missing answers are accepted. Days are read as 2026-09-30, 30.09.2026, 30 Sep 2026 or
    Sep 30, 2026, and with slashes where the file shows their order.
    """
    try:
        found = _survey(slug)
        version = newest_version(found.id)
        if version is None:
            raise Refused(f"“{slug}” was never published. Publish it first: flask --app wsgi surveys publish {slug}")
        raw = file.read_bytes()
        content = Content(tables.LINES, raw) if jsonl.is_jsonl(file) else tables.content_of(raw)
        if content.form == tables.LINES:
            meaning = _meaning_of_lines(pairs, scales, missing, day, identity)
        else:
            asked = questionnaire_of(version).questions
            meaning = _meaning(content, asked, pairs, scales, missing, day, dates, identity)
        digest = hashlib.sha256(raw).hexdigest()
        report = _import(content, target(found, version, meaning, voice=voice, digest=digest, today=today()))
    except Refused as error:
        _fail(error)
    _print(report, meaning, slug, rejects)


def _meaning(
    content: Content,
    questions: Sequence[Question],
    pairs: Sequence[str],
    scales: Sequence[str],
    missing: Sequence[str],
    day: str | None,
    dates: DayOrder | None,
    identity: str | None,
) -> Meaning:
    columns = content.table().columns
    names = csv.mapping(pairs, columns, known_names(questions))
    answered = {name.partition(".")[0] for name in names.values()}
    if not names:
        raise Refused(f"No column answers a question. Name one: --map 'COLUMN=KEY'. The columns are: {', '.join(filter(None, columns))}. "
                      f"The questions are: {', '.join(question.key for question in questions)}.")  # fmt: skip
    day_column = column_called(day, columns) if day else None
    return Meaning(
        columns=names,
        questions=[question for question in questions if question.key in answered],
        scales=scales_in(scales, questions),
        missing=missing_in(missing, questions),
        day_column=day_column,
        id_column=column_called(identity, columns) if identity else None,
        day_order=dates or (shown_order(content.table(), day_column) if day_column else None),
    )


def _meaning_of_lines(
    pairs: Sequence[str], scales: Sequence[str], missing: Sequence[str], day: str | None, identity: str | None
) -> Meaning:
    """What lines of JSON mean says itself: their answers stand there as we keep them."""
    if pairs or scales or missing:
        raise Refused("Lines of JSON hold answers as we keep them: --map, --scale and --missing are for tables.")
    return Meaning({"answers": "answers"}, day_column=day, id_column=identity)


def _import(content: Content, into: Target) -> Report:
    report = Report()
    submissions = _submissions(content, into, report)
    while chunk := list(islice(submissions, CHUNK)):
        for receipt in _store(chunk):
            report.add(receipt)
        if report.rows % PROGRESS < CHUNK <= report.rows:
            click.echo(f"{report.rows:,} rows …", err=True)
    return report


def _store(chunk: Sequence[Submission]) -> list[Receipt]:
    return write(lambda: [submit(submission) for submission in chunk])


def _submissions(content: Content, into: Target, report: Report) -> Iterator[Submission]:
    for row in content.table().rows:
        report.rows += 1
        if isinstance(row, csv.Rejected):
            report.rejected.append(row)
            continue
        try:
            submission = submission_of(into, row)
        except Refused as refused:
            report.rejected.append(csv.Rejected(row.line, str(refused)))
            continue
        report.unanswered += not submission.answers
        yield submission


def _print(report: Report, meaning: Meaning, slug: str, rejects: Path | None) -> None:
    for rejected in report.rejected[:SHOWN]:
        click.echo(f"line {rejected.line}: rejected: {rejected.reason}", err=True)
    if len(report.rejected) > SHOWN:
        click.echo(f"… and {len(report.rejected) - SHOWN:,} more; all of them with --rejects FILE.", err=True)
    if rejects is not None:
        told = ((str(one.line), one.reason) for one in report.rejected)
        rejects.write_text("".join(csv.lines(("line", "reason"), told)), encoding="utf-8", newline="")
    taken = ", ".join(f"{column} as {name}" for column, name in meaning.columns.items())
    click.echo(f"Columns taken: {taken}.")
    kept = report.stored + report.already
    click.echo(f"{report.rows:,} rows in the file = {kept:,} stored + {len(report.rejected):,} rejected.")
    click.echo(f"{report.stored:,} new, {report.already:,} were there already.")
    if report.unanswered:
        click.echo(f"{report.unanswered:,} rows answer none of the questions; they are kept and counted as such.")
    if report.rejected and not report.stored + report.already:
        raise click.ClickException("No row could be stored.")
    click.echo(f"See them: {current_app.extensions['hearback.config'].base_url}/surveys/{slug}/results")


@responses.command("export")
@click.argument("slug")
@click.option("--format", "form", type=click.Choice([*LINES, *FILES]), default="csv", show_default=True)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; without it, to standard output.",
)
@click.option("--bom", is_flag=True, help="Begin a CSV file with a byte order mark, as some spreadsheets want it.")
@click.option(
    "--values",
    type=click.Choice(VALUES),
    default=BOTH,
    show_default=True,
    help="What stands in a table where words stand for values: words, their codes, or both in two columns.",
)
@click.option("--unfinished", is_flag=True, help="What was begun and not sent, as CSV, instead of the answers.")
@click.option(
    "--flagged",
    type=click.Choice([name for name in FLAGGED if name]),
    help="Without the answers that look as if no person had given them, or only these.",
)
def export(
    slug: str, form: str, output: Path | None, bom: bool, values: str, unfinished: bool, flagged: str | None
) -> None:
    """Write the answers to the survey SLUG, one row for each response.

    csv is safe to open in a spreadsheet, jsonl holds each answer exactly as it is kept; xlsx, sav (SPSS) and parquet need
    --output, the last two also: make install-analysis. A .sav file holds codes with their words, and is made in one piece, of at
    most 200,000 answers: so many short ones took 150 MB of memory. A survey that shows only groups gives answers alone, in no order:
    without who, when and which group.
    """
    if form in FILES and output is None and not unfinished:
        raise click.ClickException(f"This format needs a file: --output answers.{form}")
    try:
        found = _survey(slug)
        if unfinished:
            written = _write(csv_lines(unfinished_of(found), bom=bom), output) - HEADING
        else:
            written = _export(export_of(found, flagged=flagged or "", values=values), form, output, bom=bom)
    except Refused as error:
        _fail(error)
    if output is not None:
        click.echo(f"Wrote {written:,} answers to “{slug}” to {output}.", err=True)


def _export(export: Export, form: str, output: Path | None, *, bom: bool) -> int:
    """Write the file; return how many responses are in it."""
    if output is not None and form in FILES:
        return FILES[form](export, output)
    if form == "csv":
        return _write(csv_lines(export, bom=bom), output) - HEADING
    return _write(LINES[form](export), output)


def _write(lines: Iterator[str], output: Path | None) -> int:
    """Write the lines as UTF-8, whatever the terminal speaks; return how many they were."""
    if output is None:
        return _write_to(sys.stdout.buffer, lines)
    with output.open("wb") as handle:
        return _write_to(handle, lines)


def _write_to(handle: BinaryIO, lines: Iterator[str]) -> int:
    written = 0
    for line in lines:
        handle.write(line.encode())
        written += 1
        if written % PROGRESS == 0:
            click.echo(f"{written:,} lines …", err=True)
    handle.flush()
    return written


def _survey(slug: str) -> Survey:
    found = survey_by_slug(slug)
    if found is None:
        raise Refused(f"There is no survey “{slug}”.")
    return found


def _fail(error: Refused) -> NoReturn:
    raise click.ClickException(str(error)) from error


COMMANDS: tuple[click.Command, ...] = (responses,)
