"""Two questions of a survey held against each other, in the view that the address asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext, number_words, percent_words
from survey.results.pages.one import SurveyPage
from survey.results.pages.ways import single_answers
from survey.results.queries.joint import given_together
from survey.results.rules import crosstabs
from survey.results.rules.axes import Axis, axes
from survey.results.rules.crosstabs import Cell, Table
from survey.results.rules.relating import MARKS, together_words

LONGEST = 12  # of very many values those are shown that most people gave


@dataclass(frozen=True)
class Side:
    """One question as it stands along a side: the values that are shown with their words, and how many are not."""

    axis: Axis
    values: Sequence[tuple[str, str]]
    left_out: int


@dataclass(frozen=True)
class Cross:
    """The page: what can be chosen, what was chosen, and the table once two questions are."""

    page: SurveyPage
    known: Mapping[str, Axis]
    chosen: tuple[Axis, Axis] | None
    table: Table | None

    @property
    def options(self) -> list[tuple[str, str]]:
        """The questions to choose from."""
        return [("", _("Choose a question")), *((key, axis.words) for key, axis in self.known.items())]

    @property
    def keys(self) -> tuple[str, str]:
        """What was chosen for rows and columns."""
        return (self.chosen[0].key, self.chosen[1].key) if self.chosen else ("", "")

    @property
    def headline(self) -> str:
        """How far they go together."""
        return together_words(self.table) if self.table else _("Do two answers go together?")

    @cached_property
    def rows(self) -> Side:
        """The question whose values stand one under the other."""
        assert self.chosen
        assert self.table
        return _side(self.chosen[0], self.table.rows)

    @cached_property
    def columns(self) -> Side:
        """The question whose values stand side by side."""
        assert self.chosen
        assert self.table
        return _side(self.chosen[1], self.table.columns)

    def cell(self, row: str, column: str) -> Cell:
        """What stands where a row and a column meet."""
        assert self.table
        return self.table.cells[row, column]

    @property
    def left_out_words(self) -> str:
        """How many values are not shown; empty where all are."""
        many = self.rows.left_out + self.columns.left_out if self.table else 0
        return (
            ngettext("%(num)s rarer answer is not shown.", "%(num)s rarer answers are not shown.", many) if many else ""
        )

    @property
    def details(self) -> list[list[str]]:
        """Every cell that is shown with its numbers, for a table of its own."""
        return [
            [f"{row_words} · {column_words}", *_numbers(self.cell(row, column))]
            for row, row_words in self.rows.values
            for column, column_words in self.columns.values
        ]


def cross(page: SurveyPage, args: Mapping[str, str]) -> Cross:
    """The two questions that an address names; raises Refused where there are none such, or where only groups are shown."""
    single_answers(page)
    known = axes(page.results.questions)
    keys = [args.get(name, "") for name in ("rows", "columns")]
    if any(key and key not in known for key in keys):
        raise Refused(_("There is no such question to compare. Choose two from the list."))
    if not all(keys):
        return Cross(page, known, None, None)
    if keys[0] == keys[1]:
        raise Refused(_("That is the same question twice. Choose two different ones."))
    first, second = known[keys[0]], known[keys[1]]
    return Cross(page, known, (first, second), _table(page, first, second))


def _table(page: SurveyPage, first: Axis, second: Axis) -> Table:
    asked = (first.question, first.aspect), (second.question, second.aspect)
    pairs = given_together(page.survey.id, *asked, **page.view.filters)
    stands = ((first.stands_at(mine), second.stands_at(theirs), n) for mine, theirs, n in pairs)
    return crosstabs.table(stands, *([value for value, _words in axis.values] for axis in (first, second)))


def _side(axis: Axis, people: Mapping[str, int]) -> Side:
    """The values that somebody gave, in the question’s order; of very many the most given."""
    most = set(sorted(people, key=lambda value: -people[value])[:LONGEST])
    labels = dict(axis.values)
    return Side(axis, [(value, labels.get(value, value)) for value in people if value in most], len(people) - len(most))


def _numbers(cell: Cell) -> list[str]:
    residual = "–" if cell.mark == "few" else number_words(cell.residual, places=1)
    return [
        number_words(cell.n), percent_words(cell.share), number_words(cell.expected, places=1), residual, str(MARKS[cell.mark][1]),
    ]  # fmt: skip
