"""What a question is, and what every kind of question can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from survey.foundation import text
from survey.foundation.errors import Refused
from survey.questionnaires.kinds.settings import Setting

Answer: TypeAlias = Any  # what a kind's `clean` returned: JSON values, but for kinds that are kept apart

NUMBER_LENGTH = 3


class Invalid(ValueError):
    """An answer that cannot be taken, with the reason in words; what was typed is shown again beside it."""


@dataclass(frozen=True)
class Question:
    """One question: its key never changes, its words may."""

    key: str
    kind: str
    words: str
    hint: str = ""
    is_required: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class ContactAnswer:
    """Somebody agreed to be written to: where to, and the words they agreed to. Never kept among the answers."""

    email: str
    name: str = ""
    words: str = ""


class Kind(Protocol):
    """A kind of question. Modules of this folder make one object each; what is written here holds unless they say else."""

    name: str
    label: str
    about: str
    words: str = ""  # what a new question of this kind asks
    metrics: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    settings_label: str = "More settings"  # what the edit page calls them
    parts: tuple[str, ...] = ()  # further inputs `<key>.<part>`; `clean` sees them as "part=what was typed"
    is_personal: bool = False  # tells who somebody is: kept apart from the answers, refused on anonymous surveys

    def clean(self, question: Question, raw: Sequence[str]) -> Answer | None:
        """Return the answer typed as raw, or None where there is none; raise Invalid where it cannot be taken."""
        ...

    def missing(self, question: Question) -> str:
        """Return the sentence shown where a required answer is missing."""
        return "Please answer this question."

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether this is no answer."""
        return answer is None

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the values that are counted for an answer; none for free text."""
        return ()

    def values(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return the values that can be counted and their labels, in order."""
        return ()

    def export(self, question: Question, answer: Answer) -> str:
        """Return the answer as one cell of a table."""
        return str(answer)

    def written(self, question: Question, answer: Answer) -> str | None:
        """Return what was written in the customer's own words, if anything."""
        return None

    def scale(self, question: Question) -> tuple[int, int] | None:
        """Return the lowest and highest grade, for kinds that have grades."""
        return None

    def problems(self, question: Question) -> tuple[str, ...]:
        """Return why this question cannot be published yet, in words."""
        return ()


def typed(raw: Sequence[str]) -> list[str]:
    """Return the values of the main input: without blanks, parts and repetitions, in order."""
    return list(dict.fromkeys(value.strip() for value in raw if value.strip()))


def part(raw: Sequence[str], name: str) -> str:
    """Return what was typed into a further input, cleaned; "" where nothing was. Raises Invalid."""
    prefix = f"{name}="
    for value in raw:
        if value.startswith(prefix) and value.removeprefix(prefix).strip():
            return words(value.removeprefix(prefix)).strip()
    return ""


def words(value: str, *, limit: int = text.COMMENT_LIMIT) -> str:
    """Return a text as it will be kept; raise Invalid where it is none or too long."""
    try:
        return text.clean(value, limit=limit)
    except Refused as refused:
        raise Invalid(str(refused)) from None


def grade(raw: Sequence[str], *, lowest: int, highest: int) -> int | None:
    """Return the one whole number typed, None where nothing was; raise Invalid for anything else.

    Only the digits 0-9 count: other scripts' digits, signs and fractions are refused rather than guessed at.
    """
    given = typed(raw)
    if not given:
        return None
    is_number = len(given) == 1 and len(given[0]) <= NUMBER_LENGTH and given[0].isascii() and given[0].isdigit()
    if not is_number or not lowest <= int(given[0]) <= highest:
        raise Invalid(f"Choose one number from {lowest} to {highest}.")
    return int(given[0])


def grades(lowest: int, highest: int) -> tuple[tuple[str, str], ...]:
    """Return the values and labels of a scale."""
    return tuple((str(step), str(step)) for step in range(lowest, highest + 1))
