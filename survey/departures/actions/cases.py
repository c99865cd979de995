"""What is done to a recovery case. Each checks the rules, writes its rows, and adds one line to the case's history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from survey.customers import actions as customers
from survey.customers.events import PersonLeftAlone
from survey.departures.events import CustomerReached
from survey.departures.models import (
    CaseEvent,
    ContactAttempt,
    DepartureReason,
    HoldOut,
    ListeningNote,
    Offer,
    Promise,
    RecoveryCase,
)
from survey.departures.queries.cases import has_returned, returned_cases
from survey.departures.rules.cases import DIED, ENDS, Event, Facts, Scope, decide
from survey.departures.rules.offers import OfferState, state_on
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.foundation.text import clean, line
from survey.letters.actions import Post, post
from survey.organisation.queries import today
from survey.reasons.rules import REASONS

CODED, ROOT_CAUSE = "coded", "root_cause"
PLAYBACK = "playback"
WENT_TO_LIMIT = 120


class Missing(Refused):
    """Something has to be there before this can happen; `sentences` says what, one by one."""

    status = 422

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


class Changed(Refused):
    """Somebody else did something to the case since the page was opened; nothing was stored."""

    status = 409


@dataclass(frozen=True)
class Doing:
    """Who does something, when, and which version of the case they had before them (None: that does not matter)."""

    by: UUID | None
    at: datetime
    version: int | None = None


def locked(case_id: UUID, doing: Doing) -> RecoveryCase:
    """Return the case for writing; raises Changed where it is not as whoever writes has seen it."""
    query = select(RecoveryCase).where(RecoveryCase.id == case_id).with_for_update(of=RecoveryCase)
    case = db.session.scalar(query.execution_options(populate_existing=True))
    if case is None:
        raise NotFound(_("There is no such case."))
    if doing.version is not None and doing.version != case.version:
        raise Changed(_("Somebody else was faster. Look at what happened meanwhile, then send it again."))
    return case


def facts_of(case: RecoveryCase, doing: Doing, **said: Any) -> Facts:
    """Return what the rules need to know of a case, together with what was said now."""
    offers = db.session.execute(
        select(Offer.state, Offer.expires_on, Offer.made_at).where(Offer.case_id == case.id)
    ).all()
    made = [at for _state, _until, at in offers if at is not None]
    day = today()
    missed = ContactAttempt.case_id == case.id, ~ContactAttempt.was_reached
    known = Facts(
        by=str(doing.by or ""),
        has_owner=case.owner_id is not None,
        code=case.code,
        coded=coded_in(case.departure_id),
        evidence=case.evidence,
        proposed_by=str(case.proposed_by_id) if case.proposed_by_id else None,
        channels=db.session.scalars(select(ContactAttempt.channel).where(*missed)).all(),
        offers=[state_on(OfferState(state), until, day) for state, until, _made in offers],
        days_since_offer=(doing.at - max(made)).days if made else None,
        has_returned=has_returned(case),
        is_left_alone=case.person.is_left_alone,
        is_held_out=db.session.get(HoldOut, case.id) is not None,
    )
    return replace(known, **said)


def coded_in(departure_id: UUID) -> list[str]:
    """Return the reasons that staff noted, the primary one first."""
    theirs = DepartureReason.departure_id == departure_id, DepartureReason.layer == CODED
    query = select(DepartureReason.code).where(*theirs)
    ordered = query.order_by(DepartureReason.is_primary.desc(), DepartureReason.id)
    return [code for code in db.session.scalars(ordered) if code]


def happen(
    case: RecoveryCase,
    event: Event,
    doing: Doing,
    facts: Facts,
    *,
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Let an event happen to a case and add it to its history; raises Missing where something stands against it."""
    decision = decide(case.is_at, event, facts)
    if decision.target is None:
        raise Missing(decision.missing)
    before, case.state = case.state, decision.target
    case.version += 1
    if decision.target in ENDS and case.closed_at is None:
        case.closed_at, case.closed_reason = doing.at, note
    elif decision.target not in ENDS:
        case.closed_at, case.closed_reason = None, ""
    db.session.add(
        CaseEvent(
            case_id=case.id, version=case.version, event=event, from_state=before, to_state=decision.target,
            by_id=doing.by, at=doing.at, note=note, details=dict(details or {}),
        )
    )  # fmt: skip
    db.session.flush()


# ---- taking on ----------------------------------------------------------------------------------------------------


def triage(
    case_id: UUID, *, owner_id: UUID | None, code: str | None, scope: str | None, went_to: str, doing: Doing
) -> None:
    """Take a case on: who looks after it, and what seems to be the reason."""
    case = locked(case_id, doing)
    happen(case, Event.TRIAGE, doing, facts_of(case, doing, has_owner=owner_id is not None, code=code),
           details={"code": code, "owner": str(owner_id)})  # fmt: skip
    case.owner_id, case.code = owner_id, code
    _describe(case, scope=scope, went_to=went_to)


def _describe(case: RecoveryCase, *, scope: str | None, went_to: str) -> None:
    """Note where the cause lies and where they went, where that was said."""
    case.scope = Scope(scope) if scope else case.scope
    case.went_to = line(went_to, limit=WENT_TO_LIMIT) or case.went_to


