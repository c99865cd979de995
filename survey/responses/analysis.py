"""Answers for statistical software: SPSS (.sav) and Parquet, where polars and pyreadstat are installed.

Parquet is written in parts of some thousand rows, so that memory stays flat. A .sav file is made in one piece.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.questionnaires.queries import merged_questions
from survey.responses.exports import Export, write_spreadsheet
from survey.responses.queries import count_of, segment_names
from survey.responses.rules import LABELS, Variable, limited, variables
from survey.responses.rules.analysing import LABEL_LIMIT, VALUE_LABEL_LIMIT

PART = 20_000  # rows of a part of a Parquet file
SAV_ROWS = 200_000
SAV_TEXT = 32_000  # bytes of a text that SPSS takes
NEEDS = {"sav": ("polars", "pyreadstat"), "parquet": ("polars",)}


def installed() -> list[str]:
    """The formats that can be written here."""
    return [form for form, names in NEEDS.items() if all(find_spec(name) for name in names)]


def check_possible(export: Export, form: str) -> None:
    """Raise Refused where a file of this format cannot be made."""
    if form not in installed():
        raise Refused(
            _("Files for SPSS and Parquet need two more packages. Whoever runs this server installs them: make install-analysis")
        )  # fmt: skip
    if form == "sav" and count_of(export.survey.id, **export.narrowed) > SAV_ROWS:
        raise Refused(
            _("A file for SPSS is made in one piece and holds at most %(most)s answers. Choose a shorter period, or take Parquet.", most=SAV_ROWS)
        )  # fmt: skip


def _variables(export: Export) -> list[Variable]:
    segments = segment_names(export.survey.id) if export.is_identified else []
    return variables(merged_questions(export.survey.id), segments, is_identified=export.is_identified)


# ---- Parquet ----------------------------------------------------------------------------------------------------------


def write_parquet(export: Export, path: Path) -> int:
    """Write a .parquet file and return how many responses are in it: each part is a file first, then they become one."""
    check_possible(export, "parquet")
    import polars

    wanted, written = _variables(export), 0
    with TemporaryDirectory() as folder:
        for number, frame in enumerate(_frames(export, wanted, with_words=export.values == LABELS)):
            frame.write_parquet(Path(folder, f"{number:06}.parquet"))
            written += frame.height
        parts = polars.scan_parquet(Path(folder, "*.parquet"))
        parts.sink_parquet(path, row_group_size=PART, metadata={"hearback": _described(wanted)}, maintain_order=True)
    return written


def _described(wanted: Sequence[Variable]) -> str:
    """What the columns are, in words; and their codes."""
    words = {one.name: {str(code): label for code, label in one.words.items()} for one in wanted if one.words}
    return json.dumps({"labels": {one.name: one.label for one in wanted}, "values": words})


# ---- SPSS -------------------------------------------------------------------------------------------------------------


def write_sav(export: Export, path: Path) -> int:
    """Write a .sav file and return how many responses are in it."""
    check_possible(export, "sav")
    import polars
    import pyreadstat

    wanted = _variables(export)
    frame = polars.concat(_frames(export, wanted))
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={one.name: limited(one.label, LABEL_LIMIT) for one in wanted},
        variable_value_labels={one.name: _sav_words(one) for one in wanted if one.words},
        variable_measure={one.name: "scale" if one.type == "number" else "nominal" for one in wanted},
        row_compress=True,
    )
    return int(frame.height)


def _sav_words(variable: Variable) -> dict[Any, str]:
    """Words for codes; codes of text are no longer than SPSS takes."""
    words = {code: limited(label, VALUE_LABEL_LIMIT) for code, label in variable.words.items()}
    return {code: label for code, label in words.items() if len(str(code).encode()) <= VALUE_LABEL_LIMIT}


# ---- frames -----------------------------------------------------------------------------------------------------------


def _frames(export: Export, wanted: Sequence[Variable], *, with_words: bool = False) -> Iterator[Any]:
    """Yield the responses in frames of some thousand rows; one without rows where nobody answered."""
    import polars

    types: Mapping[str, Any] = {
        "whole": polars.Int64,
        "number": polars.Float64,
        "text": polars.String,
        "day": polars.Date,
        "moment": polars.Datetime("us"),
    }
    schema = {one.name: polars.String if with_words and one.words else types[one.type] for one in wanted}
    left, is_first = export.rows(), True
    while (some := list(islice(left, PART))) or is_first:
        is_first = False
        columns = {one.name: [_value(one, row, with_words=with_words) for row in some] for one in wanted}
        yield polars.DataFrame(columns, schema=schema)


def _value(variable: Variable, row: Any, *, with_words: bool) -> Any:
    value = variable.read(row)
    if with_words and variable.words and value is not None:
        return variable.words.get(value, str(value))  # type: ignore[arg-type]
    return limited(value, SAV_TEXT) if isinstance(value, str) else value


FILES: Mapping[str, Callable[[Export, Path], int]] = {
    "xlsx": write_spreadsheet, "sav": write_sav, "parquet": write_parquet,
}  # fmt: skip
