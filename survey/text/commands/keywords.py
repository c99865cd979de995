"""`text keywords`: which keywords many texts share, and what some groups say more than the others."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from survey.organisation.queries import organisation
from survey.text.commands.files import file_options, percent, readings_of, source_of, text
from survey.text.rules import languages
from survey.text.rules.files import Source
from survey.text.rules.frequent import Counted, Frequent, Said, Telling, frequent, telling, too_usual
from survey.text.rules.personal import personal_data, redacted

MOST_GROUPS = 50


@text.command("keywords")
@file_options
@click.option("--top", type=click.IntRange(1, 1000), default=25, show_default=True, help="How many.")
@click.option("--contrast", metavar="COLUMN", help="Also what the rows with each value of this column say more than the others.")  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def keywords(file: Path, top: int, contrast: str | None, is_json: bool, **options: Any) -> None:
    """List the keywords that most texts of FILE.csv share, with a quote."""
    source = source_of(file, **options)
    groups = _groups(source, contrast) if contrast else {}
    said = _english(source)
    counted = Counted(said, organisation().name.split())
    found = frequent(counted, limit=top, redact=lambda words: redacted(words, personal_data(words)))
    contrasts, usual, n = telling(counted, groups, limit=top), too_usual(counted), sum(bool(one.text) for one in said)
    if is_json:
        told = {
            "n": n,
            "keywords": [{**asdict(one), "share": round(one.comments / n, 4)} for one in found],
            "stop_words_suggested": usual,
            "contrasts": {value: [asdict(one) for one in own] for value, own in contrasts.items()},
        }
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_keywords_in_words(found, usual, contrasts, n)))


def _english(source: Source) -> list[Said]:
    """The texts that are English, which alone can be counted by stems; others stand as empty, so that numbers stay."""
    pairs = list(zip(source.rows, readings_of(source), strict=True))
    left_out = sum(not languages.same_language(reading.language, "en") for _, reading in pairs)
    if left_out:
        click.echo(f"{left_out:,} {'text is' if left_out == 1 else 'texts are'} not English and left out.", err=True)
    return [
        Said(
            source.cell(row, "text") if languages.same_language(reading.language, "en") else "", str(reading.sentiment)
        )
        for row, reading in pairs
    ]


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
        mood = f"{percent(one.positive / one.comments):>8} +  {percent(one.negative / one.comments):>8} -"
        yield f"{one.comments:>7,}  {one.keyword:<{width}}  {mood}  “{one.quote}”"
    if usual:
        yield f"\nIn more than a quarter of the {n:,} texts, so perhaps not worth listing: {', '.join(usual)}"
    for value, own in contrasts.items():
        yield f"\n“{value}” says more than the others:"
        yield from (f"{one.here:>7,} here {one.there:>7,} there  z {one.z:>5.1f}  {one.keyword}" for one in own)
