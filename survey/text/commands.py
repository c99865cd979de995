"""The commands of text: `flask --app wsgi text …`, to try the reader on a file and to catch up on reading."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import IO, Any
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from survey.foundation import csv, jobs
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.foundation.text import fold
from survey.organisation.queries import organisation
from survey.reasons.rules import Wordings, codes_by_name, wordings_in
from survey.text.queries import count_unread, unread
from survey.text.rules import AsksFor, Reading, columns, files
from survey.text.rules.files import Source
from survey.text.rules.frequent import Counted, Frequent, Said, Telling, frequent, telling, too_usual
from survey.text.rules.judging import judgement
from survey.text.rules.reasons import ReasonReader
from survey.text.rules.scores import ORDER, Evaluation, evaluation

FINDINGS: Mapping[str, Callable[[Reading], object]] = {
    "sentiment": lambda reading: str(reading.sentiment),
    "text_sentiment": lambda reading: str(reading.text_sentiment),
    "confidence": lambda reading: reading.confidence,
    "signal_words": lambda reading: "; ".join(reading.signal_words),
    "keywords": lambda reading: "; ".join(reading.keywords),
    "reasons": lambda reading: "; ".join(f"{code} {confidence:.2f}" for code, confidence in reading.reasons),
}
AS_LABEL = {"none": "neutral", "not_scored": "neutral"}
AT_ONCE = 1000
MOST_GROUPS = 50
SAID = 20

text = AppGroup("text", help="Read free text: tag, evaluate and list keywords of a CSV file; catch up on reading.")


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command FILE and what says how to read it."""
    for decorate in (
        click.option("--asks-for", type=click.Choice(["open", "faults", "praise"]), default="open", show_default=True,
                     help="What the question asked for."),
        click.option("--rating", metavar="COLUMN=WORST..BEST",
                     help="The column with the writer's own score and its scale, such as 'score=1..5'."),
        click.option("--language", metavar="COLUMN", help="The column with the language code of each row."),
        click.option("--column", metavar="COLUMN", help="The column with the text, if its name does not say so."),
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):  # fmt: skip
        command = decorate(command)
    return command


@text.command("tag")
@file_options
@click.option("--output", type=click.File("w", encoding="utf-8", atomic=True), default="-", help="Write here, not to the screen.")  # fmt: skip
def tag(file: Path, output: IO[str], **options: Any) -> None:
    """Read the text column of FILE.csv and write its rows with what was found beside them."""
    source = _source(file, **options)
    header = [*filter(None, source.columns), *_finding_names(source.columns)]
    pairs = zip(source.rows, _readings(source), strict=True)
    rows = ([*row.cells.values(), *(finding(reading) for finding in FINDINGS.values())] for row, reading in pairs)
    for line in csv.lines(header, rows):
        output.write(line)
    click.echo(f"Read {len(source.rows):,} texts of the column “{source.fields['text']}”.", err=True)


def _readings(source: Source) -> Iterable[Reading]:
    owner = organisation()
    return source.readings(language=owner.language, own_names=owner.name.split())


def _finding_names(taken: Sequence[str]) -> list[str]:
    """The columns of the findings, named otherwise where the file has one of that name."""
    known = {column.casefold() for column in taken}
    return [_free(name, known) for name in FINDINGS]


def _free(name: str, known: set[str]) -> str:
    return name if name not in known else _free(f"read_{name}", known)


