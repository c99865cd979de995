"""What people say of comments, and what then stands: a person's word goes before the machine's, the latest before earlier ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Kind = Literal["reason", "sentiment"]
NO_REASON = "none"
LEARN_EVERY = 10


@dataclass(frozen=True)
class Said:
    """One correction that was not undone: who said what; earlier ones come first."""

    by: UUID | None
    about: str
    value: str


@dataclass(frozen=True)
class Judgement:
    """What one person says of one comment, and what the machine had said before: a test that it had not seen.

    Of reasons the first is the main one; () is no reason. A sentiment is one word.
    """

    said: tuple[str, ...]
    machine: tuple[str, ...]
    by_chance: bool = False

    @property
    def is_right(self) -> bool:
        """Whether the machine had found the main reason, or that there is none."""
        return self.said[0] in self.machine if self.said else not self.machine


def own_sentiment(said: Iterable[Said]) -> str | None:
    """The sentiment that the last person gave; None where nobody gave one."""
    return next((one.value for one in reversed(list(said)) if one.about == "sentiment"), None)


def own_reasons(said: Iterable[Said]) -> tuple[str, ...] | None:
    """The reasons that the last person gave, their first one first; () for “no reason”, None where nobody said anything.

    Each reason adds to those that the same person gave before. Another person starts anew: theirs is a second opinion, not
    an addition.
    """
    mine = [one for one in said if one.about == "reason"]
    if not mine:
        return None
    found: list[str] = []
    for one in mine:
        if one.by != mine[-1].by:
            continue
        found = [] if one.value == NO_REASON else [*found, one.value] if one.value not in found else found
    return tuple(found)


def was_right(value: str, machine: Sequence[str]) -> bool:
    """Whether the machine had said so: a reason among those it counted, none where it counted none, the same sentiment."""
    return not machine if value == NO_REASON else value in machine


def is_time_to_learn(before: int, after: int) -> bool:
    """Whether these corrections complete another ten."""
    return after // LEARN_EVERY > before // LEARN_EVERY


def by_person(said: Mapping[UUID, Sequence[Said]], kind: str) -> list[tuple[str, str, str]]:
    """What each person said of each comment that several have judged: (person, comment, label), as agreement is reckoned from.

    Of several reasons the first counts, which is the main one.
    """
    found: list[tuple[str, str, str]] = []
    for comment_id, all_said in said.items():
        people = list(dict.fromkeys(one.by for one in all_said if one.about == kind))
        if len(people) < 2:
            continue
        for person in people:
            own = [one for one in all_said if one.by == person]
            label = own_sentiment(own) if kind == "sentiment" else ((own_reasons(own) or ()) + (NO_REASON,))[0]
            found.append((str(person), str(comment_id), label or NO_REASON))
    return found