def assign(case_id: UUID, *, owner_id: UUID | None, doing: Doing) -> None:
    """Give a case to somebody else."""
    case = locked(case_id, doing)
    happen(case, Event.ASSIGN, doing, facts_of(case, doing, has_owner=owner_id is not None),
           details={"owner": str(owner_id)})  # fmt: skip
    case.owner_id = owner_id


def add_note(case_id: UUID, *, words: str, doing: Doing) -> None:
    """Note something about a case."""
    case = locked(case_id, doing)
    happen(case, Event.NOTE, doing, facts_of(case, doing, what=words), note=clean(words))


def code_reasons(case_id: UUID, *, layer: str, codes: Sequence[str], scope: str | None, doing: Doing) -> None:
    """Note the reasons as staff understand them, or the cause behind them; what was said by others stays as it is."""
    case = locked(case_id, doing)
    before = coded_in(case.departure_id)
    happen(case, Event.CODE, doing, facts_of(case, doing, coded=list(codes)),
           details={"layer": layer, "codes": list(codes), "before": before if layer == CODED else []})  # fmt: skip
    _set_reasons(case, layer, codes, doing)
    _describe(case, scope=scope, went_to="")


def _set_reasons(case: RecoveryCase, layer: str, codes: Sequence[str], doing: Doing) -> None:
    if any(code not in REASONS for code in codes):
        raise Refused(_("There is no such reason."))
    mine = DepartureReason.departure_id == case.departure_id, DepartureReason.layer == layer
    db.session.execute(delete(DepartureReason).where(*mine))
    db.session.add_all(
        DepartureReason(id=new_id(), departure_id=case.departure_id, layer=layer, code=code, words="", is_primary=index == 0,
                        made_by=str(doing.by), at=doing.at)
        for index, code in enumerate(codes)
    )  # fmt: skip
    db.session.flush()


# ---- talking ------------------------------------------------------------------------------------------------------


def note_attempt(
    case_id: UUID,
    *,
    channel: str,
    was_reached: bool,
    minutes: int | None,
    note: str,
    next_on: date | None,
    doing: Doing,
) -> None:
    """Note a try to speak with somebody; the first that reaches them stops the promised wait."""
    case = locked(case_id, doing)
    event = Event.REACH if was_reached else Event.ATTEMPT
    happen(case, event, doing, facts_of(case, doing), note=clean(note),
           details={"channel": channel, "next": next_on.isoformat() if next_on else None})  # fmt: skip
    attempt_id = new_id()
    db.session.add(
        ContactAttempt(id=attempt_id, case_id=case.id, channel=channel, was_reached=was_reached, minutes=minutes, note=clean(note),
                       next_on=next_on, by_id=doing.by, at=doing.at)
    )  # fmt: skip
    if was_reached and case.reached_at is None:
        case.reached_at = doing.at
    if was_reached and doing.by is not None:
        emit(CustomerReached(attempt_id, channel, on=today(), by=doing.by))


def listen(
    case_id: UUID, *, their_words: str, playback: str, codes: Sequence[str], scope: str | None, went_to: str,
    understood: str, agreed: Mapping[str, str], doing: Doing,
) -> UUID:  # fmt: skip
    """Keep what somebody told us, how we said it back, and what they agreed to; returns the note's id."""
    case = locked(case_id, doing)
    facts = facts_of(case, doing, their_words=their_words, playback=playback, coded=list(codes))
    happen(case, Event.LISTEN, doing, facts, details={"codes": list(codes), "agreed": sorted(agreed)})
    _set_reasons(case, CODED, codes, doing)
    _describe(case, scope=scope, went_to=went_to)
    heard = ListeningNote(
        id=new_id(), case_id=case.id, their_words=clean(their_words), playback=clean(playback), understood=understood,
        understood_at=doing.at if understood != "unknown" else None, by_id=doing.by, at=doing.at,
    )  # fmt: skip
    db.session.add(heard)
    customers.note_consents(case.person_id, agreed, now=doing.at)
    return heard.id


def ask_if_understood(note_id: UUID, *, token_hash: str, doing: Doing) -> None:
    """Post the letter that says back what somebody told us and asks whether we understood; once for each note."""
    heard = _note(note_id)
    case = locked(heard.case_id, doing)
    happen(case, Event.NOTE, doing, facts_of(case, doing, what=PLAYBACK), details={"asked": str(note_id)})
    heard.token_hash = token_hash
    post(Post(PLAYBACK, person=case.person, about=heard.id, once=f"{PLAYBACK}:{heard.id}"), now=doing.at)


def _note(note_id: UUID) -> ListeningNote:
    heard = db.session.get(ListeningNote, note_id)
    if heard is None:
        raise NotFound(_("There is no such note."))
    return heard


