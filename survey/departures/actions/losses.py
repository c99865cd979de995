"""Writes of departures. Every reaction may run for a row that is there already: it then changes nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import selectinload

from survey.customers.actions import end_stay
from survey.customers.events import Described, LeaversDescribed, PersonLeft
from survey.customers.models import Lifetime
from survey.customers.queries import person
from survey.customers.rules import tenure_months
from survey.departures.actions.opening import open_case
from survey.departures.models import Departure, DepartureReason
from survey.departures.rules import Given, given_in_answer, heard, is_known, primary_of, stay_meant
from survey.foundation.clock import now
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.questionnaires.queries import survey
from survey.reasons.queries import code_meant
from survey.responses.events import ResponseCountedAgain, ResponseSubmitted, ResponseUncounted
from survey.responses.rules import Voice, sees_single_answers
from survey.text.events import ResponseRead

STATED, SUGGESTED = "stated", "suggested"
CUSTOMER = "customer"
FROZEN = ("plan", "tier", "value_minor", "currency")


def record_departure(event: PersonLeft) -> None:
    """Record that somebody left, with what they were worth and the reason they stated; once for a stay."""
    departure_id = _insert(
        person_id=event.person_id, lifetime_id=event.lifetime_id, source=event.source, left_on=event.left_on,
        tenure_months=event.tenure_months, plan=event.plan, tier=event.tier, value_minor=event.value_minor,
        currency=event.currency,
    )  # fmt: skip
    if departure_id is not None:
        _insert_reasons(departure_id, heard(event.stated_reason, event.stated_code, meant=code_meant))
        if event.source != "import":
            open_case(departure_id, now=now())


def fill_gaps(event: LeaversDescribed) -> None:
    """Write down what was not known yet of departures; what is known stays as it is."""
    described = {leaver.lifetime_id: leaver for leaver in event.leavers}
    departures = select(Departure).where(Departure.lifetime_id.in_(described)).options(selectinload(Departure.reasons))
    for departure in db.session.scalars(departures):
        if departure.lifetime_id is not None:
            _fill(departure, described[departure.lifetime_id])


def _fill(departure: Departure, said: Described) -> None:
    for name in FROZEN:
        if getattr(departure, name) is None and getattr(said, name) is not None:
            setattr(departure, name, getattr(said, name))
    if not any(reason.layer == STATED for reason in departure.reasons):
        _insert_reasons(departure.id, heard(said.stated_reason, meant=code_meant))


def note_exit_answer(event: ResponseSubmitted) -> None:
    """Learn from an exit answer that somebody left and why. Without a personal link it is unmatched and counted apart.

    Answers that only groups may be seen of, and answers of employees, are left to the results.
    """
    if event.purpose != "exit" or event.voice == Voice.EMPLOYEE or not _may_be_seen(event.survey_id):
        return
    is_matched = event.person_id is not None and event.voice != Voice.UNVERIFIED
    departure_id = _matched(event, event.person_id) if is_matched and event.person_id else _unmatched(event)
    if departure_id is not None:
        _add_stated(departure_id, given_in_answer(event.stated_reasons, event.answers, meant=code_meant))
        if is_matched and not event.is_history:
            open_case(departure_id, now=now())


def _may_be_seen(survey_id: UUID) -> bool:
    asked = survey(survey_id)
    return asked is not None and sees_single_answers(asked.privacy)


def _unmatched(event: ResponseSubmitted) -> UUID | None:
    return _insert(response_id=event.response_id, source="exit_survey", left_on=event.submitted_on)


def _matched(event: ResponseSubmitted, person_id: UUID) -> UUID | None:
    """The departure that the answer is about; somebody who says why they left has left."""
    somebody = person(person_id)
    if somebody is None:
        raise NotFound(_("There is nobody here with this address."))
    stay = stay_meant(somebody.lifetimes, event.submitted_on)
    if stay is not None and stay.ended_on is None:
        end_stay(person_id, on=event.submitted_on, source="import" if event.is_history else "exit_survey")
    departure_id = _departure_of(person_id, stay)
    if departure_id is None:
        return _insert_for(event, person_id, stay)
    unanswered = Departure.id == departure_id, Departure.response_id.is_(None)
    db.session.execute(update(Departure).where(*unanswered).values(response_id=event.response_id))
    return departure_id


def _departure_of(person_id: UUID, stay: Lifetime | None) -> UUID | None:
    """The departure at the end of a stay, or the one of somebody whose stays we do not know."""
    is_it = Departure.lifetime_id == stay.id if stay is not None else Departure.lifetime_id.is_(None)
    return db.session.scalar(select(Departure.id).where(Departure.person_id == person_id, is_it))


def _insert_for(event: ResponseSubmitted, person_id: UUID, stay: Lifetime | None) -> UUID | None:
    known: dict[str, Any] = {"left_on": event.submitted_on}
    if stay is not None:
        known = {name: getattr(stay, name) for name in FROZEN} | {
            "lifetime_id": stay.id,
            "left_on": stay.ended_on,
            "tenure_months": tenure_months(stay.started_on, stay.ended_on),
        }
    return _insert(person_id=person_id, response_id=event.response_id, source="exit_survey", **known)


def _insert(**columns: Any) -> UUID | None:
    """Store a departure and return its id; None where its stay or its answer has one already."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    once = dialect.insert(Departure).values(id=new_id(), **columns).on_conflict_do_nothing().returning(Departure.id)
    inserted: UUID | None = db.session.scalar(once)
    return inserted


