"""The shape of a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from survey.foundation.language import gettext as _


class Control(StrEnum):
    """Could the organisation have prevented it?"""

    CONTROLLABLE = "C"
    PARTLY = "P"
    UNCONTROLLABLE = "U"
    NONE = "-"


class Will(StrEnum):
    """Whose decision was it?"""

    VOLUNTARY = "V"
    LIFE_EVENT = "L"
    BILLING = "B"
    FIRM = "F"
    NONE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One code of the taxonomy: what leaders read, what customers tick, and what their own words sound like.

    Name, meaning and wording are the English words; label, definition and customer wording those of the page's language.
    Phrases: words in order; `wait*` any ending, `a|b` either word, `#` a number, `..` up to three words between.
    """

    code: str
    level1: str
    name: str
    meaning: str
    control: Control
    will: Will
    wording: str
    phrases: tuple[str, ...] = ()
    staff_only: bool = False

    @property
    def label(self) -> str:
        """What leaders read."""
        return _(self.name)

    @property
    def definition(self) -> str:
        """What it means, for those who choose among reasons."""
        return _(self.meaning)

    @property
    def customer_wording(self) -> str:
        """What customers tick, unless an owner puts it in other words."""
        return _(self.wording)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a reason is called and how it sounds: all that reading needs to know of it."""

    label: str
    phrases: tuple[str, ...] = ()


Wordings = Mapping[str, Wording]
"""A taxonomy as it is read: code -> wording."""


def wordings_of(reasons: Mapping[str, Reason]) -> dict[str, Wording]:
    """How reasons sound: their English names and their phrases."""
    return {code: Wording(reason.name, reason.phrases) for code, reason in reasons.items()}
