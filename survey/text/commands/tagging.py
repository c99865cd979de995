"""`text tag`: read a file and write down what was found in each of its texts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import click

from survey.foundation import csv
from survey.text.commands.files import file_options, readings_of, source_of, text
from survey.text.rules import Reading
from survey.text.rules.files import Source
from survey.text.rules.personal import personal_data, redacted


@text.command("tag")
@file_options
@click.option("--output", type=click.File("w", encoding="utf-8", atomic=True), default="-", help="Write here, not to the screen.")  # fmt: skip
def tag(file: Path, output: IO[str], **options: Any) -> None:
    """Read the text column of FILE.csv and write a line of JSON for each row, in their order."""
    source = source_of(file, is_tagged=True, **options)
    readings = readings_of(source)
    for number, row in enumerate(source.every_row, 1):
        found = {"note": row.reason} if isinstance(row, csv.Rejected) else _findings(source, row, next(readings))
        output.write(json.dumps({"row": number, **NOTHING_FOUND, **found}, ensure_ascii=False) + "\n")
    click.echo(f"Read {len(source.rows):,} texts of the column “{source.fields['text']}”.", err=True)


NOTHING_FOUND: Mapping[str, object] = {
    "language": None, "sentiment": "none", "polarity": 0.0, "confidence": 0.0, "reasons": [], "keywords": [], "redacted": "",
}  # fmt: skip


def _findings(source: Source, row: csv.Row, reading: Reading) -> dict[str, object]:
    words = source.cell(row, "text")
    return {
        "language": reading.language,
        "sentiment": reading.verdict.value,
        "polarity": round(reading.chances.polarity, 4),
        "confidence": reading.confidence,
        "reasons": [{"code": code, "confidence": confidence, "source": "rule"} for code, confidence in reading.reasons],
        "keywords": reading.keywords,
        "redacted": redacted(words, personal_data(words)),
        "signal_words": reading.signal_words,
    }
