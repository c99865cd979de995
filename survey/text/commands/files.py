"""What every command on a file needs: the group, the options that say how a file is read, the file itself."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from survey.foundation import csv
from survey.foundation.errors import Refused
from survey.organisation.queries import organisation
from survey.text.rules import AsksFor, Reading, columns, files
from survey.text.rules.files import Source

SAID = 20

text = AppGroup("text", help="Read free text: tag, evaluate and list keywords of a CSV file; catch up on reading.")


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command FILE and what says how to read it."""
    for decorate in (
        click.option("--asks-for", type=click.Choice(["open", "faults", "praise"]), default="open", show_default=True,
                     help="What the question asked for, where no column says it."),
        click.option("--role-column", "role", metavar="COLUMN",
                     help="The column with the role of each row's question: improve, good, reason or open."),
        click.option("--score-column", "score", metavar="COLUMN",
                     help="The column with the writer's own score, if it is not called score."),
        click.option("--score-best", type=float, help="The best score there is: 1 if not said."),
        click.option("--score-worst", type=float,
                     help="The worst score there is; if not said, -1 where all scores are from -1 to 1, else 5."),
        click.option("--rating", metavar="COLUMN=WORST..BEST", help="The last three in one, such as 'score=1..5'."),
        click.option("--language", metavar="COLUMN", help="The column with the language code of each row."),
        click.option("--text-column", "--column", "column", metavar="COLUMN",
                     help="The column with the text, if its name does not say so."),
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):  # fmt: skip
        command = decorate(command)
    return command


def source_of(
    file: Path,
    *,
    column: str | None,
    language: str | None = None,
    role: str | None = None,
    rating: str | None = None,
    score: str | None = None,
    score_best: float | None = None,
    score_worst: float | None = None,
    asks_for: AsksFor = "open",
    label: str | None = None,
    is_tagged: bool = False,
) -> Source:
    """Open FILE; say which rows cannot be read; refuse columns that are not there."""
    rating_column, _, scale = (rating or "").rpartition("=")
    given = {
        "text": column, "language": language, "label": label, "role": role, "rating": rating_column.strip() or score,
    }  # fmt: skip
    try:
        grade = columns.rating_scale(scale) if rating else None
        table = csv.read(file)
        every = list(table.rows)
        rows = [row for row in every if isinstance(row, csv.Row)]
        fields = files.fields(
            table.columns, rows, {field: name for field, name in given.items() if name}, find_context=is_tagged
        )
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    say_left_out((row for row in every if isinstance(row, csv.Rejected)), "noted" if is_tagged else "left out")
    if grade is None and "rating" in fields:
        worst, best = columns.ends(row.cells[fields["rating"]] for row in rows)
        grade = columns.between(
            worst if score_worst is None else score_worst, best if score_best is None else score_best
        )
    return Source(table.columns, rows, fields, grade, asks_for, every)


def readings_of(source: Source) -> Iterator[Reading]:
    """What the organisation's reader finds in each text of a file."""
    owner = organisation()
    return source.readings(language=owner.language, languages=owner.languages, own_names=owner.name.split())


def say_left_out(rows: Iterable[csv.Rejected], what_became: str = "left out") -> None:
    """Say which lines are left out and why; the first ones alone when there are many."""
    rejected = list(rows)
    for row in rejected[:SAID]:
        click.echo(f"Line {row.line}: {row.reason}.", err=True)
    if rejected:
        click.echo(f"{len(rejected):,} {'line was' if len(rejected) == 1 else 'lines were'} {what_became}.", err=True)


def percent(share: float | None) -> str:
    """A share as it is printed; a dash where there is none."""
    return "–" if share is None else f"{100 * share:.1f} %"
