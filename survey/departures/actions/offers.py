"""Offers and their terms. A code is told once, when the offer is made; only its hash is kept."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update

from survey.departures.actions.cases import Doing, Missing, facts_of, happen, locked
from survey.departures.models import Offer, OfferTemplate, Promise, RecoveryCase
from survey.departures.queries.cases import reasons_of
from survey.departures.rules.cases import Event, refusal
from survey.departures.rules.offers import Given, Kind, OfferState, Wanted, against, needs_approval
from survey.foundation.db import db, new_id
from survey.foundation.errors import Gone, NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import clean, line
from survey.foundation.tokens import digest
from survey.organisation.queries import organisation, today

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what looks alike
CODE_LENGTH = 12  # of 31 characters: 59 bits


def new_code() -> str:
    """Return a code that can be told on the telephone: “7QF3-MHWD-2KXA”."""
    drawn = "".join(secrets.choice(ALPHABET) for _each in range(CODE_LENGTH))
    return "-".join(drawn[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def hash_of(code: str) -> str:
    """Return what is kept of a code, however it was typed."""
    return digest("".join(character for character in code.upper() if character.isalnum()))


# ---- templates ----------------------------------------------------------------------------------------------------


def keep_template(
    *, name: str, kind: str, words: str, codes: Sequence[str], cap_minor: int | None, cooldown_days: int, lasts_days: int,
    open_to_loyal: bool, needs_approval: bool, now: datetime,
) -> OfferTemplate:  # fmt: skip
    """Add an offer that staff may make from now on."""
    made = OfferTemplate(
        id=new_id(), name=line(name), kind=Kind(kind), words=clean(words), codes=list(codes), cap_minor=cap_minor,
        cooldown_days=cooldown_days, lasts_days=lasts_days, open_to_loyal=open_to_loyal, needs_approval=needs_approval,
        made_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def retire_template(template_id: UUID, *, now: datetime) -> str:
    """Let an offer be made no more and return its name; those that were made stay good."""
    found = db.session.get(OfferTemplate, template_id)
    if found is None:
        raise NotFound(_("There is no such offer."))
    found.retired_at = found.retired_at or now
    return found.name


# ---- offers -------------------------------------------------------------------------------------------------------


def make_offer(
    case_id: UUID, *, template_id: UUID, value_minor: int, expires_on: date, doing: Doing
) -> tuple[Offer, str | None]:
    """Make an offer and return it with its code; None for the code where a leader has to approve it first."""
    case, template = locked(case_id, doing), _template(template_id)
    given, wanted = _given(case), _wanted(template, value_minor, expires_on)
    refused = against(wanted, reasons=reasons_of(case.departure_id), given=given,
                      has_promise=_has_promise(case.id), today=today())  # fmt: skip
    if refused:
        raise Missing(_after_listening(case) or refused)
    why = needs_approval(wanted, given=given)
    made = Offer(
        id=new_id(), case_id=case.id, template_id=template.id, kind=template.kind, words=template.words, value_minor=value_minor,
        currency=case.currency or organisation().currency, expires_on=expires_on, state=OfferState.DRAFTED, why_approval=why,
        by_id=doing.by, at=doing.at,
    )  # fmt: skip
    if why:
        happen(case, Event.DRAFT, doing, facts_of(case, doing), note=template.name, details={"offer": str(made.id)})
        db.session.add(made)
        return made, None
    db.session.add(made)
    return made, _hand_out(case, made, template.name, doing)


def _after_listening(case: RecoveryCase) -> tuple[str, ...]:
    """What comes before all terms: nothing is offered before somebody listened."""
    said = refusal(case.is_at, Event.OFFER)
    return (said,) if said else ()


def _template(template_id: UUID) -> OfferTemplate:
    found = db.session.get(OfferTemplate, template_id)
    if found is None or found.retired_at is not None:
        raise NotFound(_("There is no such offer."))
    return found


def _wanted(template: OfferTemplate, value_minor: int, expires_on: date) -> Wanted:
    return Wanted(
        Kind(template.kind), str(template.id), template.codes, value_minor, template.cap_minor, template.cooldown_days,
        template.needs_approval, expires_on,
    )  # fmt: skip


def _given(case: RecoveryCase) -> list[Given]:
    """Every offer that the person has got, in this case and before."""
    query = select(Offer).join(RecoveryCase).where(RecoveryCase.person_id == case.person_id)
    return [
        Given(Kind(one.kind), OfferState(one.state), one.value_minor, (one.made_at or one.at).date(), str(one.template_id),
              one.case_id == case.id)
        for one in db.session.scalars(query)
    ]  # fmt: skip


def _has_promise(case_id: UUID) -> bool:
    return db.session.scalar(select(Promise.id).where(Promise.case_id == case_id).limit(1)) is not None


def _hand_out(case: RecoveryCase, made: Offer, name: str, doing: Doing) -> str:
    happen(case, Event.OFFER, doing, facts_of(case, doing), note=name, details={"offer": str(made.id)})
    code = new_code()
    made.state, made.made_at, made.code_hash = OfferState.MADE, doing.at, hash_of(code)
    db.session.flush()
    return code


def approve(offer_id: UUID, *, doing: Doing) -> str:
    """Approve an offer, as a leader who did not ask for it; returns its code."""
    made = _offer(offer_id)
    case = locked(made.case_id, doing)
    if made.state != OfferState.DRAFTED:
        raise Refused(_("This offer waits for no approval any more."))
    if made.by_id == doing.by:
        raise Missing([_("Another leader has to approve this, not the one who asked for it.")])
    made.approved_by_id = doing.by
    return _hand_out(case, made, made.template.name if made.template else "", doing)


def settle(offer_id: UUID, *, state: OfferState, doing: Doing) -> None:
    """Note that an offer was accepted or declined, or take it back."""
    made = _offer(offer_id)
    case = locked(made.case_id, doing)
    may_follow = {OfferState.DRAFTED: {OfferState.WITHDRAWN}}.get(
        OfferState(made.state), {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.WITHDRAWN}
    )
    if made.state not in (OfferState.DRAFTED, OfferState.MADE) or state not in may_follow:
        raise Refused(_("This offer was answered already."))
    happen(case, Event.SETTLE, doing, facts_of(case, doing), details={"offer": str(made.id), "state": state})
    made.state, made.answered_at = state, doing.at


def _offer(offer_id: UUID) -> Offer:
    found = db.session.get(Offer, offer_id)
    if found is None:
        raise NotFound(_("There is no such offer."))
    return found


def redeem(code: str, *, by: UUID | None, now: datetime) -> Offer:
    """Redeem a code and return its offer; once, however many try at the same moment. Refuses with the reason in words."""
    key, good = hash_of(code), (OfferState.MADE, OfferState.ACCEPTED)
    is_good = Offer.code_hash == key, Offer.redeemed_at.is_(None), Offer.state.in_(good), Offer.expires_on >= today()
    done = {"redeemed_at": now, "redeemed_by_id": by, "state": OfferState.ACCEPTED}
    id = db.session.scalar(update(Offer).where(*is_good).values(done).returning(Offer.id))
    if id is None:
        raise _why_not(key)
    found = db.session.get(Offer, id, populate_existing=True)
    if found is None:
        raise NotFound(_("There is no such code."))
    case = locked(found.case_id, Doing(by, now))
    happen(
        case, Event.SETTLE, Doing(by, now), facts_of(case, Doing(by, now)), details={"offer": str(id), "redeemed": True}
    )
    return found


def _why_not(key: str) -> Refused:
    found = db.session.scalar(select(Offer).where(Offer.code_hash == key))
    if found is None:
        return NotFound(_("There is no such code. Look whether it is typed as it was told."))
    if found.redeemed_at is not None:
        return Gone(_("This code was redeemed already."))
    if found.state in (OfferState.DECLINED, OfferState.WITHDRAWN):
        return Gone(_("This offer was taken back or declined."))
    return Gone(_("The last day of this offer is over."))
