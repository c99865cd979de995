"""Low, middle and high scores, and which answers of a scale are its best: one rule for every page that parts them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from survey.questionnaires.kinds.base import Aspect, Question
from survey.questionnaires.kinds.table import KINDS
from survey.results.rules.metrics import Metric, share
from survey.results.rules.tally import Counts, added, answered_in

Side = Literal["low", "middle", "high"]
SIDES: tuple[Side, ...] = ("low", "middle", "high")

BEST: Mapping[str, int] = {"nps": 2, "csat": 2, "ces": 3}  # how many of the highest grades a number counts as good
PASSIVE = ("7", "8")
ENOUGH_FOR_TWO = 4  # a scale of words with fewer answers has one best answer, not two


@dataclass(frozen=True)
class ByScore:
    """The counts of people who scored low, in the middle and high."""

    low: Counts
    middle: Counts
    high: Counts


def score_groups(question: Question) -> dict[str, Side]:
    """On which side each grade of a question stands, as its number counts them.

    NPS: 0-6, 7-8, 9-10. Satisfaction: the two best grades are high, the very middle is neither. Effort: the three best.
    """
    grades = [value for value, _label in KINDS[question.kind].values(question)]
    best = set(grades[len(grades) - BEST[_number(question)] :])
    between = set(PASSIVE) if _number(question) == "nps" else _middle(grades)
    return {grade: "high" if grade in best else "middle" if grade in between else "low" for grade in grades}


def by_score(question: Question, scored: Mapping[str, Counts]) -> ByScore:
    """Counts by score, put together by side; grades that are not on the question's scale are left out."""
    sides = score_groups(question)
    found = {side: added(counts for grade, counts in scored.items() if sides.get(grade) == side) for side in SIDES}
    return ByScore(**found)


def best_values(question: Question, aspect: Aspect) -> frozenset[str]:
    """The values of a scale that count as good: as its number counts them; of a scale of words its last two, of a short one its last."""
    values = [value for value, _label in aspect.options]
    many = BEST.get(_number(question)) or (2 if len(values) >= ENOUGH_FOR_TWO else 1)
    return frozenset(values[len(values) - many :])


def best_share(question: Question, aspect: Aspect, counts: Counts) -> Metric:
    """The share of people who gave one of the best answers of a scale."""
    return share(given(question, counts, best_values(question, aspect)), asked(question, aspect, counts))


def asked(question: Question, aspect: Aspect, counts: Counts) -> int:
    """How many answered this: the question, or one row of it."""
    if not aspect.name:
        return answered_in(counts, question.key)
    return given(question, counts, (value for value, _label in aspect.options))


def given(question: Question, counts: Counts, values: Iterable[str]) -> int:
    """How often these values were given."""
    found = counts.get(question.key, {})
    return sum(found.get(value, 0) for value in values)


def _number(question: Question) -> str:
    return next(iter(KINDS[question.kind].metrics), "")


def _middle(grades: list[str]) -> set[str]:
    return {grades[len(grades) // 2]} if len(grades) % 2 else set()
