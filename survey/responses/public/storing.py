"""Answers, whole or half-filled, on their way into the database."""

from uuid import UUID

from flask import current_app

from survey.foundation.clock import now, today
from survey.foundation.db import write
from survey.foundation.errors import Busy
from survey.foundation.tokens import digest
from survey.invitations.actions import Participants, use_together
from survey.organisation.queries import organisation
from survey.questionnaires.rules.paths import Place
from survey.responses import pages, robots
from survey.responses.actions import submit
from survey.responses.pages import Asked
from survey.responses.public.visits import Visit
from survey.responses.robots import Sender
from survey.responses.rules import (
    PERSONAL,
    TEST,
    Draft,
    Privacy,
    Receipt,
    Submission,
    channel_called,
    fewest,
    promise_name,
)


def draft_of(visit: Visit, shown: Place) -> Draft:
    """What was typed so far, and which page is shown next."""
    found, walked = visit.asked.opening, visit.walked
    return Draft(
        form_id=visit.form_id,
        survey_id=found.survey_id,
        version_id=found.version_id,
        privacy=found.privacy,
        typed={**walked.typed, pages.PAGE: [str(shown.number + 1)]},
        asked=walked.asked_count,
        answered=walked.answered_count,
        on=today(found.time_zone),
        at=now(),
        channel=_channel(visit.asked),
        language=visit.asked.language,
        invitation_id=visit.whose.invitation_id,
        device=digest(visit.token),
    )


def _channel(asked: Asked) -> str:
    """On which way an answer came; nothing but the kind of link where nobody may tell who answered."""
    if asked.is_test:
        return TEST
    if asked.is_personal:
        return PERSONAL
    return channel_called(asked.way.via if asked.opening.privacy != Privacy.ANONYMOUS else "")


def submission_of(visit: Visit, who: Sender) -> Submission:
    """All that is stored of an answer."""
    found, whose, walked = visit.asked.opening, visit.whose, visit.walked
    return Submission(
        survey_id=found.survey_id,
        version_id=found.version_id,
        purpose=found.purpose,
        privacy=found.privacy,
        form_id=visit.form_id,
        questions=visit.asked.questionnaire.questions,
        answers=walked.way.answers,
        on=today(found.time_zone),
        at=now(),
        channel=_channel(visit.asked),
        voice=whose.voice,
        language=visit.asked.language,
        person_id=whose.person_id,
        segments=whose.segments,
        invitation_id=whose.invitation_id,
        contact=walked.form.contact(walked.way.keys),
        had_draft=visit.had_draft,
        promise=promise_name(found.privacy, is_personal=visit.asked.is_personal),
        doubts=() if visit.asked.is_test else robots.doubts(walked, who, shown_at=visit.issued.at, now=now()),
        set_aside=TEST if visit.asked.is_test else None,
        response_limit=None if visit.asked.is_test else found.response_limit,
    )


def store(submission: Submission) -> Receipt:
    """Store an answer, and apart from it that its writer has answered."""
    receipt = write(lambda: submit(submission), together=True)
    if submission.is_anonymous and submission.invitation_id and receipt.is_first:
        _note_participant(submission.survey_id, submission.invitation_id)
    return receipt


def _note_participant(survey_id: UUID, invitation_id: UUID) -> None:
    """Note that somebody has answered, apart from the answer and together with others; the answer is kept in any case."""
    waiting: Participants = current_app.extensions["hearback.participants"]
    together = waiting.add(survey_id, invitation_id, minimum=fewest(organisation().minimum_scores))
    if not together:
        return
    try:
        write(lambda: use_together(survey_id, together))
    except Busy:
        waiting.put_back(survey_id, together)
