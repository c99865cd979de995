"""What staff are told of, whom each kind is for, and when it goes by mail unless they choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from survey.foundation.language import lazy_gettext as _


class How(StrEnum):
    """When somebody wants to hear of something by mail."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


HOW: Mapping[How, str] = {
    How.AT_ONCE: _("By mail, at once"),
    How.DAILY: _("By mail, each morning at 7"),
    How.NEVER: _("Only here"),
}

LEADERS = frozenset({"admin", "leader"})
TEAM = LEADERS | {"staff"}  # who may see single answers; viewers see groups alone
WEEKLY = "weekly"  # what the choice of the weekly letter is kept under


@dataclass(frozen=True)
class Kind:
    """Something that staff are told of: what it is called, a hint, when it is mailed unless somebody chose.

    `to_one` kinds are for one person, who is named by what happened; the others are for everybody who may see them.
    """

    name: str
    words: str
    hint: str
    usual: How
    to_one: bool = False


ALL = (
    Kind("low_score", _("A low score"), _("0 to 6 of 10, or 1 and 2 of 5. One notice a day for each survey, however many there are."), How.DAILY),
    Kind("new_case", _("Somebody left"), _("Somebody is marked as left, or answers why they left."), How.DAILY),
    Kind("assigned", _("A comment is given to you"), _("Whoever gave it to you waits for you now."), How.AT_ONCE, to_one=True),
    Kind("campaign_finished", _("Your invitations are sent"), _("Those that you started."), How.AT_ONCE, to_one=True),
    Kind("import_finished", _("Your file is read in"), _("Those that you handed in."), How.AT_ONCE, to_one=True),
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in ALL}


def kinds_for(role: str) -> tuple[Kind, ...]:
    """Return what somebody with this role may be told of: each of it leads to single answers, people or work of the team."""
    return ALL if role in TEAM else ()


def how_of(kind: str, chosen: str | None) -> How:
    """Return when somebody hears of a kind: as they chose, else as is usual."""
    return How(chosen) if chosen else KINDS[kind].usual
