"""Writes of responses: one way in for pages, imports and the example."""

import json
from datetime import UTC, date, datetime, time
from typing import Any, Protocol, cast
from uuid import UUID

from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from survey.customers.actions import agree
from survey.foundation.clock import now
from survey.foundation.db import connection, db, new_id, random_id
from survey.foundation.errors import Refused
from survey.foundation.events import emit
from survey.foundation.statements import Statement
from survey.invitations.actions import use
from survey.invitations.queries import participation
from survey.questionnaires.kinds.base import ContactAnswer
from survey.questionnaires.models import Survey
from survey.responses.events import ResponseSubmitted, WrittenAnswer
from survey.responses.models import Response, ResponseDraft
from survey.responses.queries import asked_in, count_of, kept, old_drafts
from survey.responses.rules import (
    Draft,
    Receipt,
    Submission,
    cells,
    first_grade,
    mood,
    own_words,
    sees_single_answers,
    stated_reasons,
    without_personal,
)

REPLY = "reply"
SETTLED_AT_ONCE = 200
RESPONSES = cast(Table, Response.__table__)
ONCE = {
    name: Statement(insert(RESPONSES).on_conflict_do_nothing(index_elements=["form_id"]))
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


class ReadTogether(Protocol):
    """What is known of a response when all its comments were read."""

    @property
    def response_id(self) -> UUID:
        """Which response."""
        ...

    @property
    def sentiment(self) -> str:
        """What its comments say together."""
        ...


def submit(submission: Submission) -> Receipt:
    """Store a response once and return its receipt; a second copy, or a second use of a personal link, gets the first one's.

    Whose answer it is: `person_id` of a submission is somebody whom we know it is from (a personal link, an import). An
    address that was left on an open link is a claim. On an identified survey the row points to that person, so that the
    team can write back, but the voice stays unverified and the event names nobody: a departure told on an open link is
    counted as unmatched. On other surveys the address is kept with the person alone, unlinked, and on an anonymous one
    it is not kept at all: the moment of consent would tell which answer came with it.
    """
    if submission.response_limit is not None:
        _check_limit(submission)
    if submission.invitation_id and not use(submission.invitation_id, form_id=submission.form_id, on=submission.on):
        return _first_use(submission, submission.invitation_id)
    response_id = _insert(submission)
    if response_id is None:
        return _first(submission, submission.form_id)
    if submission.contact and not submission.is_anonymous:
        _keep_contact(submission, submission.contact, response_id)
    if submission.had_draft:
        forget_draft(submission.form_id)
    emit(_submitted(submission, response_id))
    return Receipt(response_id, True, submission.on, submission.form_id)


class SurveyFull(Refused):
    """A survey has as many answers as it was to take."""

    status = 410


def _check_limit(submission: Submission) -> None:
    """Raise SurveyFull where the survey has all its answers; a second copy of one of them is no further answer."""
    if connection().dialect.name == "postgresql":  # elsewhere there is one writer at a time anyway
        db.session.execute(select(Survey.id).where(Survey.id == submission.survey_id).with_for_update())
    if count_of(submission.survey_id) >= (submission.response_limit or 0) and kept(submission.form_id) is None:
        raise SurveyFull("Enough people have answered meanwhile.")


def _insert(submission: Submission) -> UUID | None:
    """Store the row and return its id; None where its form id is already there."""
    row = _row(submission)
    return row["id"] if ONCE[connection().dialect.name].store(row) else None


def _row(submission: Submission) -> dict[str, Any]:
    grade = first_grade(submission.questions, submission.answers)
    return {
        "id": random_id() if submission.is_anonymous else new_id(),
        "survey_id": submission.survey_id,
        "version_id": submission.version_id,
        "form_id": submission.form_id,
        "is_anonymous": submission.is_anonymous,
        "submitted_on": submission.on,
        "channel": submission.channel,
        "voice": submission.voice,
        "language": submission.language,
        "score": grade[0] if grade else None,
        "answers": dict(submission.answers),
        "doubts": [],
        "promise": "",
        **_somebody(submission),
    }


def _somebody(submission: Submission) -> dict[str, Any]:
    """What tells whose it is; an anonymous row holds none of it."""
    if submission.is_anonymous:
        return {"submitted_at": None, "person_id": None, "segments": {}}
    return {"submitted_at": submission.at, "person_id": submission.person_id, "segments": dict(submission.segments)}


def _keep_contact(submission: Submission, contact: ContactAnswer, response_id: UUID) -> None:
    """Keep that we may write, apart from the answers; see `submit` for when the answers point to it."""
    is_open = sees_single_answers(submission.privacy)
    moment = submission.at or now()
    day = datetime.combine(submission.on, time(), UTC)  # else the moment alone would lead from the person to the answer
    person = agree(
        email=contact.email, name=contact.name, purposes={REPLY: contact.words}, now=moment if is_open else day
    )
    if submission.person_id is None and is_open:
        db.session.execute(update(Response).where(Response.id == response_id).values(person_id=person.id))


def _submitted(submission: Submission, response_id: UUID) -> ResponseSubmitted:
    grade = first_grade(submission.questions, submission.answers)
    somebody = _somebody(submission)
    return ResponseSubmitted(
        response_id=response_id,
        survey_id=submission.survey_id,
        purpose=submission.purpose,
        submitted_on=submission.on,
        submitted_at=somebody["submitted_at"],
        voice=submission.voice,
        language=submission.language,
        score=grade[0] if grade else None,
        person_id=somebody["person_id"],
        segments=somebody["segments"],
        cells=cells(submission.questions, submission.answers),
        written=_written(submission),
        stated_reasons=stated_reasons(submission.questions, submission.answers),
        answers=submission.answers,
        is_history=submission.is_history,
    )


def _written(submission: Submission) -> tuple[WrittenAnswer, ...]:
    rating = mood(first_grade(submission.questions, submission.answers))
    return tuple(
        WrittenAnswer(question.key, words, str(question.settings.get("asks_for", "open")), rating)
        for question, words in own_words(submission.questions, submission.answers)
    )


def _first_use(submission: Submission, invitation_id: UUID) -> Receipt:
    """The receipt of the answer that a personal link was used for; without form id where nobody may know which."""
    used = participation(invitation_id)
    if used is None or used.form_id is None:
        return Receipt(None, False, used.used_on if used else submission.on)
    return _first(submission, used.form_id)


def _first(submission: Submission, form_id: UUID) -> Receipt:
    first = kept(form_id)
    if first is None:
        return Receipt(None, False, submission.on, form_id)
    is_same = first.answers == json.loads(json.dumps(dict(submission.answers)))
    return Receipt(first.id, False, first.submitted_on, form_id, is_same)


def keep_sentiment(read: ReadTogether) -> None:
    """Keep with the response what its comments say together, so that lists can be narrowed by it."""
    response = db.session.get(Response, read.response_id)  # whoever read it has loaded it: this asks no database
    if response is not None:
        response.sentiment = read.sentiment


# ---- drafts ---------------------------------------------------------------------------------------------------------


def keep_draft(draft: Draft) -> None:
    """Keep what was typed so far; not any more once the form was sent."""
    if kept(draft.form_id) is not None:
        return
    here = connection()
    row = _draft_row(draft)
    insert = (postgresql if here.dialect.name == "postgresql" else sqlite).insert(ResponseDraft).values(row)
    changing = {name: insert.excluded[name] for name in CHANGING}
    here.execute(insert.on_conflict_do_update(index_elements=["form_id"], set_=changing))


CHANGING = ("version_id", "device", "language", "typed", "asked", "answered", "changed_on", "changed_at")


def _draft_row(draft: Draft) -> dict[str, Any]:
    return {
        "form_id": draft.form_id,
        "survey_id": draft.survey_id,
        "version_id": draft.version_id,
        "is_anonymous": draft.is_anonymous,
        "invitation_id": None if draft.is_anonymous else draft.invitation_id,
        "device": draft.device,
        "language": draft.language,
        "channel": draft.channel,
        "typed": dict(draft.typed),
        "asked": draft.asked,
        "answered": draft.answered,
        "began_on": draft.on,
        "changed_on": draft.on,
        "changed_at": None if draft.is_anonymous else draft.at,
    }


def hand_draft_over(form_id: UUID, *, device: str) -> None:
    """Let another device go on with a draft."""
    db.session.execute(update(ResponseDraft).where(ResponseDraft.form_id == form_id).values(device=device))


def forget_draft(form_id: UUID) -> None:
    """Delete what was typed."""
    connection().execute(delete(ResponseDraft).where(ResponseDraft.form_id == form_id))


def settle_old_drafts(*, on: date) -> int:
    """Close drafts that nobody can go on with any more; return how many. What tells who somebody is goes, the answers stay."""
    found = old_drafts(on, SETTLED_AT_ONCE)
    for draft in found:
        draft.typed = without_personal(draft.typed, asked_in(draft.version_id).questions)
        draft.device = None
    db.session.flush()
    return len(found)