@text.command("evaluate")
@file_options
@click.option("--label", metavar="COLUMN", help="The column with a person's label, if it is not called label.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def evaluate(file: Path, label: str | None, is_json: bool, **options: Any) -> None:
    """Compare the reader with people's labels (negative, neutral, mixed, positive) in FILE.csv."""
    source = _labelled(_source(file, label=label, **options))
    truth = [columns.label(source.cell(row, "label")) or "" for row in source.rows]
    read_as = [AS_LABEL.get(reading.sentiment, str(reading.sentiment)) for reading in _readings(source)]
    found = evaluation(truth, read_as)
    click.echo(json.dumps(asdict(found), indent=2) if is_json else "\n".join(_in_words(found)))


def _labelled(source: Source) -> Source:
    """The rows whose label is one; the others are said and left out."""
    if "label" not in source.fields:
        raise click.ClickException(
            f"No column is called label. Name it with --label; there are: {', '.join(filter(None, source.columns))}."
        )
    column = source.fields["label"]
    known = [row for row in source.rows if columns.label(row.cells[column])]
    unknown = [row for row in source.rows if not columns.label(row.cells[column])]
    _say_left_out(
        csv.Rejected(row.line, f"“{row.cells[column][:40]}” is not one of {', '.join(ORDER)}") for row in unknown
    )
    if not known:
        raise click.ClickException(f"No label in the column “{column}” is one of {', '.join(ORDER)}.")
    return replace(source, rows=known)


def _in_words(found: Evaluation) -> Iterable[str]:
    yield f"n                   {found.n:,}"
    yield f"accuracy            {_percent(found.accuracy)}"
    yield f"macro-F1            {_percent(found.macro_f1)}"
    yield f"negative precision  {_percent(found.negative_precision)}"
    yield f"negative recall     {_percent(found.negative_recall)}"
    yield ""
    yield "people say \\ read as" + "".join(f"{word:>10}" for word in found.confusion)
    for truth, row in found.confusion.items():
        yield f"{truth:<20}" + "".join(f"{n:>10,}" for n in row.values())


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


@text.command("evaluate-reasons")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--taxonomy", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help='The reasons: JSON such as {"late": {"label": "Late delivery", "phrases": ["came late"]}}.')  # fmt: skip
@click.option("--corrections", type=click.IntRange(min=0), default=0, show_default=True, help="Learn from so many rows, chosen by chance; judge by the others.")  # fmt: skip
@click.option("--seed", default=7, show_default=True, help="Another number chooses other rows.")
@click.option("--text-column", "--column", "column", metavar="COLUMN", help="The column with the text, if its name does not say so.")  # fmt: skip
@click.option("--label-column", "--label", "label", metavar="COLUMN", help="The column with the code or label of a reason, if it is not called label.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def evaluate_reasons(
    file: Path, taxonomy: Path, corrections: int, seed: int, column: str | None, label: str | None, is_json: bool
) -> None:
    """Compare the reasons named with those that people gave in FILE.csv, one a row."""
    wordings = _wordings(taxonomy)
    labelled = list(_with_reasons(_source(file, column=column, label=label), wordings))
    Random(seed).shuffle(labelled)  # noqa: S311
    learned_from, judged_by = labelled[:corrections], labelled[corrections:]
    if not judged_by:
        raise click.ClickException(f"{len(labelled):,} rows have a reason; --corrections leaves none to judge by.")
    plain = ReasonReader(wordings)
    reader = plain.knowing(plain.learn([(words, [code]) for words, code in learned_from]))
    found = judgement([code for _, code in judged_by], [reader.ranked(words) for words, _ in judged_by])
    told = {"corrections": len(learned_from), **asdict(found)}
    click.echo(json.dumps(told, indent=2) if is_json else "\n".join(_reasons_in_words(told, wordings)))


def _wordings(taxonomy: Path) -> Wordings:
    try:
        return wordings_in(taxonomy.read_text("utf-8-sig"))
    except (Refused, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from None


def _with_reasons(source: Source, wordings: Wordings) -> Iterator[tuple[str, str]]:
    """Text and code of each row; rows whose label is no reason of the taxonomy are said and left out."""
    if "label" not in source.fields:
        raise click.ClickException(
            f"No column is called label. Name it with --label-column; there are: {', '.join(filter(None, source.columns))}."
        )
    codes = codes_by_name(wordings)
    cells = [(row, source.cell(row, "label")) for row in source.rows]
    known = {row.line: code for row, cell in cells if (code := codes.get(fold(cell)))}
    _say_left_out(
        csv.Rejected(row.line, f"“{cell[:40]}” is no reason of the taxonomy")
        for row, cell in cells
        if row.line not in known
    )
    if not known:
        raise click.ClickException(f"No label in the column “{source.fields['label']}” is a reason of the taxonomy.")
    yield from ((source.cell(row, "text"), known[row.line]) for row in source.rows if row.line in known)


def _reasons_in_words(told: Mapping[str, Any], wordings: Wordings) -> Iterator[str]:
    yield f"learned from        {told['corrections']:,}"
    yield f"judged by           {told['n']:,}"
    yield f"accuracy            {_percent(told['accuracy'])}"
    yield f"macro-F1            {_percent(told['macro_f1'])}"
    yield f"among the first two {_percent(told['top2'])}"
    yield f"the surest 70 %     {_percent(told['accuracy_confident_70'])} right"
    yield ""
    width = max(len(wordings[code].label) for code in told["classes"])
    for code, (n, right) in sorted(told["classes"].items(), key=lambda pair: -pair[1][0]):
        yield f"{wordings[code].label:<{width}}  {right:>6,} of {n:>6,} found"


@text.command("keywords")
@file_options
@click.option("--top", type=click.IntRange(1, 1000), default=25, show_default=True, help="How many.")
@click.option("--contrast", metavar="COLUMN", help="Also what the rows with each value of this column say more than the others.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def keywords(file: Path, top: int, contrast: str | None, is_json: bool, **options: Any) -> None:
    """List the keywords that most texts of FILE.csv share, with a quote."""
    source = _source(file, **options)
    groups = _groups(source, contrast) if contrast else {}
    said = [Said(source.cell(row, "text"), str(reading.sentiment)) for row, reading in zip(source.rows, _readings(source), strict=True)]  # fmt: skip
    counted = Counted(said, organisation().name.split())
    found = frequent(counted, limit=top)
    contrasts = telling(counted, groups, limit=top)
    if is_json:
        told = {
            "n": len(said),
            "keywords": [{**asdict(one), "share": round(one.comments / len(said), 4)} for one in found],
            "stop_words_suggested": too_usual(counted),
            "contrasts": {value: [asdict(one) for one in own] for value, own in contrasts.items()},
        }
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_keywords_in_words(found, too_usual(counted), contrasts, len(said))))


def _groups(source: Source, column: str) -> dict[str, list[int]]:
    """The rows by their value in a column; refused where it has one value alone, or so many that nothing can be compared."""
    if column not in source.columns:
        raise click.ClickException(
            f"There is no column “{column}”. The columns are: {', '.join(filter(None, source.columns))}."
        )
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(source.rows):
        if value := row.cells[column].strip():
            groups[value].append(number)
    if not 2 <= len(groups) <= MOST_GROUPS:
        raise click.ClickException(
            f"The column “{column}” has {len(groups):,} different values; 2 to {MOST_GROUPS} can be compared."
        )
    return dict(sorted(groups.items()))


def _keywords_in_words(
    found: Sequence[Frequent], usual: Sequence[str], contrasts: Mapping[str, Sequence[Telling]], n: int
) -> Iterator[str]:
    if not found:
        yield "No keyword is shared by two texts."
    width = max((len(one.keyword) for one in found), default=0)
    for one in found:
        mood = f"{_percent(one.positive / one.comments):>8} +  {_percent(one.negative / one.comments):>8} -"
        yield f"{one.comments:>7,}  {one.keyword:<{width}}  {mood}  “{one.quote}”"
    if usual:
        yield f"\nIn more than a quarter of the {n:,} texts, so perhaps not worth listing: {', '.join(usual)}"
    for value, own in contrasts.items():
        yield f"\n“{value}” says more than the others:"
        yield from (f"{one.here:>7,} here {one.there:>7,} there  z {one.z:>5.1f}  {one.keyword}" for one in own)


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
        raise click.ClickException(f"{left:,} comments could not be read; `doctor` says why.")


def _leave_jobs(response_ids: Sequence[UUID]) -> None:
    for response_id in response_ids:
        jobs.add("read_response", response_id)


def _source(
    file: Path,
    *,
    column: str | None,
    language: str | None = None,
    rating: str | None = None,
    asks_for: AsksFor = "open",
    label: str | None = None,
) -> Source:
    """Open FILE; say which rows cannot be read; refuse columns that are not there."""
    rating_column, _, scale = (rating or "").rpartition("=")
    given = {"text": column, "language": language, "label": label, "rating": rating_column.strip() or None}
    try:
        grade = columns.rating_scale(scale) if rating else None
        table = csv.read(file)
        rows = _rows(table)
        fields = files.fields(table.columns, rows, {field: name for field, name in given.items() if name})
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    return Source(table.columns, rows, fields, grade, asks_for)


def _rows(table: csv.Table) -> list[csv.Row]:
    found = list(table.rows)
    _say_left_out(row for row in found if isinstance(row, csv.Rejected))
    return [row for row in found if isinstance(row, csv.Row)]


def _say_left_out(rows: Iterable[csv.Rejected]) -> None:
    """Say which lines are left out and why; the first ones alone when there are many."""
    rejected = list(rows)
    for row in rejected[:SAID]:
        click.echo(f"Line {row.line}: {row.reason}.", err=True)
    if rejected:
        click.echo(f"{len(rejected):,} {'line was' if len(rejected) == 1 else 'lines were'} left out.", err=True)


COMMANDS: tuple[click.Command, ...] = (text,)
