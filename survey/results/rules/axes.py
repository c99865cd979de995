"""Which questions can be held against each other in a table, and the values that stand along its sides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from survey.questionnaires.kinds.base import Aspect, Option, Question
from survey.questionnaires.kinds.table import KINDS
from survey.responses.rules import is_shown
from survey.results.rules.scores import SIDES, score_groups

LONGEST_SCALE = 5  # a longer one is put together as low, middle and high, as its number counts them


@dataclass(frozen=True)
class Axis:
    """One side of a table: a question that is answered with one of several values, or a row of such questions."""

    question: Question
    aspect: Aspect

    @property
    def key(self) -> str:
        """Its name in an address."""
        return f"{self.question.key}:{self.aspect.name}" if self.aspect.name else self.question.key

    @property
    def words(self) -> str:
        """What was asked; of a row with what all rows were asked."""
        return f"{self.question.words} {self.aspect.words}" if self.aspect.name else self.question.words

    @cached_property
    def sides(self) -> Mapping[str, str]:
        """Where each value of a long scale stands; empty where values stand for themselves."""
        is_long = self.aspect.is_graded and not self.aspect.name and len(self.aspect.options) > LONGEST_SCALE
        return score_groups(self.question) if is_long else {}

    @cached_property
    def values(self) -> tuple[Option, ...]:
        """The values along this side, in their order, with their words."""
        if not self.sides:
            return self.aspect.options
        grades = {side: [grade for grade in self.sides if self.sides[grade] == side] for side in SIDES}
        return tuple((side, _from_to(grades[side])) for side in SIDES if grades[side])

    def stands_at(self, values: Sequence[str]) -> tuple[str, ...]:
        """Where somebody who gave these values stands."""
        return tuple(dict.fromkeys(self.sides.get(value, value) for value in values))


def axes(questions: Iterable[Question]) -> dict[str, Axis]:
    """Everything that can stand along a side, by its name in an address; who somebody is, is no answer."""
    found = (
        Axis(question, aspect)
        for question in questions
        if is_shown(question)
        for aspect in KINDS[question.kind].aspects(question)
    )
    return {axis.key: axis for axis in found if len(axis.aspect.options) > 1}


def _from_to(grades: Sequence[str]) -> str:
    return grades[0] if len(grades) == 1 else f"{grades[0]}–{grades[-1]}"
