"""Writes of responses: one way in for pages, imports and the example."""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Protocol, cast
from uuid import UUID

from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from survey.customers.actions import agree, forget_contact, take_consents_back
from survey.foundation.clock import now
from survey.foundation.db import connection, db, new_id, random_id
from survey.foundation.errors import Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.foundation.order import TOGETHER, hold_still, lay_anew, lose_order
from survey.foundation.statements import Statement
from survey.invitations.actions import use
from survey.invitations.queries import participation
from survey.questionnaires.kinds.base import ContactAnswer
from survey.questionnaires.models import Survey
from survey.responses.events import (
    AnswersMixed,
    DoubtsChanged,
    ResponseCountedAgain,
    ResponseSubmitted,
    ResponseUncounted,
    ResponseWithdrawn,
    WrittenAnswer,
)
from survey.responses.models import Response, ResponseDraft
from survey.responses.queries import asked_in, count_of, drafts_before, kept, number_of, of_day, old_drafts
from survey.responses.rules import (
    LINK,
    NO_LANGUAGE,
    SET_ASIDE,
    TEST,
    WITHDRAWN,
    Doubt,
    Draft,
    Privacy,
    Receipt,
    Submission,
    Voice,
    as_promised,
    cells,
    first_grade,
    language_kept,
    leading_grade,
    mood,
    own_words,
    sees_single_answers,
    stated_reasons,
    without_personal,
)

REPLY = "reply"
SETTLED_AT_ONCE = 200
RESPONSES, DRAFTS = (cast(Table, model.__table__) for model in (Response, ResponseDraft))
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
    submission = as_promised(submission)
    if submission.response_limit is not None:
        _check_limit(submission)
    if _was_used(submission):
        return _first_use(submission, submission.invitation_id)
    response_id = _insert(submission)
    if response_id is None:
        return _first(submission, submission.form_id)
    if submission.contact and submission.set_aside is None:
        _keep_contact(submission, submission.contact, response_id)
    if submission.had_draft:
        forget_draft(submission.form_id)
    if submission.is_anonymous:
        lose_order("response", "id", [response_id])
    if submission.set_aside is None:
        emit(_submitted(submission, response_id))
    return Receipt(response_id, True, submission.on, submission.form_id)


def _was_used(submission: Submission) -> bool:
    """Whether a personal link had been used before. On an anonymous survey its form id, one for each link, is what tells."""
    if submission.invitation_id is None or submission.is_anonymous:
        return False
    return not use(submission.invitation_id, form_id=submission.form_id, on=submission.on)


class SurveyFull(Refused):
    """A survey has as many answers as it was to take."""

    status = 410


def _check_limit(submission: Submission) -> None:
    """Raise SurveyFull where the survey has all its answers; a second copy of one of them is no further answer."""
    if connection().dialect.name == "postgresql":  # elsewhere there is one writer at a time anyway
        db.session.execute(select(Survey.id).where(Survey.id == submission.survey_id).with_for_update())
    if count_of(submission.survey_id) >= (submission.response_limit or 0) and kept(submission.form_id) is None:
        raise SurveyFull(_("Enough people have answered meanwhile."))


def _insert(submission: Submission) -> UUID | None:
    """Store the row and return its id; None where its form id is already there."""
    row = _row(submission)
    return row["id"] if ONCE[connection().dialect.name].store(row) else None


def _row(submission: Submission) -> dict[str, Any]:
    leading = leading_grade(submission.questions, submission.answers)
    return {
        "id": random_id() if submission.is_anonymous else new_id(),
        "survey_id": submission.survey_id,
        "version_id": submission.version_id,
        "form_id": submission.form_id,
        "is_anonymous": submission.is_anonymous,
        "submitted_on": submission.on,
        "channel": submission.channel,
        "voice": submission.voice,
        "language": language_kept(submission),
        "score": leading[1] if leading else None,
        "answers": dict(submission.answers),
        "doubts": list(submission.doubts),
        "set_aside": submission.set_aside,
        "promise": submission.promise,
        "submitted_at": submission.at,
        "person_id": submission.person_id,
        "segments": dict(submission.segments),
    }


def _keep_contact(submission: Submission, contact: ContactAnswer, response_id: UUID) -> None:
    """Keep who it is and what they agreed to, apart from the answers; see `submit` for when the answers point to it.

    An address that nothing was agreed to beside has no use but to say whose answer it is: where we know that, or nobody may
    know it, it is not kept.
    """
    is_open = sees_single_answers(submission.privacy)
    purposes = {**({REPLY: contact.words} if contact.words else {}), **contact.also}
    if not purposes and (submission.person_id is not None or not is_open):
        return
    moment = submission.at or now()
    day = datetime.combine(submission.on, time(), UTC)  # else the moment alone would lead from the person to the answer
    person = agree(email=contact.email, name=contact.name, purposes=purposes, now=moment if is_open else day)
    if submission.person_id is None and is_open:
        db.session.execute(update(Response).where(Response.id == response_id).values(person_id=person.id))


