"""What a question is, and what every kind of question can do."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from survey.foundation import text
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.questionnaires.kinds.settings import Setting

Answer: TypeAlias = Any  # what a kind's `clean` returned: JSON values, but for kinds that are kept apart

Option: TypeAlias = tuple[str, str]  # a value that answers keep, and its words

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
    """Who somebody is, and what they agreed to. Never kept among the answers.

    `words` are those under which they agreed to be written to, "" where they did not; `also` is what else they agreed to,
    purpose -> words.
    """

    email: str
    name: str = ""
    words: str = ""
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Band:
    """Numbers or days that are shown together: in words, how many gave one, and the value where it is one alone."""

    words: str
    n: int
    value: str = ""


@dataclass(frozen=True)
class Standing:
    """How one of several things that were put in order stands: its mean place (1 is the best), and how often it came first."""

    words: str
    mean: float
    firsts: int
    n: int


@dataclass(frozen=True)
class Aspect:
    """One thing that is answered with one of several values: a question, or one row of it, by name.

    `options` are the values as they are counted. `is_graded`: they go from the worst to the best.
    """

    name: str
    words: str
    options: tuple[Option, ...]
    is_graded: bool = False


class Kind(Protocol):
    """A kind of question. Modules of this folder make one object each; what is written here holds unless they say else."""

    name: str
    label: str
    about: str
    words: str = ""  # what a new question of this kind asks
    metrics: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    settings_label: str = lazy_gettext("More settings")  # what the edit page calls them
    remembered: tuple[
        str, ...
    ] = ()  # settings whose words name a value; where a newer version has none, the older ones stay
    is_personal: bool = False  # tells who somebody is: kept apart from the answers, refused on anonymous surveys
    needs_identity: bool = False  # makes sense only where the team may see whose answer it is
    takes_answer: bool = True  # False: words only
    holds: str = ""  # what an answer is that is typed: "number" or "day"; "" for words
    begins_page: bool = (
        False  # where a survey is shown by section, a page begins here; its condition is the whole page's
    )

    # ---- taking an answer

    def clean(self, question: Question, given: Given) -> Answer | None:
        """Return the answer that came in, or None where there is none; raise Invalid where it cannot be taken."""
        ...

    def parts(self, question: Question) -> tuple[str, ...]:
        """Return the names of further inputs; on a page they are called `<key>.<part>`."""
        return ()

    def options(self, question: Question, part: str = "") -> tuple[Option, ...]:
        """Return what can be chosen in an input (the question's own, or a part), in order; nothing where words are typed."""
        return () if part else self.values(question)

    def shuffled(self, question: Question, seed: object) -> tuple[Option, ...]:
        """Return the options as one visitor sees them; the same seed gives the same order."""
        return self.options(question)

    def guide(self, question: Question) -> str:
        """Return what stands beside the hint: how this kind of question is answered; "" where that shows."""
        return ""

    def missing(self, question: Question) -> str:
        """Return the sentence shown where a required answer is missing."""
        return _("Answer this question.")

    def lacking(self, question: Question, answer: Answer | None) -> str:
        """Return what a required answer still lacks, in words; "" where it is whole."""
        return self.missing(question) if self.is_empty(answer) else ""

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether this is no answer."""
        return answer is None

    # ---- what an answer says

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the values that are counted for an answer; none for free text."""
        return ()

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return the values that can be counted and their labels, in order."""
        return ()

    def group(self, value: str) -> str:
        """Return what a value belongs to: the counts of one group add up to the people who answered it."""
        return ""

    def chosen(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return every value that an answer holds, also those that are not counted: what conditions look at."""
        return self.cells(question, answer)

    def aspects(self, question: Question) -> tuple[Aspect, ...]:
        """Return what can be held against other answers: the question itself, or each of its rows; nothing where words are typed."""
        options = self.values(question)
        return (Aspect("", question.words, options, self.scale(question) is not None),) if options else ()

    def holds_several(self, question: Question) -> bool:
        """Whether one answer can hold several values."""
        return False

    def number(self, question: Question, answer: Answer) -> float | None:
        """Return the answer as a number that can be compared, for kinds that have one."""
        return float(answer) if self.scale(question) else None

    def scale(self, question: Question) -> tuple[int, int] | None:
        """Return the lowest and highest grade, for kinds that have grades."""
        return None

    def standings(self, question: Question, counts: Mapping[str, int]) -> tuple[Standing, ...]:
        """Return how several things stand against each other, by the counts of all values; the best first."""
        return ()

    def said(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return an answer in words, a line for each thing that it says; what stands in `written` is not repeated."""
        labels = dict(self.values(question))
        return tuple(labels.get(value, value) for value in self.chosen(question, answer))

    def written(self, question: Question, answer: Answer) -> str | None:
        """Return what was written in the customer's own words, if anything."""
        return None

    def spoken(self, question: Question, answer: Answer) -> str:
        """Return an answer as it is put into other words, such as those of a later question."""
        return ", ".join(self.said(question, answer)) or self.written(question, answer) or ""

    # ---- tables

    def entered(self, question: Question, answer: Answer, part: str = "") -> tuple[str, ...]:
        """Return what stands in an input once this answer was given: `clean` makes the same answer of all of it."""
        return () if part else self.chosen(question, answer)

    def columns(self, question: Question) -> tuple[str, ...]:
        """Return the parts that have a column of their own in a table of answers."""
        return self.parts(question)

    # ---- the owner's questions

    def problems(self, question: Question) -> tuple[str, ...]:
        """Return why this question cannot be published yet, in words."""
        return ()

    def seconds(self, question: Question) -> int:
        """Return how long people take to answer, roughly."""
        return SECONDS_TO_CHOOSE if self.values(question) or self.is_personal else SECONDS_TO_WRITE


class Graded(Kind, Protocol):
    """For kinds whose answer is one whole number on a scale."""

    def scale(self, question: Question) -> tuple[int, int]:
        """Return the lowest and highest grade."""
        ...

    def clean(self, question: Question, given: Given) -> int | None:
        """Return the grade."""
        lowest, highest = self.scale(question)
        return grade(given, lowest=lowest, highest=highest)

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        lowest, highest = self.scale(question)
        return _("Choose a number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the grade as text."""
        return (str(answer),)

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return every grade of the scale."""
        lowest, highest = self.scale(question)
        return tuple((str(step), str(step)) for step in range(lowest, highest + 1))

    def said(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the grade and the highest one."""
        return (_("%(grade)s of %(highest)s", grade=answer, highest=self.scale(question)[1]),)


class Picked(Kind, Protocol):
    """For kinds whose answer is the value of one option."""

    def clean(self, question: Question, given: Given) -> str | None:
        """Return the value of the option that was chosen."""
        typed = given.typed()
        if not typed:
            return None
        value = option_called(typed[0], self.values(question))
        if value is None or len(typed) > 1:
            raise Invalid(_("Choose one of the answers."))
        return value

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        return _("Choose one of the answers.")

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the value."""
        return (answer,)


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


def option_called(typed: str, options: Sequence[Option]) -> str | None:
    """Return the value of the option that was typed: as value, in its words, or in words that are like those of it alone."""
    known = {value for value, _words in options}
    return typed if typed in known else option_in_words(typed, options)


def option_in_words(typed: str, options: Sequence[Option]) -> str | None:
    """Return the value of the option that has these words, or alone has words like these; None where none has.

    Only words are alike: -1 is not 1.
    """
    exact = [value for value, label in options if label == typed]
    folded = text.fold(typed)
    has_letters = any(character.isalpha() for character in folded)
    alike = [value for value, label in options if text.fold(label) == folded] if has_letters else []
    return exact[0] if exact else alike[0] if len(alike) == 1 else None


def in_an_order(options: Sequence[Option], seed: object) -> tuple[Option, ...]:
    """Return options in an order made from the seed.

    The first of a list is ticked more often; an order that differs between visitors evens that out.
    """
    marks = {value: hashlib.blake2b(f"{seed}/{value}".encode(), digest_size=8).digest() for value, _words in options}
    return tuple(sorted(options, key=lambda option: marks[option[0]]))


def listed(question: Question, setting: str = "options") -> tuple[Option, ...]:
    """Return the entries of a list that the owner wrote, each as value and words."""
    return tuple((option["value"], option["words"]) for option in question.settings.get(setting, ()))


def twins(options: Sequence[Option]) -> tuple[str, ...]:
    """Return the problem that two options read the same, if they do."""
    seen: set[str] = set()
    for _value, label in options:
        if label.casefold() in seen:
            return (_("“%(label)s” is there twice. Change one of them, or take it away.", label=label),)
        seen.add(label.casefold())
    return ()
