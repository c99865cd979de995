"""What may happen to a recovery case: its states, the table of its moves, and what must be there before each.

The order is the one of a good conversation: know who takes care, reach the person, listen, mend what was wrong, and only
then offer anything. A case ends with a reason, whatever the end.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.reasons.rules import REASONS, Control, Will

LEAST_ATTEMPTS, LEAST_CHANNELS = 3, 2  # before somebody counts as out of reach
PATIENCE_DAYS = 60  # after an offer without an answer
MOST_CONTRIBUTING = 2  # reasons beside the primary one
DIED, PAYMENT_FAILED, NOT_ASKED = "U1", "B", "Z3"


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    TRIAGED = "triaged"
    CONTACT_DUE = "contact_due"
    CONTACTED = "contacted"
    LISTENED = "listened"
    OFFER_MADE = "offer_made"
    WON_BACK = "won_back"
    LOST = "lost"
    UNCONTROLLABLE = "uncontrollable"
    UNREACHABLE = "unreachable"
    DO_NOT_CONTACT = "do_not_contact"
    PAYMENT_RECOVERY = "payment_recovery"
    NOT_A_LOSS = "not_a_loss"


STATES: Mapping[State, str] = {
    State.OPEN: lazy_gettext("New"),
    State.TRIAGED: lazy_gettext("Taken on"),
    State.CONTACT_DUE: lazy_gettext("Not reached yet"),
    State.CONTACTED: lazy_gettext("Reached"),
    State.LISTENED: lazy_gettext("Listened to"),
    State.OFFER_MADE: lazy_gettext("Has an offer"),
    State.WON_BACK: lazy_gettext("Came back"),
    State.LOST: lazy_gettext("Stays away"),
    State.UNCONTROLLABLE: lazy_gettext("Not ours to change"),
    State.UNREACHABLE: lazy_gettext("Out of reach"),
    State.DO_NOT_CONTACT: lazy_gettext("Wants to be left alone"),
    State.PAYMENT_RECOVERY: lazy_gettext("A payment failed"),
    State.NOT_A_LOSS: lazy_gettext("Was no loss"),
}

RUNNING = (State.OPEN, State.TRIAGED, State.CONTACT_DUE, State.CONTACTED, State.LISTENED, State.OFFER_MADE)
ENDS = tuple(state for state in State if state not in RUNNING)
BEFORE_CONTACT = (State.OPEN, State.TRIAGED, State.CONTACT_DUE)


class Event(StrEnum):
    """What can happen to a case."""

    TRIAGE = "triage"
    ASSIGN = "assign"
    NOTE = "note"
    CODE = "code"
    ATTEMPT = "attempt"
    REACH = "reach"
    LISTEN = "listen"
    PROMISE = "promise"
    KEEP = "keep"
    DRAFT = "draft"
    OFFER = "offer"
    SETTLE = "settle"
    RETURN = "return"
    LOSE = "lose"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    GIVE_UP = "give_up"
    PAYMENT = "payment"
    NOT_A_LOSS = "not_a_loss"
    LEAVE_ALONE = "leave_alone"
    DIE = "die"
    REOPEN = "reopen"


EVENTS: Mapping[Event, str] = {
    Event.TRIAGE: lazy_gettext("Taken on"),
    Event.ASSIGN: lazy_gettext("Given to somebody else"),
    Event.NOTE: lazy_gettext("Noted"),
    Event.CODE: lazy_gettext("Reasons noted"),
    Event.ATTEMPT: lazy_gettext("Tried, not reached"),
    Event.REACH: lazy_gettext("Reached"),
    Event.LISTEN: lazy_gettext("Listened"),
    Event.PROMISE: lazy_gettext("Promised to put something right"),
    Event.KEEP: lazy_gettext("A promise was kept"),
    Event.DRAFT: lazy_gettext("An offer waits for approval"),
    Event.OFFER: lazy_gettext("Made an offer"),
    Event.SETTLE: lazy_gettext("The offer was answered"),
    Event.RETURN: lazy_gettext("Came back"),
    Event.LOSE: lazy_gettext("Stays away"),
    Event.PROPOSE: lazy_gettext("Said to be not ours to change"),
    Event.CONFIRM: lazy_gettext("Confirmed as not ours to change"),
    Event.GIVE_UP: lazy_gettext("Given up as out of reach"),
    Event.PAYMENT: lazy_gettext("A payment had failed"),
    Event.NOT_A_LOSS: lazy_gettext("Was no loss"),
    Event.LEAVE_ALONE: lazy_gettext("Asked to be left alone"),
    Event.DIE: lazy_gettext("Has died"),
    Event.REOPEN: lazy_gettext("Opened again"),
}

# ---- the table ----------------------------------------------------------------------------------------------------

_UNTIL_OFFER = (State.OPEN, State.TRIAGED, State.CONTACT_DUE, State.CONTACTED, State.LISTENED)
_TALKED = (State.CONTACTED, State.LISTENED, State.OFFER_MADE)


def _all_to(target: State, *states: State) -> dict[State, State]:
    return dict.fromkeys(states, target)


def _staying(*states: State) -> dict[State, State]:
    return {state: state for state in states}


# Event -> the state it is in -> the state it comes to. What is not in here is refused, with the reason in REFUSALS.
MOVES: Mapping[Event, Mapping[State, State]] = {
    Event.TRIAGE: _all_to(State.TRIAGED, State.OPEN),
    Event.ASSIGN: _staying(*(state for state in RUNNING if state != State.OPEN)),
    Event.NOTE: _staying(*State),
    Event.CODE: _staying(*State),
    Event.ATTEMPT: {
        State.TRIAGED: State.CONTACT_DUE,
        State.CONTACT_DUE: State.CONTACT_DUE,
        **_staying(*_TALKED),
    },
    Event.REACH: {State.TRIAGED: State.CONTACTED, State.CONTACT_DUE: State.CONTACTED, **_staying(*_TALKED)},
    Event.LISTEN: {State.CONTACTED: State.LISTENED, **_staying(State.LISTENED, State.OFFER_MADE)},
    Event.PROMISE: _staying(State.LISTENED, State.OFFER_MADE),
    Event.KEEP: _staying(*State),
    Event.DRAFT: _staying(State.LISTENED, State.OFFER_MADE),
    Event.OFFER: _all_to(State.OFFER_MADE, State.LISTENED, State.OFFER_MADE),
    Event.SETTLE: _staying(*State),
    Event.RETURN: _all_to(State.WON_BACK, *RUNNING),
    Event.LOSE: _all_to(State.LOST, State.LISTENED, State.OFFER_MADE),
    Event.PROPOSE: _staying(*_UNTIL_OFFER),
    Event.CONFIRM: _all_to(State.UNCONTROLLABLE, *_UNTIL_OFFER),
    Event.GIVE_UP: _all_to(State.UNREACHABLE, State.CONTACT_DUE),
    Event.PAYMENT: _all_to(State.PAYMENT_RECOVERY, *_UNTIL_OFFER),
    Event.NOT_A_LOSS: _all_to(State.NOT_A_LOSS, *RUNNING),
    Event.LEAVE_ALONE: _all_to(State.DO_NOT_CONTACT, *State),
    Event.DIE: {
        **_all_to(State.UNCONTROLLABLE, *RUNNING, State.LOST, State.UNREACHABLE, State.UNCONTROLLABLE),
        **_staying(State.WON_BACK, State.DO_NOT_CONTACT, State.PAYMENT_RECOVERY, State.NOT_A_LOSS),
    },
    Event.REOPEN: _all_to(
        State.TRIAGED,
        State.LOST, State.UNCONTROLLABLE, State.UNREACHABLE, State.PAYMENT_RECOVERY, State.NOT_A_LOSS,
    ),
}  # fmt: skip

_TAKE_ON = lazy_gettext("Take the case on first: say who looks after it and what seems to be the reason.")
_REACH = lazy_gettext("Reach them first.")
_LISTEN = lazy_gettext(
    "Listen first: write down what they said and say it back to them. Nothing is offered before that."
)
_CLOSED = lazy_gettext("This case is closed. Open it again first.")
_FOR_GOOD = lazy_gettext("They asked to be left alone, and that is for good.")
_RETURNED = lazy_gettext("They came back. Should they leave again, that is a new case.")

# Why not, by the state that the case is in; what an event says of itself comes first.
USUAL: Mapping[State, str] = {
    State.OPEN: _TAKE_ON,
    State.TRIAGED: _REACH,
    State.CONTACT_DUE: _REACH,
    State.CONTACTED: _LISTEN,
    State.LISTENED: lazy_gettext("They were listened to already."),
    State.OFFER_MADE: lazy_gettext("They have an offer. Wait for the answer, or end the case with what they say."),
    State.DO_NOT_CONTACT: _FOR_GOOD,
    State.WON_BACK: _RETURNED,
}
REFUSALS: Mapping[Event, Mapping[State, str]] = {
    Event.TRIAGE: dict.fromkeys(RUNNING, lazy_gettext("Somebody looks after this case already.")),
    Event.GIVE_UP: {
        State.TRIAGED: lazy_gettext("Nobody has tried to reach them yet."),
        **dict.fromkeys(_TALKED, lazy_gettext("They were reached, so they are not out of reach.")),
    },
    Event.LOSE: {
        State.TRIAGED: lazy_gettext("Talk to them before you end the case, or say that it is not ours to change."),
        State.CONTACT_DUE: lazy_gettext("Go on trying, or give up once they count as out of reach."),
    },
    Event.REOPEN: dict.fromkeys(RUNNING, lazy_gettext("This case is open.")),
}  # fmt: skip


def target_of(state: State, event: Event) -> State | None:
    """Return the state that an event leads to; None where it is not possible now."""
    return MOVES[event].get(state)


def refusal(state: State, event: Event) -> str:
    """Say why an event is not possible in a state; "" where it is."""
    if target_of(state, event) is not None:
        return ""
    return str(REFUSALS.get(event, {}).get(state) or USUAL.get(state, _CLOSED))


# ---- what must be there -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """What is known of a case once an event has been typed in: the case's own, and what the form says."""

    by: str = ""  # who does it
    has_owner: bool = False
    code: str | None = None  # what seems to be the reason
    coded: Sequence[str] = ()  # the reasons that staff noted, the primary one first
    evidence: str = ""
    proposed_by: str | None = None
    channels: Sequence[str] = ()  # of each attempt that reached nobody
    their_words: str = ""
    playback: str = ""
    what: str = ""  # what was promised, noted or said
    offers: Sequence[str] = ()  # the states of its offers
    days_since_offer: int | None = None
    has_returned: bool = False
    is_left_alone: bool = False
    is_held_out: bool = False
    against_offer: Sequence[str] = field(default=())  # what speaks against the offer that is to be made


