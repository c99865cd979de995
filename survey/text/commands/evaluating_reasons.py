"""`text evaluate-reasons`: how well reasons are named, with the wordings of any taxonomy."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import click

from survey.foundation import csv
from survey.foundation.errors import Refused
from survey.foundation.text import fold
from survey.reasons.rules import Wordings, codes_by_name, wordings_in
from survey.text.commands.files import percent, say_left_out, source_of, text
from survey.text.rules.files import Source
from survey.text.rules.judging import judgement
from survey.text.rules.reasons import ReasonReader


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
    labelled = list(_with_reasons(source_of(file, column=column, label=label), wordings))
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
    say_left_out(
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
    yield f"accuracy            {percent(told['accuracy'])}"
    yield f"macro-F1            {percent(told['macro_f1'])}"
    yield f"among the first two {percent(told['top2'])}"
    yield f"the surest 70 %     {percent(told['accuracy_confident_70'])} right"
    yield ""
    width = max(len(wordings[code].label) for code in told["classes"])
    for code, (n, right) in sorted(told["classes"].items(), key=lambda pair: -pair[1][0]):
        yield f"{wordings[code].label:<{width}}  {right:>6,} of {n:>6,} found"
