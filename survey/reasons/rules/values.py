"""The shape of a reason."""

from dataclasses import dataclass
from enum import StrEnum


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

    Phrases: words in order; `wait*` any ending, `a|b` either word, `#` a number, `..` up to three words between.
    """

    code: str
    level1: str
    label: str
    definition: str
    control: Control
    will: Will
    customer_wording: str
    phrases: tuple[str, ...] = ()
    staff_only: bool = False
