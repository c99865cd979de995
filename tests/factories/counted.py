"""Surveys with answers, for tests of what is counted: make a survey, answer it, let the worker read and fold."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete

from survey.foundation.db import db, write
from survey.questionnaires.actions import create, publish
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import newest_version, questionnaire_of
from survey.responses.actions import submit
from survey.responses.models import Response
from survey.responses.rules import Submission
from survey.results.actions import remove_response
from survey.text.actions import mark_read
from survey.text.models import Comment
from survey.text.queries import comments_of
from survey.text.rules import Reading, Sentiment

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
REASONS = [{"code": code, "words": words} for code, words in (
    ("P2", "The price went up"), ("S1", "It broke"), ("A2", "I had to wait too long"), ("E2", "Nobody answered"),
    ("R1", "It was not put right"), ("X1", "Better offer elsewhere"),
)]  # fmt: skip
QUESTIONS: list[dict[str, Any]] = [
    {"key": "nps", "kind": "nps", "words": "Would you recommend us?"},
    {"key": "why", "kind": "text", "words": "Why?"},
    {"key": "rating", "kind": "rating", "words": "How satisfied are you?"},
    {"key": "used", "kind": "choice", "words": "What do you use?",
     "settings": {"several": True, "options": [{"value": "web", "words": "The web"}, {"value": "shop", "words": "The shop"}]}},
    {"key": "reasons", "kind": "reasons", "words": "Why did you leave?", "settings": {"options": REASONS}},
]  # fmt: skip


def make_survey(
    slug: str = "autumn",
    *,
    keys: tuple[str, ...] = ("nps", "why", "rating", "used"),
    purpose: str = "satisfaction",
    privacy: str = "identified",
    is_public: bool = False,
    now: datetime = NOW,
) -> Survey:
    """Store a published survey with some of the questions above."""
    document = {"title": f"The {slug} survey", "intro": "", "thanks": "", "language": "en",
                "questions": [question for question in QUESTIONS if question["key"] in keys]}  # fmt: skip

    def make() -> Survey:
        survey = create(slug, purpose=purpose, document=document, now=now, privacy=privacy)
        survey.has_public_results = is_public
        publish(survey, now=now)
        return survey

    return write(make)


def answer(survey: Survey, answers: dict[str, Any], **about: Any) -> UUID:
    """Store one response and return its id; for what can be said about it see `submission`."""
    sent = submission(survey, answers, **about)
    id = write(lambda: submit(sent)).response_id
    assert id is not None
    return id


def submission(
    survey: Survey,
    answers: dict[str, Any],
    *,
    on: date = TODAY,
    voice: str = "customer",
    segments: dict[str, str] | None = None,
    doubts: tuple[str, ...] = (),
) -> Submission:
    """One response as it comes in."""
    version = newest_version(survey.id)
    assert version is not None
    return Submission(
        survey_id=survey.id, version_id=version.id, purpose=survey.purpose, privacy=survey.privacy, form_id=uuid4(),
        questions=questionnaire_of(version).questions, answers=answers, on=on, voice=voice, segments=segments or {}, doubts=doubts,
        at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC) if survey.privacy != "anonymous" else None,
    )  # fmt: skip


def answer_often(survey: Survey, *given: tuple[dict[str, Any], int], on: date = TODAY) -> None:
    """Store many responses of customers in one go: answers, and how often."""
    version = newest_version(survey.id)
    assert version is not None
    submissions = [
        Submission(
            survey_id=survey.id, version_id=version.id, purpose=survey.purpose, privacy=survey.privacy, form_id=uuid4(),
            questions=questionnaire_of(version).questions, answers=answers, on=on, voice="customer",
            at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
        )
        for answers, times in given for _ in range(times)
    ]  # fmt: skip
    write(lambda: [submit(submission) for submission in submissions])


def reading(sentiment: str, reasons: tuple[tuple[str, float], ...] = (), keywords: tuple[str, ...] = ()) -> Reading:
    """What a reader might have found in a comment."""
    found = Sentiment(sentiment)
    return Reading("en", found, found, 0.0, 0.9, (), keywords, reasons)


def read(response_id: UUID, sentiment: str, *, reasons: tuple[tuple[str, float], ...] = ()) -> None:
    """Keep a reading for every comment of a response."""
    found = {comment.id: reading(sentiment, reasons) for comment in comments_of([response_id])}
    write(lambda: mark_read(response_id, found, now=NOW))


def remove(response_id: UUID) -> None:
    """Take a response back from the counts and delete it with its comments."""

    def take_back() -> None:
        response = db.session.get(Response, response_id)
        assert response is not None
        remove_response(response)
        db.session.execute(delete(Comment).where(Comment.response_id == response_id))
        db.session.execute(delete(Response).where(Response.id == response_id))

    write(take_back)
