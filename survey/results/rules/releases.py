"""What everybody may know of the counts, so that no two views of a survey differ by a small group, whenever they were seen.

Two fences stand one behind the other, and settings move neither:

In time: what was released of a question stays as it is until at least a whole group more (or fewer) have answered it. What
is shown is kept and not worked out anew, so that an answer that is taken back, set aside or imported with an older date
pushes no other answer in or out. One release serves the page, every link and every choice of questions.

In figures: every number of people is rounded down to a multiple of the smallest group. Smallest groups of one survey are
multiples of one step, which is fixed the first time that anything is shown. So all numbers that are ever shown of it, under
whatever settings, lie on one grid: their differences and sums are 0 or at least a group, and nothing can be had by
subtraction. A score is made of exact counts, of as many people as a group has at least.
"""

from collections.abc import Collection, Mapping

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.results.rules.tally import Counts, responses_in

APART = ":apart"  # answers that stand apart; no question can be called so
TIMES = (1, 2, 3, 4, 6, 10)


def smallest_group(step: int, least: int) -> int:
    """The smallest multiple of a step that is not below the least that is allowed."""
    return max(step, -(-least // step) * step)


def offered_groups(step: int, least: int) -> list[int]:
    """The smallest groups to choose from, none below the least that is allowed."""
    first = smallest_group(step, least)
    return [first, *(step * times for times in TIMES if step * times > first)]


def to_release(counts: Counts, *, apart: int) -> Counts:
    """Counts as they can be released: of responses and questions alone, and how many answers stand apart."""
    own = {key: values for key, values in counts.items() if not key.startswith(":")}
    of_each = {key: n for key, n in counts.get("", {}).items() if not key.startswith(":")}
    return {**own, "": {**of_each, APART: apart}}


def moved_on(released: Counts, now: Counts, group: int) -> dict[str, Mapping[str, int]]:
    """What is released after looking at the counts as they are now: each question anew where a whole group came or went.

    Under "" stand the responses ("") and who answered each question, as in all counts.
    """
    before, today = released.get("", {}), now.get("", {})
    moved = {name for name in {*before, *today} if abs(today.get(name, 0) - before.get(name, 0)) >= group}
    n = {name: (today if name in moved else before).get(name, 0) for name in {*before, *today}}
    found: dict[str, Mapping[str, int]] = {
        name: (now if name in moved else released).get(name, {}) for name in n if name
    }
    return {
        **{name: values for name, values in found.items() if values},
        "": {name: many for name, many in n.items() if many},
    }


def waiting(released: Counts, now: Counts) -> int:
    """How many responses wait to be added."""
    return max(0, responses_in(now) - responses_in(released))


def shown_questions(questions: Collection[Question], chosen: Collection[str] | None) -> list[Question]:
    """The questions that are shown, in the survey's order: those that were chosen, else all of which something is counted."""
    counted = [question for question in questions if is_counted(question)]
    return counted if chosen is None else [question for question in counted if question.key in chosen]


def is_counted(question: Question) -> bool:
    """Whether answers to a question are counted: what people write, and who they are, is not shown to everybody."""
    kind = KINDS[question.kind]
    has_values = bool(kind.metrics or kind.values(question)) or hasattr(kind, "bands")
    return kind.takes_answer and not kind.is_personal and has_values
