"""Published surveys, and respondents who open and send them, for tests."""

import re
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.invitations.actions import invite
from survey.questionnaires.actions import create, create_from_template, publish
from survey.questionnaires.kinds.reasons import DEFAULT_PICK, picks
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import newest_version, questionnaire_of, survey_by_slug
from survey.responses.actions import submit
from survey.responses.rules import Receipt, Submission

EVERY_KIND: dict[str, Any] = {
    "title": "Everything we can ask",
    "intro": "Please be frank.",
    "thanks": "Thank you.",
    "language": "en",
    "questions": [
        {"key": "nps", "kind": "nps", "words": "Would you recommend us?", "is_required": True},
        {"key": "why", "kind": "text", "words": "Why?"},
        {"key": "rating", "kind": "rating", "words": "How satisfied are you?"},
        {"key": "used", "kind": "choice", "words": "What do you use?",
         "settings": {"several": True, "options": [{"value": "web", "words": "The web"}, {"value": "shop", "words": "The shop"}]}},
        {"key": "reasons", "kind": "reasons", "words": "What bothered you most?", "settings": {"options": picks(DEFAULT_PICK)}},
        {"key": "contact", "kind": "contact", "words": "May we write to you?"},
        {"key": "visit", "kind": "section", "words": "Your last visit", "settings": {"text": "Think of the last time you were here."}},
        {"key": "stars", "kind": "csat", "words": "How was it?", "settings": {"look": "stars"}},
        {"key": "faces", "kind": "csat", "words": "How were we?", "settings": {"look": "faces"}},
        {"key": "easy", "kind": "ces", "words": "You made it easy for me to book."},
        {"key": "points", "kind": "rating", "words": "How clean was it?", "settings": {"points": 10}},
        {"key": "heard", "kind": "choice", "words": "How did you hear of us?", "settings": {
            "options": [{"value": "friend", "words": "From a friend; or family"}, {"value": "net", "words": "On the net"}],
            "other": "Some other way", "none": "None of these", "several": True, "most": 2, "shuffled": True}},
        {"key": "branch", "kind": "dropdown", "words": "Which branch?",
         "settings": {"options": [{"value": "north", "words": "North Street"}, {"value": "quay", "words": "The Quay"}]}},
        {"key": "again", "kind": "yesno", "words": "Will you come again?"},
        {"key": "matters", "kind": "ranking", "words": "What matters most?", "settings": {
            "options": [{"value": "price", "words": "The price"}, {"value": "time", "words": "No waiting"}, {"value": "staff", "words": "The staff"}],
            "partial": True}},
        {"key": "each", "kind": "matrix", "words": "How good was each?", "settings": {
            "rows": [{"value": "rooms", "words": "Changing rooms"}, {"value": "staff", "words": "Staff"}]}},
        {"key": "word", "kind": "line", "words": "In a word?"},
        {"key": "member", "kind": "line", "words": "Your member number", "settings": {"is_read": False}},
        {"key": "hours", "kind": "number", "words": "How long were you here?",
         "settings": {"lowest": 0, "highest": 24, "decimals": 1, "unit": "hours"}},
        {"key": "day", "kind": "date", "words": "When was that?", "settings": {"earliest": "2020-01-01"}},
        {"key": "terms", "kind": "consent", "words": "Before you send", "settings": {
            "statement": "We keep your answers for two years.\nThen they are deleted.", "agree": "I agree to that"}},
    ],
}  # fmt: skip
# An answer to each of these, as it is kept.
EVERY_ANSWER: dict[str, Any] = {
    "nps": 9, "why": "=Friendly; quick", "rating": 4, "used": ["web", "shop"],
    "reasons": {"codes": ["P2", "A2"], "other": "and the noise; too"}, "stars": 5, "faces": 2, "easy": 6, "points": 10,
    "heard": {"chosen": ["friend", "other"], "other": "A poster; on a bus"}, "branch": "quay", "again": "no",
    "matters": {"order": ["time", "price"]}, "each": {"rows": {"rooms": "very-bad", "staff": "good"}}, "word": "Loud",
    "member": "007", "hours": 1.5, "day": "2026-09-30", "terms": "yes",
}  # fmt: skip
# The same as a browser sends it.
EVERY_INPUT: dict[str, Any] = {
    "nps": "9", "why": "=Friendly; quick", "rating": "4", "used": ["shop", "web"], "reasons": "P2", "reasons.also": "A2",
    "reasons.other": "and the noise; too", "stars": "5", "faces": "2", "easy": "6", "points": "10", "heard": ["other", "friend"],
    "heard.other": "A poster; on a bus", "branch": "quay", "again": "no", "matters.price": "2", "matters.time": "1",
    "each.rooms": "very-bad", "each.staff": "good", "word": " Loud ", "member": "007", "hours": "1,5", "day": "30.09.2026",
    "terms": "yes",
}  # fmt: skip


