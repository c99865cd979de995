"""Making the example organisation, through the same actions that real data passes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from survey.customers import actions as customers
from survey.customers.rules import PersonEntry
from survey.example.cases import make_cases
from survey.example.leading import make_leading
from survey.example.queries import is_empty
from survey.example.rules import IMPROVEMENTS, NAME, SINCE, Answered, Improved, Member, Story, story
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.improvements import actions as improvements
from survey.organisation.models import Organisation
from survey.questionnaires import actions as questionnaires
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.rules import Questionnaire, parse
from survey.reasons.rules import REASONS
from survey.responses.actions import submit
from survey.responses.rules import Submission

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 200
CURRENCY = "EUR"
SATISFACTION, EXIT = "how-was-it", "before-you-go"


class NotEmpty(Refused):
    """There is data here already; an example is never invented on top of it."""


def make_example(*, today: date, now: datetime) -> str:
    """Fill an empty installation with the example organisation and return a sentence about it; raises NotEmpty."""
    if not is_empty():
        raise NotEmpty("There is data here already; the example is only made in an empty installation.")
    told = story(today)
    write(lambda: _name_organisation())
    surveys = write(lambda: _publish_surveys(now - timedelta(days=366)))
    people = _in_chunks(told.members, lambda member: _record(member, now=now))
    by_number = {member.number: person_id for member, person_id in zip(told.members, people, strict=True)}
    _answer(surveys[SATISFACTION], [*told.satisfaction, *told.outcry], by_number)
    _answer(surveys[EXIT], told.exits, by_number)
    for improved in IMPROVEMENTS:
        write(lambda improved=improved: _improve(improved, today))  # type: ignore[misc]
    write(lambda: make_leading(today, now))
    write(lambda: make_cases(today=today, now=now))
    return _sentence(told)


def _sentence(told: Story) -> str:
    left = sum(member.left_on is not None for member in told.members)
    answers = len(told.satisfaction) + len(told.exits) + len(told.outcry)
    return f"{NAME}: {len(told.members)} people, {left} of whom left, {answers} answers to 2 surveys, {len(IMPROVEMENTS)} improvements."


def _in_chunks(items: Sequence[T], do: Callable[[T], R]) -> list[R]:
    """Do something with every item, many items to a transaction."""
    done: list[R] = []
    for start in range(0, len(items), CHUNK):
        chunk = items[start : start + CHUNK]
        done += write(lambda chunk=chunk: [do(item) for item in chunk])  # type: ignore[misc]
    return done


def _name_organisation() -> None:
    db.session.merge(
        Organisation(id=1, name=NAME, currency=CURRENCY, is_example=True, postal_address="1 Quayside, Northwind")
    )


def _publish_surveys(at: datetime) -> dict[str, tuple[Survey, SurveyVersion]]:
    return {slug: _publish(template, slug, at) for template, slug in (("satisfaction", SATISFACTION), ("exit", EXIT))}


def _publish(template: str, slug: str, at: datetime) -> tuple[Survey, SurveyVersion]:
    offered = [{"code": code, "words": REASONS[code].wording} for code in SINCE] if template == "exit" else None
    survey = questionnaires.create_from_template(template, slug=slug, now=at, reasons=offered)
    if template == "satisfaction":
        questionnaires.set_options(survey, privacy="identified", is_listed=True)
        survey.has_public_results = True
    return survey, questionnaires.publish(survey, now=at)


def _record(member: Member, *, now: datetime) -> UUID:
    entry = PersonEntry(
        external_id=member.number,
        name=member.name,
        email=member.email,
        has_left=member.left_on is not None,
        started_on=member.joined_on,
        ended_on=member.left_on,
        plan=member.plan,
        tier=member.tier,
        value_minor=member.value_minor,
        currency=CURRENCY,
        reason=_said_at_the_desk(member),
        segments={"tier": member.tier},
    )
    return customers.record(entry, now=now, is_history=True).id


def _said_at_the_desk(member: Member) -> str | None:
    return REASONS[member.reason].name if member.reason and member.tells == "desk" else None


def _answer(published: tuple[Survey, SurveyVersion], answered: Sequence[Answered], people: Mapping[str, UUID]) -> None:
    survey, version = published
    questionnaire = parse(version.document)
    submissions = list(_submissions(survey, version, questionnaire, answered, people))
    _in_chunks(submissions, lambda submission: submit(submission).response_id)


def _submissions(
    survey: Survey,
    version: SurveyVersion,
    questionnaire: Questionnaire,
    answered: Sequence[Answered],
    people: Mapping[str, UUID],
) -> Iterator[Submission]:
    for index, one in enumerate(answered):
        yield Submission(
            survey_id=survey.id,
            version_id=version.id,
            purpose=survey.purpose,
            privacy=survey.privacy,
            form_id=uuid5(NAMESPACE_URL, f"example:{survey.slug}:{index}"),
            questions=questionnaire.questions,
            answers=one.answers,
            on=one.on,
            at=datetime.combine(one.on, time(12), UTC),
            channel="personal" if one.member else "link",
            voice=one.voice,
            language=questionnaire.language,
            person_id=people[one.member] if one.member else None,
            segments=one.segments,
            is_history=True,
        )


def _improve(improved: Improved, today: date) -> None:
    first = _noon(today, improved.posts[0].days_ago)
    improvement = improvements.start(
        improved.title, you_said=improved.you_said, codes=improved.codes, by=None, now=first
    )
    for post in improved.posts:
        moment = _noon(today, post.days_ago)
        improvements.post_update(improvement, stage=post.stage, words=post.words, by=None, now=moment, on=moment.date())


def _noon(today: date, days_ago: int) -> datetime:
    return datetime.combine(today - timedelta(days=days_ago), time(12), UTC)
