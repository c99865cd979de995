"""What a question is, and what every kind of question can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from survey.foundation import text
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.settings import Setting

Answer: TypeAlias = Any  # what a kind's `clean` returned: JSON values, but for kinds that are kept apart

NUMBER_LENGTH = 3
SECONDS_TO_CHOOSE, SECONDS_TO_WRITE = 8, 25


class Invalid(ValueError):
    """An answer that cannot be taken, with the reason in words; what was typed is shown again beside it."""


@dataclass(frozen=True)
class Condition:
    """One thing that an earlier answer must be: `test` is a name of `rules.logic.TESTS`, values are any of these."""

    question: str
    test: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class When:
    """When something is shown: all of the conditions hold, or any of them."""

    match: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Question:
    """One question: its key never changes, its words may.

    `language` is the language of its words where that is not the page's (a translation is missing); no document holds it.
    """

    key: str
    kind: str
    words: str
    hint: str = ""
    is_required: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    show_if: When | None = None
    language: str = field(default="", compare=False)


@dataclass(frozen=True)
class Given:
    """What came in for one question: the values of its own input, and those of its further inputs by name of the part."""

    values: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def typed(self, part: str = "") -> list[str]:
        """Return the values of an input (the question's own, or a part): without blanks and repetitions, in order."""
        values = self.parts.get(part, ()) if part else self.values
        return list(dict.fromkeys(value.strip() for value in values if value.strip()))

    def written(self, part: str) -> str:
        """Return what was written into a part, cleaned and without outer blanks; "" where nothing was. Raises Invalid."""
        first = next((value for value in self.parts.get(part, ()) if value.strip()), "")
        return words(first).strip()


def given(*values: str, **parts: str | Sequence[str]) -> Given:
    """Return what came in, written as in `given("other", other="The music")`."""
    named = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in parts.items()}
    return Given(values, named)


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
    is_personal: bool = False  # tells who somebody is: kept apart from the answers, refused on anonymous surveys
    takes_answer: bool = True  # False: words only
    begins_page: bool = (
        False  # where a survey is shown by section, a page begins here; its condition is the whole page's
    )

    def clean(self, question: Question, given: Given) -> Answer | None:
        """Return the answer that came in, or None where there is none; raise Invalid where it cannot be taken."""
        ...

    def parts(self, question: Question) -> tuple[str, ...]:
        """Return the names of further inputs; on a page they are called `<key>.<part>`."""
        return ()

    def missing(self, question: Question) -> str:
        """Return the sentence shown where a required answer is missing."""
        return _("Answer this question.")

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether this is no answer."""
        return answer is None

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the values that are counted for an answer; none for free text."""
        return ()

    def values(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return the values that can be counted and their labels, in order."""
        return ()

    def chosen(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return every value that an answer holds, also those that are not counted: what conditions look at."""
        return self.cells(question, answer)

    def holds_several(self, question: Question) -> bool:
        """Whether one answer can hold several values."""
        return False

    def number(self, question: Question, answer: Answer) -> float | None:
        """Return the answer as a number that can be compared, for kinds that have one."""
        return float(answer) if self.scale(question) else None

    def shuffled(self, question: Question, seed: object) -> tuple[tuple[str, str], ...]:
        """Return the values as one visitor sees them; the same seed gives the same order."""
        return self.values(question)

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

    def seconds(self, question: Question) -> int:
        """Return how long people take to answer, roughly."""
        return SECONDS_TO_CHOOSE if self.values(question) or self.is_personal else SECONDS_TO_WRITE


def words(value: str, *, limit: int = text.COMMENT_LIMIT) -> str:
    """Return a text as it will be kept; raise Invalid where it is none or too long."""
    try:
        return text.clean(value, limit=limit)
    except Refused as refused:
        raise Invalid(str(refused)) from None


def grade(given: Given, *, lowest: int, highest: int) -> int | None:
    """Return the one whole number typed, None where nothing was; raise Invalid for anything else.

    Only the digits 0-9 count: other scripts' digits, signs and fractions are refused rather than guessed at.
    """
    typed = given.typed()
    if not typed:
        return None
    is_number = len(typed) == 1 and len(typed[0]) <= NUMBER_LENGTH and typed[0].isascii() and typed[0].isdigit()
    if not is_number or not lowest <= int(typed[0]) <= highest:
        raise Invalid(_("Choose one number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest))
    return int(typed[0])


def grades(lowest: int, highest: int) -> tuple[tuple[str, str], ...]:
    """Return the values and labels of a scale."""
    return tuple((str(step), str(step)) for step in range(lowest, highest + 1))