Guard = Callable[[Facts], str]


def _owner(facts: Facts) -> str:
    return "" if facts.has_owner else _("Say who looks after this case.")


def _control(facts: Facts) -> str:
    return (
        ""
        if facts.code in REASONS
        else _("Choose what seems to be the reason, so that we know whether it is ours to change.")
    )


def _may_be_contacted(facts: Facts) -> str:
    if facts.is_held_out:
        return _("This case was drawn by chance to be left alone, so that we see who comes back unasked.")
    return _("They asked to be left alone.") if facts.is_left_alone else ""


def _words(facts: Facts) -> str:
    return "" if facts.their_words.strip() else _("Write down what they said, in their own words.")


def _playback(facts: Facts) -> str:
    return "" if facts.playback.strip() else _("Write down how you said it back to them.")


def _coded(facts: Facts) -> str:
    return "" if facts.coded else _("Choose the reason, as you understand it now.")


def _few_reasons(facts: Facts) -> str:
    if len(set(facts.coded)) != len(facts.coded):
        return _("Each reason counts once.")
    return (
        _("Choose one main reason, and at most two that added to it.")
        if len(facts.coded) > 1 + MOST_CONTRIBUTING
        else ""
    )


def _what(facts: Facts) -> str:
    return "" if facts.what.strip() else _("Say what it is, in a sentence.")