def from_template(template: str = "satisfaction", *, slug: str = "spring", privacy: str = "identified") -> Survey:
    """Store a published survey made from a template."""

    def make() -> Survey:
        survey = create_from_template(
            template, slug=slug, now=now(), reasons=picks(DEFAULT_PICK) if template == "exit" else None
        )
        survey.privacy = privacy
        publish(survey, now=now())
        return survey

    return write(make)


def with_questions(
    questions: list[dict[str, Any]], *, slug: str = "spring", privacy: str = "identified", is_published: bool = True
) -> Survey:
    """Store a survey that asks these questions."""
    document = {**EVERY_KIND, "questions": questions}

    def make() -> Survey:
        survey = create(slug, purpose="other", document=document, now=now(), privacy=privacy)
        if is_published:
            publish(survey, now=now())
        return survey

    return write(make)


def with_every_kind(*, slug: str = "spring", privacy: str = "identified") -> Survey:
    """Store a published survey with every kind of question; an anonymous one does not ask who somebody is."""
    questions = [one for one in EVERY_KIND["questions"] if one["kind"] != "contact" or privacy != "anonymous"]
    return with_questions(questions, slug=slug, privacy=privacy)


def republish(survey: Survey, **changes: Any) -> None:
    """Change words of a survey's draft and publish it as its next version."""

    def work() -> None:
        found = survey_by_slug(survey.slug)
        assert found is not None
        found.draft = {**found.draft, **changes}
        publish(found, now=now())

    write(work)


def submission(survey: Survey, answers: dict[str, Any], **more: Any) -> Submission:
    """A filled-in form of the newest version."""
    version = newest_version(survey.id)
    assert version is not None
    known = {
        "survey_id": survey.id, "version_id": version.id, "purpose": survey.purpose, "privacy": survey.privacy, "form_id": uuid4(),
        "questions": questionnaire_of(version).questions, "answers": answers, "on": now().date(), "at": now(),
    }  # fmt: skip
    return Submission(**{**known, **more})


def answer(survey: Survey, answers: dict[str, Any], **more: Any) -> Receipt:
    """Store one response."""
    filled = submission(survey, answers, **more)
    return write(lambda: submit(filled))


def make_person(name: str = "Mira Holm", **columns: Any) -> UUID:
    """Store a person."""

    def add() -> UUID:
        person = Person(name=name, **columns)
        db.session.add(person)
        db.session.flush()
        return person.id

    return write(add)


def personal_link(survey: Survey, person_id: UUID) -> str:
    """Make somebody's own link, and return its path."""
    return f"/r/{write(lambda: invite(survey, db.session.get_one(Person, person_id), now=now()))}"


# ---- respondents ----------------------------------------------------------------------------------------------------


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def send(client: FlaskClient, address: str, answers: dict[str, Any]) -> TestResponse:
    """Open a survey as a respondent and send answers."""
    return client.post(address, data={**hidden(client.get(address).text), **answers})