def _submitted(submission: Submission, response_id: UUID) -> ResponseSubmitted:
    grade = first_grade(submission.questions, submission.answers)
    leading = leading_grade(submission.questions, submission.answers)
    return ResponseSubmitted(
        response_id=response_id,
        survey_id=submission.survey_id,
        purpose=submission.purpose,
        submitted_on=submission.on,
        submitted_at=submission.at,
        voice=submission.voice,
        language=language_kept(submission),
        score=leading[1] if leading else None,
        scored=leading[0] if leading else "",
        person_id=submission.person_id,
        segments=submission.segments,
        channel=submission.channel,
        version=number_of(submission.version_id),
        is_open=sees_single_answers(submission.privacy),
        cells=cells(submission.questions, submission.answers),
        written=_written(submission, mood(grade)),
        stated_reasons=stated_reasons(submission.questions, submission.answers),
        answers=submission.answers,
        is_history=submission.is_history,
        is_doubted=bool(submission.doubts),
        mood=mood(grade),
    )


def _written(submission: Submission, rating: float | None) -> tuple[WrittenAnswer, ...]:
    return tuple(
        WrittenAnswer(question.key, words, str(question.settings.get("asks_for", "open")), rating)
        for question, words in own_words(submission.questions, submission.answers)
    )


def _first_use(submission: Submission, invitation_id: UUID | None) -> Receipt:
    """The receipt of the answer that a personal link was used for; without form id where nobody may know which."""
    used = participation(invitation_id) if invitation_id else None
    if used is None or used.form_id is None:
        return Receipt(None, False, (used and used.used_on) or submission.on)
    return _first(submission, used.form_id)


def _first(submission: Submission, form_id: UUID) -> Receipt:
    first = kept(form_id)
    if first is None:
        return Receipt(None, False, submission.on, form_id)
    is_same = first.set_aside == WITHDRAWN or first.answers == json.loads(json.dumps(dict(submission.answers)))
    return Receipt(first.id, False, first.submitted_on, form_id, is_same)


def keep_sentiment(read: ReadTogether) -> None:
    """Keep with the response what its comments say together, so that lists can be narrowed by it."""
    response = db.session.get(Response, read.response_id)  # whoever read it has loaded it: this asks no database
    if response is not None:
        response.sentiment = read.sentiment


# ---- anonymous rows lie in no order ---------------------------------------------------------------------------------


def mix(survey_id: UUID, on: date) -> None:
    """Lay the anonymous answers of a day among each other, with all that hangs on them, so that none says when it came.

    Where there are very many, the new ones are laid among some of the others.
    """
    hold_still(alone=True)
    lay_anew(RESPONSES, _with_others(*of_day(survey_id, on)), is_mixed=True)
    emit(AnswersMixed(survey_id))


def mix_drafts(survey_id: UUID, *, before: date) -> None:
    """Do the same with what was begun and not sent, once a day is over."""
    hold_still(alone=True)
    lay_anew(DRAFTS, _with_others(*drafts_before(survey_id, before)), is_mixed=True)


def _with_others(waiting: Sequence[UUID], others: Sequence[UUID]) -> list[UUID]:
    """Those that are laid anew now: of what waits no more than can be done at once, but nothing that would stay alone."""
    mine = waiting if len(waiting) < 2 * TOGETHER else waiting[:TOGETHER]
    return [*mine, *others[: max(0, TOGETHER - len(mine))]]


# ---- counting no more -----------------------------------------------------------------------------------------------


def set_aside(response: Response, why: str) -> None:
    """Count a response no more, as a test or as spam; `count_again` undoes that."""
    if why not in SET_ASIDE:
        raise Refused(_("There is no such reason to set an answer aside."))
    _hold(response)
    if response.set_aside is not None:
        raise Refused(_("This answer is set aside already."))
    emit(ResponseUncounted(response.id, _submitted_before(response)))
    response.set_aside = why
    db.session.flush()


def count_again(response: Response) -> None:
    """Count a response again that somebody had set aside."""
    _hold(response)
    if response.set_aside not in SET_ASIDE:
        raise Refused(_("This answer is not set aside."))
    if response.channel == TEST:
        raise Refused(_("It was given by the link for trying out, and was never meant to count."))
    response.set_aside = None
    db.session.flush()
    emit(ResponseCountedAgain(response.id, _submitted_before(response)))


def delete_tests(survey_id: UUID, response_id: UUID | None = None) -> None:
    """Delete what was answered by the link for trying out: one answer, or all of them with what was begun by it."""
    hold_still()
    which = () if response_id is None else (Response.id == response_id,)
    db.session.execute(delete(Response).where(Response.survey_id == survey_id, Response.channel == TEST, *which))
    if response_id is None:
        begun = ResponseDraft.survey_id == survey_id, ResponseDraft.channel == TEST
        db.session.execute(delete(ResponseDraft).where(*begun))


