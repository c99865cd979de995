"""A file whose texts are to be read: which column is what, and reading its rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.foundation.csv import Rejected, Row, mapping
from survey.foundation.errors import Refused
from survey.text.rules.columns import WELL_KNOWN, asks_for, wordiest
from survey.text.rules.reading import read
from survey.text.rules.values import AsksFor, Reading

CONTEXT = ("role", "rating")


@dataclass(frozen=True)
class Source:
    """The columns and rows of a file, and what the reader needs of each row."""

    columns: Sequence[str]
    rows: Sequence[Row]
    fields: Mapping[str, str]  # text, and where there are such: language, label, role, rating -> column
    rating: Callable[[str], float | None] | None = None
    asks_for: AsksFor = "open"
    every_row: Sequence[Row | Rejected] = ()

    def cell(self, row: Row, field: str) -> str:
        """The cell of a row for a field; empty where the file has no column for it."""
        return row.cells[self.fields[field]] if field in self.fields else ""

    def readings(
        self, *, language: str, languages: Sequence[str] = (), own_names: Sequence[str] = ()
    ) -> Iterator[Reading]:
        """Read the rows in order; language is that of rows which do not say theirs."""
        for row in self.rows:
            yield read(
                self.cell(row, "text"),
                language=self.cell(row, "language").strip() or language,
                languages=languages,
                asks_for=asks_for(self.cell(row, "role")) if "role" in self.fields else self.asks_for,
                rating=self.rating(self.cell(row, "rating")) if self.rating else None,
                own_names=own_names,
            )


def fields(
    names: Sequence[str], rows: Sequence[Row], given: Mapping[str, str], *, find_context: bool = True
) -> dict[str, str]:
    """Return field -> column: as given, by well-known names, and the text by its words where nothing says which it is.

    Role and rating are found by their names only where asked to `find_context`. Raises Refused for a column that is not
    there, and where no column holds text.
    """
    chosen = mapping([f"{name}={field}" for field, name in given.items()], names, WELL_KNOWN)
    found = {
        field: column for column, field in chosen.items() if find_context or field not in CONTEXT or field in given
    }
    if "text" not in found:
        text = wordiest([name for name in names if name not in chosen], [row.cells for row in rows])
        if text is None:
            raise Refused(
                f"No column looks like text. Name it with --column; there are: {', '.join(filter(None, names))}."
            )
        found["text"] = text
    return found
