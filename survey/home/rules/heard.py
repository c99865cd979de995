"""Who was heard: answers of customers beside answers of people who had left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.responses.rules import Voice


@dataclass(frozen=True)
class Heard:
    """Answers of customers and of people who had left: people whom we know, and beside them what came over open links."""

    current: int = 0
    former: int = 0
    open_current: int = 0
    open_former: int = 0

    def __add__(self, other: "Heard") -> "Heard":
        return Heard(
            self.current + other.current,
            self.former + other.former,
            self.open_current + other.open_current,
            self.open_former + other.open_former,
        )

    @property
    def n(self) -> int:
        """All of them."""
        return self.current + self.former + self.open_current + self.open_former


def heard(purpose: str, voices: Mapping[str, int]) -> Heard:
    """Who was heard by a survey: whoever answers an exit survey over the open link says that they left."""
    over_link = voices.get(Voice.UNVERIFIED, 0)
    return Heard(
        current=voices.get(Voice.CUSTOMER, 0),
        former=voices.get(Voice.FORMER_CUSTOMER, 0),
        open_current=over_link if purpose == "satisfaction" else 0,
        open_former=over_link if purpose == "exit" else 0,
    )


def together(parts: Iterable[Heard]) -> Heard:
    """The sum of several."""
    return sum(parts, Heard())


def heard_words(all_: Heard) -> str:
    """Whom we listened to, in a sentence."""
    current, former = all_.current + all_.open_current, all_.former + all_.open_former
    if not current and not former:
        return _("Nobody was heard in this time.")
    if not former:
        return _("Only customers were heard in this time, nobody who had left.")
    if not current:
        return _("Only people who had left were heard in this time, no customer.")
    said = {
        "current": ngettext("%(num)s answer came from customers", "%(num)s answers came from customers", current),
        "former": ngettext("%(num)s from people who had left", "%(num)s from people who had left", former),
    }
    return _("%(current)s, %(former)s.", **said)