def _add_stated(departure_id: UUID, given: Sequence[Given]) -> None:
    """Add what was stated to what had been stated before; a “don’t know” of before no longer comes first."""
    is_stated = DepartureReason.departure_id == departure_id, DepartureReason.layer == STATED
    before = db.session.scalars(select(DepartureReason).where(*is_stated)).all()
    known = {reason.code or reason.words for reason in before}
    news = [one for one in given if (one.code or one.words) not in known]
    first = next((reason for reason in before if reason.is_primary), None)
    if first is not None and not is_known(first.code) and any(one.is_known for one in news):
        first.is_primary, first = False, None
        db.session.flush()
    _insert_reasons(departure_id, news, has_primary=first is not None)


def _insert_reasons(departure_id: UUID, given: Sequence[Given], *, has_primary: bool = False) -> None:
    primary = None if has_primary else primary_of(given)
    rows = [
        {"id": new_id(), "departure_id": departure_id, "layer": STATED, "code": one.code, "words": one.words,
         "is_primary": index == primary, "made_by": CUSTOMER}
        for index, one in enumerate(given)
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(DepartureReason), rows)


def forget_exit_answer(event: ResponseUncounted) -> None:
    """Unlearn what an exit answer told that counts no more. That somebody whom we know has left stays known."""
    found = db.session.scalar(select(Departure).where(Departure.response_id == event.response_id))
    if found is None:
        return
    if found.person_id is None:
        db.session.execute(delete(DepartureReason).where(DepartureReason.departure_id == found.id))
        db.session.delete(found)
    else:
        _forget_reasons(found.id, event.submitted)
        found.response_id = None
    db.session.flush()


def _forget_reasons(departure_id: UUID, told: ResponseSubmitted) -> None:
    """Forget the reasons that an answer gave and that were read in it; what was known before it stays, and leads again."""
    said = {one.code or one.words for one in given_in_answer(told.stated_reasons, told.answers, meant=code_meant)}
    mine = select(DepartureReason).where(DepartureReason.departure_id == departure_id)
    for reason in db.session.scalars(mine.where(DepartureReason.layer.in_((STATED, SUGGESTED)))):
        came_with_it = told.submitted_at is None or reason.at >= told.submitted_at
        if reason.layer == SUGGESTED or (came_with_it and (reason.code or reason.words) in said):
            db.session.delete(reason)
    db.session.flush()
    left = db.session.scalars(mine.where(DepartureReason.layer == STATED).order_by(DepartureReason.id)).all()
    if left and not any(reason.is_primary for reason in left):
        left[0].is_primary = True


def note_exit_answer_again(event: ResponseCountedAgain) -> None:
    """Learn again from an exit answer that counts again."""
    note_exit_answer(event.submitted)


def suggest_reasons(event: ResponseRead) -> None:
    """Keep the reasons that are read in an exit answer's words, beside what was stated; those of an older reading go."""
    departure_id = db.session.scalar(select(Departure.id).where(Departure.response_id == event.response_id))
    if departure_id is None:
        return
    is_suggested = DepartureReason.departure_id == departure_id, DepartureReason.layer == SUGGESTED
    db.session.execute(delete(DepartureReason).where(*is_suggested))
    rows = [
        {"id": new_id(), "departure_id": departure_id, "layer": SUGGESTED, "code": code, "confidence": confidence,
         "is_primary": index == 0, "made_by": event.reader}
        for index, (code, confidence) in enumerate(event.reasons)
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(DepartureReason), rows)
