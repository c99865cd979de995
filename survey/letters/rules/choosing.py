"""What somebody may choose about the letters to them, and what they have chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.foundation.language import lazy_gettext as _
from survey.letters.rules.kinds import TOPICS, Topic
from survey.letters.rules.permission import ABSOLUTE, BULK

# At most once in so many days; 0 leaves it to what the organisation has promised to everybody.
HOW_OFTEN: Mapping[int, str] = {
    0: _("As it comes"),
    30: _("At most once a month"),
    91: _("At most once a quarter"),
    365: _("At most once a year"),
}


@dataclass(frozen=True)
class Choices:
    """What the owner of an address wants to hear, how often and in which language (None: as usual).

    `never`: the address is not written to at all, whatever is chosen. `came_back`: it is not, because letters came back from it.
    """

    topics: tuple[Topic, ...]
    least_days: int = 0
    language: str | None = None
    never: bool = False
    came_back: bool = False


def choices(suppressed: frozenset[str], *, least_days: int | None, language: str | None) -> Choices:
    """Return what was chosen, from the scopes in which an address is suppressed and from its owner's wishes."""
    return Choices(
        topics=tuple(topic for topic in TOPICS if BULK not in suppressed and topic not in suppressed),
        least_days=least_days or 0,
        language=language,
        never=bool(suppressed & (set(ABSOLUTE) - {"bounced"})),
        came_back="bounced" in suppressed,
    )