def _offer_fits(facts: Facts) -> str:
    return " ".join(facts.against_offer)


def _is_uncontrollable(facts: Facts) -> str:
    known = REASONS.get(facts.code or "")
    if known is not None and known.code[:1] in ("U", "N") and known.control != Control.CONTROLLABLE:
        return ""
    return _("Only a need that ended, or a reason outside anyone’s control, is not ours to change.")


def _evidence(facts: Facts) -> str:
    return "" if facts.evidence.strip() else _("Write one line on how we know it.")


def _second_person(facts: Facts) -> str:
    if facts.proposed_by is None:
        return _("Somebody has to say first that it is not ours to change, and how we know it.")
    is_same = facts.proposed_by == facts.by
    return _("A second person has to confirm this, not the one who said so.") if is_same else ""


def _tried_enough(facts: Facts) -> str:
    if len(facts.channels) >= LEAST_ATTEMPTS and len(set(facts.channels)) >= LEAST_CHANNELS:
        return ""
    return _("Try at least %(tries)s times and in at least %(ways)s ways before you give up.",
             tries=LEAST_ATTEMPTS, ways=LEAST_CHANNELS)  # fmt: skip


def _payment(facts: Facts) -> str:
    known = REASONS.get(facts.code or "")
    is_payment = known is not None and known.will == Will.BILLING
    return "" if is_payment else _("Choose “%(reason)s” as the reason.", reason=REASONS[PAYMENT_FAILED].label)


