"""Two closed questions held against each other: what was given together more or less often than chance would have it.

A person may have chosen several values of a question and stands in several cells then: all margins count people, and each
cell is judged by itself as a table of two by two (the adjusted residual is exactly that). Only where everybody gave one value
to each question do the cells add up to the people, and only there the whole table is tested.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Literal

from survey.results.rules.comparisons import holm
from survey.results.rules.several import CLEAR, chance_of_chi_square, chance_of_z

Pairs = Iterable[tuple[Sequence[str], Sequence[str], int]]
"""What people answered to both: the values of the first question, those of the second, and how many people."""

Mark = Literal["more", "less", "perhaps more", "perhaps less", "few", ""]

NOTABLE = 2.0  # an adjusted residual beyond it is rarer than 5 in 100, looked at alone
FEWEST_EXPECTED = 5.0
MOST_SMALL_CELLS = 0.2  # Cochran 1954: of the cells no more than a fifth may expect fewer than five


@dataclass(frozen=True)
class Cell:
    """How many gave both values, how many chance would have it, and how far that is apart in its own uncertainty."""

    row: str
    column: str
    n: int
    expected: float
    residual: float
    share: float  # of the people in its row
    mark: Mark = ""


@dataclass(frozen=True)
class Together:
    """How far two questions go together: χ² with its degrees of freedom and p value, and Cramér’s V from 0 to 1."""

    chi_square: float
    degrees: int
    chance: float
    cramers_v: float
    strength: float  # Cohen’s w, which takes the size of the table out of V: 0.1 a little, 0.3 clearly, 0.5 strongly


@dataclass(frozen=True)
class Table:
    """Counts of people by two values; `rows` and `columns` are people by value, `n` all who answered both questions."""

    n: int
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    counts: Mapping[tuple[str, str], int]

    @cached_property
    def cells(self) -> dict[tuple[str, str], Cell]:
        """Every cell, marked where it is more or less than chance, all cells considered."""
        plain = {(row, column): self._cell(row, column) for row in self.rows for column in self.columns}
        tested = [key for key, cell in plain.items() if cell.expected >= FEWEST_EXPECTED]
        corrected = holm([chance_of_z(plain[key].residual) for key in tested])
        marks = {key: _mark(plain[key].residual, chance) for key, chance in zip(tested, corrected, strict=True)}
        return {key: _marked(cell, marks.get(key, "few")) for key, cell in plain.items()}

    @property
    def tested(self) -> int:
        """How many cells are large enough to be looked at."""
        return sum(1 for cell in self.cells.values() if cell.mark != "few")

    @property
    def is_exclusive(self) -> bool:
        """Whether everybody stands in one cell."""
        return sum(self.counts.values()) == self.n

    @property
    def is_enough(self) -> bool:
        """Whether the whole table may be tested."""
        small = sum(1 for cell in self.cells.values() if cell.expected < FEWEST_EXPECTED)
        return self.is_exclusive and min(len(self.rows), len(self.columns)) > 1 and small <= MOST_SMALL_CELLS * len(self.cells)  # fmt: skip

    @cached_property
    def together(self) -> Together | None:
        """The whole table in one number; None where that would claim too much."""
        if not self.is_enough:
            return None
        chi_square = sum((cell.n - cell.expected) ** 2 / cell.expected for cell in self.cells.values())
        shorter = min(len(self.rows), len(self.columns)) - 1
        degrees = (len(self.rows) - 1) * (len(self.columns) - 1)
        w = sqrt(chi_square / self.n)
        return Together(chi_square, degrees, chance_of_chi_square(chi_square, degrees), w / sqrt(shorter), w)

    def _cell(self, row: str, column: str) -> Cell:
        n, of_row, of_column = self.counts.get((row, column), 0), self.rows[row], self.columns[column]
        expected = of_row * of_column / self.n
        spread = expected * (1 - of_row / self.n) * (1 - of_column / self.n)
        # Where everybody gave a value it goes with nothing in particular: there is no spread, and no residual.
        residual = (n - expected) / sqrt(spread) if spread > 0 else 0.0
        return Cell(row, column, n, expected, residual, n / of_row)


def table(pairs: Pairs, rows: Sequence[str], columns: Sequence[str]) -> Table:
    """The table of everybody who answered both questions; values that nobody gave are left out, unknown ones stand last."""
    n, of_rows, of_columns = 0, dict.fromkeys(rows, 0), dict.fromkeys(columns, 0)
    counts: dict[tuple[str, str], int] = {}
    for mine, theirs, people in pairs:
        n += people
        for row in set(mine):
            of_rows[row] = of_rows.get(row, 0) + people
        for column in set(theirs):
            of_columns[column] = of_columns.get(column, 0) + people
        for cell in {(row, column) for row in mine for column in theirs}:
            counts[cell] = counts.get(cell, 0) + people
    return Table(n, _given(of_rows), _given(of_columns), counts)


def _given(margin: Mapping[str, int]) -> dict[str, int]:
    return {value: n for value, n in margin.items() if n}


def _marked(cell: Cell, mark: Mark) -> Cell:
    return Cell(cell.row, cell.column, cell.n, cell.expected, cell.residual, cell.share, mark)


def _mark(residual: float, chance: float) -> Mark:
    """Clear where it holds among all cells; perhaps where it is notable by itself alone."""
    if chance < CLEAR:
        return "more" if residual > 0 else "less"
    if abs(residual) > NOTABLE:
        return "perhaps more" if residual > 0 else "perhaps less"
    return ""
