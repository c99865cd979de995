"""May we write? The one rule that every letter passes, in the transaction that lets it go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from survey.letters.rules.kinds import Kind, To
from survey.letters.rules.states import Why

EVERYTHING = "all"  # the scope of a suppression that leaves nothing out
BULK = "bulk"  # all that somebody did not ask for

# Scopes that block a letter whatever it is about, with why; the topics' own scopes mean “unsubscribed”.
ABSOLUTE: Mapping[str, Why] = {
    "deceased": Why.DECEASED,
    "do_not_contact": Why.DO_NOT_CONTACT,
    "erased": Why.ERASED,
    "bounced": Why.BOUNCED,
}


@dataclass(frozen=True)
class Limit:
    """The organisation's promise to everybody: at most so many letters in so many days."""

    letters: int
    days: int

    @property
    def span(self) -> timedelta:
        """The days as a time."""
        return timedelta(days=self.days)


@dataclass(frozen=True)
class Recipient:
    """What is known of whom a letter would go to, at the moment of asking.

    `suppressed`: the scopes in which the address is suppressed. `lately`: when counted letters went to it within the days of the
    limit. `wish_days`: at most one letter in so many days, where the person has said so.
    """

    has_address: bool = True
    is_deceased: bool = False
    wants_no_contact: bool = False
    suppressed: frozenset[str] = frozenset()
    consents: frozenset[str] = frozenset()
    lately: tuple[datetime, ...] = field(default=())
    wish_days: int | None = None


def reason_against(
    kind: Kind, recipient: Recipient, *, limit: Limit, has_postal_address: bool, now: datetime
) -> Why | None:
    """Say why a letter of this kind may not go to this recipient now; None where it may."""
    if kind.to == To.STAFF:  # colleagues have a right to their password link, whatever they chose as customers
        return None if recipient.has_address else Why.NO_ADDRESS
    return (
        standing_against(recipient)
        or _refused_by_wish(kind, recipient)
        or _refused_by_law(kind, recipient, has_postal_address=has_postal_address)
        or _refused_by_number(kind, recipient, limit=limit, now=now)
    )


def standing_against(recipient: Recipient) -> Why | None:
    """Say why nobody may write to this recipient at all, whatever it is about; None where that is not so."""
    if recipient.is_deceased:
        return Why.DECEASED
    if recipient.wants_no_contact:
        return Why.DO_NOT_CONTACT
    absolute = [why for scope, why in ABSOLUTE.items() if scope in recipient.suppressed]
    if absolute:
        return absolute[0]
    return None if recipient.has_address else Why.NO_ADDRESS


def _refused_by_wish(kind: Kind, recipient: Recipient) -> Why | None:
    is_refused = kind.is_bulk and bool(recipient.suppressed & {kind.topic, BULK})
    return Why.UNSUBSCRIBED if is_refused else None


def _refused_by_law(kind: Kind, recipient: Recipient, *, has_postal_address: bool) -> Why | None:
    if kind.consent and kind.consent not in recipient.consents:
        return Why.NO_CONSENT
    return Why.NO_POSTAL_ADDRESS if kind.is_marketing and not has_postal_address else None


def _refused_by_number(kind: Kind, recipient: Recipient, *, limit: Limit, now: datetime) -> Why | None:
    if not kind.is_counted:
        return None
    if _within(recipient.lately, limit.span, now) >= limit.letters:
        return Why.OFTEN
    is_too_soon = recipient.wish_days and _within(recipient.lately, timedelta(days=recipient.wish_days), now)
    return Why.OWN_WISH if is_too_soon else None


def _within(moments: Collection[datetime], span: timedelta, now: datetime) -> int:
    return sum(1 for moment in moments if now - moment < span)
