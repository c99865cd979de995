"""The states of a letter and the reasons why one did not go, with their words."""

from collections.abc import Mapping
from enum import StrEnum

from survey.foundation.language import lazy_gettext as _


class State(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENDING = "sending"  # a worker has it, until its lease ends
    SENT = "sent"  # the mail server took it
    BOUNCED = "bounced"  # refused for good, or sent back afterwards
    FAILED = "failed"  # given up after many tries
    HELD = "held"  # not sent, because it may not be
    STOPPED = "stopped"  # taken back by staff before it went


STATES: Mapping[State, str] = {
    State.QUEUED: _("Waiting"),
    State.SENDING: _("Being sent"),
    State.SENT: _("Sent"),
    State.BOUNCED: _("Came back"),
    State.FAILED: _("Given up"),
    State.HELD: _("Held back"),
    State.STOPPED: _("Stopped"),
}

# How a state looks: running, over, or something to look after.
TONES: Mapping[State, str] = {
    State.SENT: "on",
    State.BOUNCED: "worse",
    State.FAILED: "worse",
    State.HELD: "off",
    State.STOPPED: "off",
}

OPEN = (State.QUEUED, State.SENDING)  # may still go
OVER = (State.SENT, State.BOUNCED, State.FAILED, State.HELD, State.STOPPED)


class Why(StrEnum):
    """Why a letter did not go, or has not gone yet."""

    NO_ADDRESS = "no_address"
    DECEASED = "deceased"
    DO_NOT_CONTACT = "do_not_contact"
    ERASED = "erased"
    BOUNCED = "bounced"
    UNSUBSCRIBED = "unsubscribed"
    NO_CONSENT = "no_consent"
    NO_POSTAL_ADDRESS = "no_postal_address"
    OFTEN = "often"
    OWN_WISH = "own_wish"
    ANSWERED = "answered"
    NOT_NEEDED = "not_needed"
    CLOSED = "closed"
    GONE = "gone"
    STOPPED = "stopped"
    REFUSED = "refused"
    LATER = "later"
    UNREACHABLE = "unreachable"
    UNWRITABLE = "unwritable"


WHY: Mapping[Why, str] = {
    Why.NO_ADDRESS: _("There is no e-mail address"),
    Why.DECEASED: _("This person has died"),
    Why.DO_NOT_CONTACT: _("This person does not want to be written to"),
    Why.ERASED: _("This person was deleted and is not written to again"),
    Why.BOUNCED: _("Letters to this address came back"),
    Why.UNSUBSCRIBED: _("Unsubscribed from this kind of letter"),
    Why.NO_CONSENT: _("Did not agree to this kind of letter"),
    Why.NO_POSTAL_ADDRESS: _("Your postal address is missing in the settings"),
    Why.OFTEN: _("Was written to as often as you allow"),
    Why.OWN_WISH: _("Wishes to be written to less often"),
    Why.ANSWERED: _("Has answered already"),
    Why.NOT_NEEDED: _("No longer needed"),
    Why.CLOSED: _("The survey is closed"),
    Why.GONE: _("What the letter was about is gone"),
    Why.STOPPED: _("Stopped by your team"),
    Why.REFUSED: _("The mail server of the recipient refused it"),
    Why.LATER: _("The mail server of the recipient asked to try again later"),
    Why.UNREACHABLE: _("Your mail server could not be reached"),
    Why.UNWRITABLE: _("The letter could not be written; the fault is on our side"),
}
