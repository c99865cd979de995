"""What may be offered to somebody who left, and in which order: put it right, give more for the money, and money last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext


class Kind(StrEnum):
    """What an offer is."""

    APOLOGY = "apology"
    FIX = "fix"
    PAUSE = "pause"
    PLAN_CHANGE = "plan_change"
    UPGRADE = "upgrade"
    CREDIT = "credit"
    DISCOUNT = "discount"
    OTHER = "other"


KINDS: Mapping[Kind, str] = {
    Kind.APOLOGY: lazy_gettext("An apology"),
    Kind.FIX: lazy_gettext("Putting it right"),
    Kind.PAUSE: lazy_gettext("A pause"),
    Kind.PLAN_CHANGE: lazy_gettext("Another plan"),
    Kind.UPGRADE: lazy_gettext("More for the same money"),
    Kind.CREDIT: lazy_gettext("A credit"),
    Kind.DISCOUNT: lazy_gettext("A lower price"),
    Kind.OTHER: lazy_gettext("Something else"),
}
INDUCEMENTS = frozenset({Kind.UPGRADE, Kind.CREDIT, Kind.DISCOUNT, Kind.OTHER})
MONEY_OFF = frozenset({Kind.CREDIT, Kind.DISCOUNT})


class OfferState(StrEnum):
    """Where an offer stands."""

    DRAFTED = "drafted"
    MADE = "made"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


OFFER_STATES: Mapping[OfferState, str] = {
    OfferState.DRAFTED: lazy_gettext("Waits for approval"),
    OfferState.MADE: lazy_gettext("Made"),
    OfferState.ACCEPTED: lazy_gettext("Accepted"),
    OfferState.DECLINED: lazy_gettext("Declined"),
    OfferState.EXPIRED: lazy_gettext("Ended without an answer"),
    OfferState.WITHDRAWN: lazy_gettext("Taken back"),
}


@dataclass(frozen=True)
class Given:
    """An offer that somebody has got before: what sort it is, what it was worth, when, from which template, and whether in this case."""

    sort: Kind
    state: OfferState
    value_minor: int
    on: date
    template: str
    is_of_case: bool


@dataclass(frozen=True)
class Wanted:
    """An offer that is to be made, by the terms of its template."""

    sort: Kind
    template: str
    codes: Sequence[str]  # the reasons that it answers; none: any
    value_minor: int
    cap_minor: int | None
    cooldown_days: int
    needs_approval: bool
    expires_on: date


def against(
    wanted: Wanted, *, reasons: Sequence[str], given: Sequence[Given], has_promise: bool, today: date
) -> list[str]:
    """Say everything that speaks against an offer; nobody can allow these."""
    open_states = (OfferState.MADE, OfferState.ACCEPTED)
    held = [one for one in given if one.state in open_states]
    said = []
    if wanted.codes and not set(wanted.codes) & set(reasons):
        said.append(_("This offer answers other reasons than theirs."))
    if wanted.sort in INDUCEMENTS and not _is_mended(given, has_promise=has_promise):
        said.append(_("Put right first what was wrong: promise it, or offer to. Only then offer something on top."))
    spent = sum(one.value_minor for one in held if one.template == wanted.template)
    if wanted.cap_minor is not None and spent + wanted.value_minor > wanted.cap_minor:
        said.append(_("This is more than this offer may be worth to one customer."))
    last = max((one.on for one in given if one.state != OfferState.WITHDRAWN and not one.is_of_case), default=None)
    if last is not None and (today - last).days < wanted.cooldown_days:
        said.append(_("They had an offer less than %(days)s days ago.", days=wanted.cooldown_days))
    if wanted.expires_on < today:
        said.append(_("Its last day is over."))
    return said


def _is_mended(given: Sequence[Given], *, has_promise: bool) -> bool:
    mending = (Kind.FIX, Kind.APOLOGY)
    return has_promise or any(one.is_of_case and one.sort in mending for one in given)


def needs_approval(wanted: Wanted, *, given: Sequence[Given]) -> str:
    """Say why a leader has to approve an offer first; "" where nobody has to."""
    before = {
        one.sort for one in given if one.is_of_case and one.state not in (OfferState.WITHDRAWN, OfferState.DRAFTED)
    }
    if wanted.sort in MONEY_OFF and Kind.UPGRADE in before or wanted.sort == Kind.UPGRADE and before & MONEY_OFF:
        return _("More for the money and money off together need the approval of a leader.")
    if wanted.sort == Kind.DISCOUNT:
        return _("A lower price before anything better was offered needs the approval of a leader.")
    return _("This offer needs the approval of a leader.") if wanted.needs_approval else ""


def state_on(state: OfferState, expires_on: date, today: date) -> OfferState:
    """Return where an offer stands on a day: one that was made ends by itself after its last day."""
    return OfferState.EXPIRED if state == OfferState.MADE and expires_on < today else state
