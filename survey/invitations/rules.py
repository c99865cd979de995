"""Decisions about invitations: whom a campaign is for, what its letters say first, after which events somebody is asked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext

MOST_LINES = 50_000  # people on a list
MOST_TILES = 11  # choices of a first question that find room in a letter
SUBJECT_LIMIT, OPENING_LIMIT = 120, 1000
LONGEST_WAIT = 365  # days after an event


class Standing(StrEnum):
    """How far a campaign is."""

    DRAFT = "draft"
    QUEUEING = "queueing"  # its letters are being put into the outbox
    RUNNING = "running"  # all are there, not all have come to their end
    FINISHED = "finished"
    ENDED = "ended"  # by the team, before that


STANDINGS: Mapping[Standing, str] = {
    Standing.DRAFT: lazy_gettext("not started"),
    Standing.QUEUEING: lazy_gettext("being sent"),
    Standing.RUNNING: lazy_gettext("being sent"),
    Standing.FINISHED: lazy_gettext("finished"),
    Standing.ENDED: lazy_gettext("ended"),
}

GROUPS: Mapping[str, str] = {
    "customers": lazy_gettext("Customers now"),
    "left": lazy_gettext("People who have left"),
    "everybody": lazy_gettext("Everybody in People"),
    "list": lazy_gettext("A list of my own"),
}

EVENTS: Mapping[str, str] = {
    "purchase": lazy_gettext("after a purchase"),
    "case_closed": lazy_gettext("after a case was closed"),
    "joined": lazy_gettext("after somebody became a customer"),
    "departed": lazy_gettext("after somebody left"),
    "returned": lazy_gettext("after somebody came back"),
}


@dataclass(frozen=True)
class Audience:
    """Whom a campaign is for: a group, narrowed to people whose segments have these values; or the members of its own list."""

    group: str = "customers"
    segments: Mapping[str, str] = field(default_factory=dict)

    @property
    def document(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @property
    def words(self) -> str:
        """Whom it is for, in words."""
        group = str(GROUPS[self.group])
        only = ", ".join(f"{name}: {value}" for name, value in self.segments.items())
        return _("%(group)s with %(segments)s", group=group, segments=only) if only else group


def segments_in(typed: str) -> dict[str, str]:
    """Return the segments that stand in lines such as “plan = gold”; raise ValueError with the first line that is none."""
    found: dict[str, str] = {}
    for line in (line.strip() for line in typed.splitlines() if line.strip()):
        name, is_there, value = (part.strip() for part in line.partition("="))
        if not (name and is_there and value):
            raise ValueError(line)
        found[name.removeprefix("segment.")] = value
    return found


def names_in(typed: str) -> list[str]:
    """Return the addresses and numbers that stand in lines, each once, in their order; of several cells the first that is filled."""
    cells = (
        next((cell.strip(" \t\"'") for cell in line.replace(";", ",").split(",") if cell.strip()), "")
        for line in typed.splitlines()
    )
    return list(dict.fromkeys(cell for cell in cells if cell))


@dataclass(frozen=True)
class Words:
    """What a letter of a campaign says besides the survey's own words."""

    subject: str = ""
    opening: str = ""


def default_words(name: str, title: str) -> Words:
    """Return what is said where nobody wrote anything else, in the language that is spoken; `name` is the organisation's."""
    return Words(
        subject=title or _("How was it with %(name)s?", name=name),
        opening=_("We would like to know how it was, and what we should do better. What you say is read by people."),
    )


def reminder_subject(subject: str) -> str:
    """Return the subject of a reminder."""
    return _("Still open: %(subject)s", subject=subject)


@dataclass(frozen=True)
class Numbers:
    """What became of a campaign: letters by state, and people by what they did. `started` None where nobody may tell."""

    people: int
    letters: Mapping[tuple[str, str | None], int]
    completed: int
    started: int | None
    unsubscribed: int

    def _in(self, *states: str) -> int:
        return sum(many for (state, _why), many in self.letters.items() if state in states)

    @property
    def queued(self) -> int:
        """Letters that wait or are being sent."""
        return self._in("queued", "sending")

    @property
    def delivered(self) -> int:
        """Letters that a mail server took and that did not come back."""
        return self._in("sent")

    @property
    def came_back(self) -> int:
        """Letters that were refused or came back."""
        return self._in("bounced")

    @property
    def sent(self) -> int:
        """Letters that left the house."""
        return self.delivered + self.came_back

    @property
    def given_up(self) -> int:
        """Letters that were given up after many tries."""
        return self._in("failed")

    @property
    def stopped(self) -> int:
        """Letters that were taken back before they went."""
        return self._in("stopped")

    @property
    def held(self) -> list[tuple[str, int]]:
        """Why letters were held back, and how many; the most common reason first."""
        held = [(why or "", many) for (state, why), many in self.letters.items() if state == "held"]
        return sorted(held, key=lambda row: (-row[1], row[0]))

    @property
    def all(self) -> int:
        """All letters."""
        return sum(self.letters.values())

    @property
    def shared(self) -> int:
        """People without a letter of their own, as somebody else with the same address gets it."""
        return max(self.people - self.all, 0)