def note_understood(token_hash: str, *, understood: str, now: datetime) -> None:
    """Keep whether somebody says that we understood them; the last answer counts."""
    heard = db.session.scalar(select(ListeningNote).where(ListeningNote.token_hash == token_hash))
    if heard is None:
        raise NotFound(_("There is no such question, or it is gone."))
    if heard.understood == understood:
        return
    doing = Doing(None, now)
    case = locked(heard.case_id, doing)
    happen(case, Event.NOTE, doing, facts_of(case, doing, what=understood), details={"understood": understood})
    heard.understood, heard.understood_at = understood, now


# ---- putting it right ---------------------------------------------------------------------------------------------


def promise(case_id: UUID, *, what: str, owner_id: UUID | None, due_on: date, doing: Doing) -> UUID:
    """Note what we said we would put right, who sees to it, and until when; returns the promise's id."""
    case = locked(case_id, doing)
    happen(case, Event.PROMISE, doing, facts_of(case, doing, what=what), note=clean(what),
           details={"due": due_on.isoformat(), "owner": str(owner_id)})  # fmt: skip
    made = Promise(id=new_id(), case_id=case.id, what=clean(what), owner_id=owner_id, due_on=due_on, by_id=doing.by,
                   at=doing.at)  # fmt: skip
    db.session.add(made)
    return made.id


def keep(promise_id: UUID, *, on: date, doing: Doing) -> None:
    """Note that a promise was kept on a day."""
    made = db.session.get(Promise, promise_id)
    if made is None:
        raise NotFound(_("There is no such promise."))
    case = locked(made.case_id, doing)
    if made.kept_on is not None:
        return
    happen(case, Event.KEEP, doing, facts_of(case, doing), note=made.what, details={"on": on.isoformat()})
    made.kept_on = on


# ---- ends ---------------------------------------------------------------------------------------------------------


def close(case_id: UUID, event: Event, *, why: str, code: str | None = None, doing: Doing) -> None:
    """End a case with a reason, or open it again; `code` is the main reason where none was noted yet."""
    case = locked(case_id, doing)
    coded = coded_in(case.departure_id) or ([code] if code else [])
    happen(case, event, doing, facts_of(case, doing, what=why, coded=coded, code=code or case.code), note=clean(why),
           details={"code": coded[0] if coded else code})  # fmt: skip
    if code and coded == [code]:
        _set_reasons(case, CODED, coded, doing)
    if event == Event.REOPEN:
        case.proposed_by_id, case.proposed_code, case.evidence = None, None, ""


def propose(case_id: UUID, *, code: str, evidence: str, doing: Doing) -> None:
    """Say that a case is not ours to change, and how we know it; a second person confirms it."""
    case = locked(case_id, doing)
    happen(case, Event.PROPOSE, doing, facts_of(case, doing, code=code, evidence=evidence), note=clean(evidence),
           details={"code": code})  # fmt: skip
    case.proposed_code, case.evidence, case.proposed_by_id = code, clean(evidence), doing.by


def confirm(case_id: UUID, *, doing: Doing) -> None:
    """Confirm, as a second person, that a case is not ours to change."""
    case = locked(case_id, doing)
    happen(case, Event.CONFIRM, doing, facts_of(case, doing), note=case.evidence, details={"code": case.proposed_code})
    if case.proposed_code:
        _set_reasons(case, CODED, [case.proposed_code], doing)


def leave_alone(case_id: UUID, *, doing: Doing) -> None:
    """Note that somebody wants to be left alone: the case ends at once, and nobody writes or calls any more."""
    case = locked(case_id, doing)
    happen(case, Event.LEAVE_ALONE, doing, facts_of(case, doing), note=_("They asked for it."))
    customers.leave_alone(case.person_id, now=doing.at)


def note_death(case_id: UUID, *, on: date, doing: Doing) -> None:
    """Note that somebody has died: the case ends, nobody is told, and nothing is sent to them any more."""
    case = locked(case_id, doing)
    _note_death(case, doing)
    customers.note_death(case.person_id, on=on, now=doing.at)


def _note_death(case: RecoveryCase, doing: Doing) -> None:
    happen(case, Event.DIE, doing, facts_of(case, doing), note=REASONS[DIED].label, details={"code": DIED})
    _set_reasons(case, CODED, [DIED], doing)


def end_for_left_alone(event: PersonLeftAlone) -> None:
    """End the open cases of somebody whom nobody may write to or call any more, however we learned of it."""
    doing = Doing(None, event.at)
    theirs = RecoveryCase.person_id == event.person_id, RecoveryCase.closed_at.is_(None)
    for case in db.session.scalars(select(RecoveryCase).where(*theirs)):
        if event.why == "deceased":
            _note_death(case, doing)
        else:
            happen(case, Event.LEAVE_ALONE, doing, facts_of(case, doing), note=_("They asked for it."))


def note_return(case_id: UUID, *, doing: Doing) -> None:
    """End a case whose person is a customer again."""
    case = locked(case_id, doing)
    happen(case, Event.RETURN, doing, facts_of(case, doing), note=_("They are a customer again."))


def note_returns(*, now: datetime, limit: int = 200) -> int:
    """End the open cases of everybody who is a customer again; returns how many these were."""
    found = returned_cases(limit)
    for case_id in found:
        note_return(case_id, doing=Doing(None, now))
    return len(found)
