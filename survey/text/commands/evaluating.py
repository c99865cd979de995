"""`text evaluate` and `text evaluate-language`: how well the reader agrees with people's labels."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from survey.foundation import csv
from survey.organisation.queries import organisation
from survey.text.commands.files import file_options, percent, readings_of, say_left_out, source_of, text
from survey.text.rules import columns, languages, normalise, warm_up
from survey.text.rules.files import Source
from survey.text.rules.scores import ORDER, Evaluation, accuracy_and_macro_f1, confusion, evaluation, guess


@text.command("evaluate")
@file_options
@click.option("--label-column", "--label", "label", metavar="COLUMN", help="The column with a person's label, if it is not called label.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def evaluate(file: Path, label: str | None, is_json: bool, **options: Any) -> None:
    """Compare the reader with people's labels (negative, neutral, mixed, positive) in FILE.csv.

    A text that the reader is unsure of is judged by its best guess; where people gave but two labels, by its side.
    """
    source = _labelled(source_of(file, label=label, **options))
    truth = [columns.label(source.cell(row, "label")) or "" for row in source.rows]
    labels = frozenset(truth)
    warm_up()
    began = time.process_time()
    readings = list(readings_of(source))
    seconds = time.process_time() - began
    guesses = [guess(reading, labels) for reading in readings]
    found = evaluation(truth, [word for word, _ in guesses], [sure for _, sure in guesses])
    speed = round(len(readings) / max(seconds, 1e-9))
    said = json.dumps({**asdict(found), "comments_per_cpu_second": speed}, indent=2)
    click.echo(said if is_json else "\n".join(_in_words(found, speed)))


def _labelled(source: Source) -> Source:
    """The rows whose label is one; the others are said and left out."""
    if "label" not in source.fields:
        raise click.ClickException(
            f"No column is called label. Name it with --label; there are: {', '.join(filter(None, source.columns))}."
        )
    column = source.fields["label"]
    known = [row for row in source.rows if columns.label(row.cells[column])]
    unknown = [row for row in source.rows if not columns.label(row.cells[column])]
    say_left_out(
        csv.Rejected(row.line, f"“{row.cells[column][:40]}” is not one of {', '.join(ORDER)}") for row in unknown
    )
    if not known:
        raise click.ClickException(f"No label in the column “{column}” is one of {', '.join(ORDER)}.")
    return replace(source, rows=known)


def _in_words(found: Evaluation, speed: int) -> Iterator[str]:
    yield f"n                   {found.n:,}"
    yield f"accuracy            {percent(found.accuracy)}"
    yield f"macro-F1            {percent(found.macro_f1)}"
    yield f"the surest 70 %     {percent(found.accuracy_confident_70)} right"
    yield f"a CPU second        {speed:,} comments"
    for word, one in found.classes.items():
        yield f"{word:<20}{percent(one.precision)} precision, {percent(one.recall)} recall"
    yield ""
    yield "people say \\ read as" + "".join(f"{word:>10}" for word in found.confusion)
    for truth, row in found.confusion.items():
        yield f"{truth:<20}" + "".join(f"{n:>10,}" for n in row.values())


@text.command("evaluate-language")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text-column", "--column", "column", metavar="COLUMN", help="The column with the text, if its name does not say so.")  # fmt: skip
@click.option("--label-column", "--label", "label", metavar="COLUMN", help="The column with the language code, if it is not called label.")  # fmt: skip
@click.option("--expected", metavar="CODE", help="The language that is expected of every text; the organisation's if not said.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def evaluate_language(file: Path, column: str | None, label: str | None, expected: str | None, is_json: bool) -> None:
    """Compare the languages found with those in FILE.csv; the languages of the file are those of the organisation.

    A text of fewer than three words does not tell its language: it counts as read in the expected one.
    """
    source = source_of(file, column=column, label=label)
    rows = [row for row in source.rows if source.cell(row, "label").strip()]
    truth = [languages.code(source.cell(row, "label").strip()) for row in rows]
    if not truth:
        raise click.ClickException("No row says its language. Name the column with --label-column.")
    usual = languages.code(expected or organisation().language)
    found = [
        languages.told_apart(normalise(source.cell(row, "text")), usual, frozenset(truth)) or usual for row in rows
    ]
    accuracy, macro_f1 = accuracy_and_macro_f1(truth, found)
    false_alarms = [one != "en" for true, one in zip(truth, found, strict=True) if true == "en"]
    told = {
        "n": len(truth),
        "accuracy": accuracy,
        "macro_f1": macro_f1,
        "classes": {code: sum(a == b == code for a, b in zip(truth, found, strict=True)) / truth.count(code)
                    for code in sorted(set(truth))},
        "false_alarms": sum(false_alarms) / len(false_alarms) if false_alarms else None,
        "confusion": confusion(truth, found, sorted({*truth, *found})),
    }  # fmt: skip
    click.echo(json.dumps(told, indent=2) if is_json else "\n".join(_languages_in_words(told)))


def _languages_in_words(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"n             {told['n']:,}"
    yield f"accuracy      {percent(told['accuracy'])}"
    yield f"macro-F1      {percent(told['macro_f1'])}"
    yield f"false alarms  {percent(told['false_alarms'])} of the English texts"
    yield from (f"{code:<14}{percent(share)} found" for code, share in told["classes"].items())