def _submitted_before(response: Response) -> ResponseSubmitted:
    """The event of a response that is kept."""
    survey = response.survey
    submission = Submission(
        survey_id=survey.id,
        version_id=response.version_id,
        purpose=survey.purpose,
        privacy=survey.privacy,
        form_id=response.form_id,
        questions=asked_in(response.version_id).questions,
        answers=response.answers,
        on=response.submitted_on,
        at=response.submitted_at,
        channel=response.channel,
        voice=response.voice,
        language=response.language,
        person_id=response.person_id if response.voice != Voice.UNVERIFIED else None,
        segments=response.segments,
        doubts=tuple(response.doubts),
    )
    return _submitted(submission, response.id)


def _hold(response: Response) -> None:
    """See the response as it is now, and let nobody change it until this is done: what is pressed twice is done once."""
    db.session.refresh(response, with_for_update={"of": Response})


# ---- doubts ---------------------------------------------------------------------------------------------------------


def doubt(response_ids: Collection[UUID], why: Doubt) -> None:
    """Doubt responses for a reason, but for those that the team vouched for. They are counted as before."""
    hold_still()
    found = select(Response).where(Response.id.in_(response_ids), Response.is_vouched.is_(False)).order_by(Response.id)
    for response in db.session.scalars(found.with_for_update()).all():
        if why not in response.doubts and response.set_aside != WITHDRAWN:
            _keep_doubts(response, [*response.doubts, why.value])


def vouch(response: Response) -> None:
    """Say that a person gave this response: all doubts go, and no machine doubts it again."""
    db.session.refresh(response, with_for_update={"of": Response})  # the worker may just have found a reason
    if not response.doubts:
        raise Refused(_("Nothing is held against this answer."))
    response.is_vouched = True
    _keep_doubts(response, [])


def _keep_doubts(response: Response, doubts: list[str]) -> None:
    was, response.doubts = tuple(response.doubts), doubts
    response.is_mixed = False  # an anonymous row is written anew, and lies in another place
    db.session.flush()
    emit(DoubtsChanged(response.id, was, tuple(doubts)))


def withdraw(response: Response, *, now: datetime) -> None:
    """Take a response back for whoever gave it: nothing of what was said stays, and a late copy brings nothing back.

    The address that came with it goes too where it has no other use; whoever is known otherwise stays known.
    """
    _hold(response)
    if response.set_aside == WITHDRAWN:
        return
    if response.survey.privacy != Privacy.IDENTIFIED:
        raise Refused(_("Nobody can tell which answer is yours, so it cannot be taken back."))
    if response.set_aside is None:
        emit(ResponseUncounted(response.id, _submitted_before(response)))
    emit(ResponseWithdrawn(response.id))
    people = {response.person_id} if response.person_id else set()
    if response.submitted_at:
        people |= take_consents_back(given_at=response.submitted_at, now=now)
    forget_draft(response.form_id)
    _empty(response)
    for person_id in people:
        forget_contact(person_id)


def _empty(response: Response) -> None:
    """Leave of a response what keeps a late copy of it out, and in which language to say so."""
    response.set_aside, response.answers, response.segments, response.doubts = WITHDRAWN, {}, {}, []
    response.person_id = response.score = response.sentiment = response.submitted_at = None
    response.voice = Voice.UNVERIFIED
    db.session.flush()


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


CHANGING = ("version_id", "device", "language", "typed", "asked", "answered", "changed_on", "changed_at", "is_mixed")


def _draft_row(draft: Draft) -> dict[str, Any]:
    return {
        "form_id": draft.form_id,
        "survey_id": draft.survey_id,
        "version_id": draft.version_id,
        "is_anonymous": draft.is_anonymous,
        "invitation_id": None if draft.is_anonymous else draft.invitation_id,
        "device": draft.device,
        "language": NO_LANGUAGE if draft.is_anonymous else draft.language,
        "channel": LINK if draft.is_anonymous and draft.channel != TEST else draft.channel,
        "typed": dict(draft.typed),
        "asked": draft.asked,
        "answered": draft.answered,
        "began_on": draft.on,
        "changed_on": draft.on,
        "changed_at": None if draft.is_anonymous else draft.at,
        "is_mixed": False,
    }


def hand_draft_over(form_id: UUID, *, device: str) -> None:
    """Let another device go on with a draft."""
    hold_still()
    db.session.execute(
        update(ResponseDraft).where(ResponseDraft.form_id == form_id).values(device=device, is_mixed=False)
    )


def forget_draft(form_id: UUID) -> None:
    """Delete what was typed."""
    hold_still()
    connection().execute(delete(ResponseDraft).where(ResponseDraft.form_id == form_id))


def settle_old_drafts(*, on: date) -> int:
    """Close drafts that nobody can go on with any more; return how many. What tells who somebody is goes, the answers stay."""
    hold_still()
    found = old_drafts(on, SETTLED_AT_ONCE)
    for draft in found:
        draft.typed = without_personal(draft.typed, asked_in(draft.version_id).questions)
        draft.device = None
    db.session.flush()
    return len(found)