def _has_returned(facts: Facts) -> str:
    return (
        ""
        if facts.has_returned
        else _("They count as back once they are a customer again, not when they say that they will be.")
    )


def _offer_is_over(facts: Facts) -> str:
    if not set(facts.offers) & {"drafted", "made", "accepted"}:
        return ""
    if facts.days_since_offer is not None and facts.days_since_offer >= PATIENCE_DAYS:
        return ""
    return _(
        "An offer is open. Wait until it is declined or has ended, or until %(days)s days have passed.",
        days=PATIENCE_DAYS,
    )


GUARDS: Mapping[Event, Sequence[Guard]] = {
    Event.TRIAGE: (_may_be_contacted, _owner, _control),
    Event.ASSIGN: (_owner,),
    Event.NOTE: (_what,),
    Event.CODE: (_coded, _few_reasons),
    Event.ATTEMPT: (_may_be_contacted,),
    Event.REACH: (_may_be_contacted,),
    Event.LISTEN: (_words, _playback, _coded, _few_reasons),
    Event.PROMISE: (_what,),
    Event.KEEP: (),
    Event.DRAFT: (_may_be_contacted,),
    Event.OFFER: (_may_be_contacted, _offer_fits),
    Event.SETTLE: (),
    Event.RETURN: (_has_returned,),
    Event.LOSE: (_coded, _what, _offer_is_over),
    Event.PROPOSE: (_is_uncontrollable, _evidence),
    Event.CONFIRM: (_second_person,),
    Event.GIVE_UP: (_tried_enough, _what),
    Event.PAYMENT: (_payment,),
    Event.NOT_A_LOSS: (_coded, _what),
    Event.LEAVE_ALONE: (),
    Event.DIE: (),
    Event.REOPEN: (_may_be_contacted, _what),
}


@dataclass(frozen=True)
class Decision:
    """What comes of an event: the state that it leads to, or everything that is missing, in words."""

    target: State | None
    missing: tuple[str, ...] = ()


def decide(state: State, event: Event, facts: Facts) -> Decision:
    """Say whether an event may happen to a case now, and where it leads."""
    against = refusal(state, event)
    if against:
        return Decision(None, (against,))
    missing = tuple(said for said in (guard(facts) for guard in GUARDS[event]) if said)
    return Decision(None if missing else target_of(state, event), missing)


# ---- what to do next ----------------------------------------------------------------------------------------------

NEXT: Mapping[State, Event] = {
    State.OPEN: Event.TRIAGE,
    State.TRIAGED: Event.REACH,
    State.CONTACT_DUE: Event.REACH,
    State.CONTACTED: Event.LISTEN,
    State.LISTENED: Event.PROMISE,
    State.OFFER_MADE: Event.SETTLE,
}
NEXT_WORDS: Mapping[State, str] = {
    State.OPEN: lazy_gettext("Take the case on"),
    State.TRIAGED: lazy_gettext("Call or write to them"),
    State.CONTACT_DUE: lazy_gettext("Try again, perhaps in another way"),
    State.CONTACTED: lazy_gettext("Write down what they told you"),
    State.LISTENED: lazy_gettext("Put right what was wrong"),
    State.OFFER_MADE: lazy_gettext("Hear what they say to the offer"),
}


class Scope(StrEnum):
    """Whether the cause lies in this one case or in how we work."""

    ONE_OFF = "one_off"
    SYSTEMIC = "systemic"


SCOPES: Mapping[Scope, str] = {
    Scope.ONE_OFF: lazy_gettext("This happened to them alone"),
    Scope.SYSTEMIC: lazy_gettext("This can happen to others too"),
}


class Channel(StrEnum):
    """How somebody was contacted."""

    PHONE = "phone"
    EMAIL = "email"
    VISIT = "visit"
    MESSAGE = "message"
    POST = "post"


CHANNELS: Mapping[Channel, str] = {
    Channel.PHONE: lazy_gettext("Telephone"),
    Channel.EMAIL: lazy_gettext("E-mail"),
    Channel.VISIT: lazy_gettext("In person"),
    Channel.MESSAGE: lazy_gettext("Text message"),
    Channel.POST: lazy_gettext("Letter"),
}
