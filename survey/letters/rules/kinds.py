"""The kinds of letter, and what each needs before it may go. A letter without a kind cannot be posted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from survey.foundation.language import lazy_gettext as _


class Topic(StrEnum):
    """What a recipient may say no to, apart from the rest."""

    SURVEYS = "surveys"
    UPDATES = "updates"
    OFFERS = "offers"


TOPICS: Mapping[Topic, str] = {
    Topic.SURVEYS: _("Questions about how it was"),
    Topic.UPDATES: _("What was changed after somebody said so"),
    Topic.OFFERS: _("Being asked to come back"),
}

TOPIC_HINTS: Mapping[Topic, str] = {
    Topic.SURVEYS: _("A survey now and then, and at most two reminders."),
    Topic.UPDATES: _("News about what you told us, when something was done."),
    Topic.OFFERS: _("Only after you have left, and only if you said that we may."),
}


class To(StrEnum):
    """Whom a kind of letter is for."""

    PERSON = "person"  # somebody in People
    ADDRESS = "address"  # whoever typed their own address into a form of ours
    STAFF = "staff"  # somebody who works here


@dataclass(frozen=True)
class Kind:
    """A kind of letter: what staff call it, whom it is for, and what it needs.

    `topic` is what its recipients may say no to, None for what they asked for themselves. `consent` is the purpose for which
    their own “yes” is needed. `is_counted`: it counts towards the most that anybody is written to. `is_marketing`: it must
    carry the postal address of who writes.
    """

    name: str
    words: str
    to: To
    topic: Topic | None = None
    consent: str | None = None
    is_counted: bool = False
    is_marketing: bool = False

    @property
    def is_bulk(self) -> bool:
        """Whether it carries the way to unsubscribe with one click: whatever somebody did not ask for."""
        return self.topic is not None


ALL = (
    Kind("invitation", _("Invitation to a survey"), To.PERSON, Topic.SURVEYS, is_counted=True),
    Kind("reminder", _("Reminder of a survey"), To.PERSON, Topic.SURVEYS, is_counted=True),
    Kind("answer", _("Answer to what somebody said"), To.PERSON, consent="reply"),
    Kind("playback", _("Did we understand you?"), To.PERSON, consent="reply"),
    Kind("told_back", _("What was done about it"), To.PERSON, Topic.UPDATES, consent="updates", is_counted=True),
    Kind("come_back", _("Would you come back?"), To.PERSON, Topic.OFFERS, consent="win_back", is_counted=True, is_marketing=True),
    Kind("win_back", _("Offer to come back"), To.PERSON, Topic.OFFERS, consent="win_back", is_counted=True, is_marketing=True),
    Kind("own_link", _("A link that somebody asked for"), To.ADDRESS),
    Kind("choices", _("Link to what somebody wants to hear"), To.ADDRESS),
    Kind("trial", _("Test of a letter"), To.STAFF),
    Kind("join", _("Invite to work here"), To.STAFF),
    Kind("password", _("Link to a new password"), To.STAFF),
    Kind("notices", _("What happened"), To.STAFF),
    Kind("weekly", _("The week in a letter"), To.STAFF),
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in ALL}
