"""Reads of surveys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from survey.foundation.db import db
from survey.foundation.language import gettext as _
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.rules import Question, Questionnaire, broken_promises, merged, parse, problems
from survey.questionnaires.rules.files import SurveyFile

READ_LIMIT = 512
_read: dict[UUID, Questionnaire] = {}


def all_surveys() -> list[Survey]:
    """Every survey, the newest first."""
    return list(db.session.scalars(select(Survey).order_by(Survey.created_at.desc(), Survey.slug)))


def survey_by_slug(slug: str) -> Survey | None:
    """The survey at this address."""
    return db.session.scalar(select(Survey).where(Survey.slug == slug))


def survey(survey_id: UUID) -> Survey | None:
    """The survey with this id."""
    return db.session.get(Survey, survey_id)


def takes_answers(now: datetime) -> ColumnElement[bool]:
    """Whether a published survey takes answers: the SQL twin of `rules.state_of`; who counts answers looks at the limit."""
    return and_(
        Survey.archived_at.is_(None),
        Survey.closed_at.is_(None),
        or_(Survey.opens_at.is_(None), Survey.opens_at <= now),
        or_(Survey.closes_at.is_(None), Survey.closes_at > now),
    )


def live(slug: str, *, now: datetime) -> tuple[Survey, SurveyVersion] | None:
    """The survey at this address and its newest version, where it takes answers now; one query."""
    found = db.session.execute(_with_newest_version().where(Survey.slug == slug, takes_answers(now))).first()
    return (found[0], found[1]) if found else None


def listed(*, now: datetime) -> list[Survey]:
    """The surveys that take answers and that their owners list on the front page, by title."""
    found = db.session.execute(_with_newest_version().where(Survey.is_listed, takes_answers(now)))
    return [row[0] for row in sorted(found, key=lambda row: str(row[1].document["title"]).casefold())]


def _with_newest_version() -> Select[Survey, SurveyVersion]:
    newer = aliased(SurveyVersion)
    newest = select(func.max(newer.number)).where(newer.survey_id == Survey.id).correlate(Survey).scalar_subquery()
    return select(Survey, SurveyVersion).join(SurveyVersion, SurveyVersion.survey_id == Survey.id).where(
        SurveyVersion.number == newest
    )  # fmt: skip


def newest_version(survey_id: UUID) -> SurveyVersion | None:
    """What was published last."""
    return db.session.scalar(
        select(SurveyVersion).where(SurveyVersion.survey_id == survey_id).order_by(SurveyVersion.number.desc()).limit(1)
    )


def versions(survey_id: UUID) -> list[SurveyVersion]:
    """Everything that was published, the newest first."""
    return list(
        db.session.scalars(
            select(SurveyVersion).where(SurveyVersion.survey_id == survey_id).order_by(SurveyVersion.number.desc())
        )
    )


def newest_versions() -> dict[UUID, SurveyVersion]:
    """What was published last, by survey; surveys that were never published are not there."""
    return {found[1].survey_id: found[1] for found in db.session.execute(_with_newest_version())}


def questionnaire_of(version: SurveyVersion) -> Questionnaire:
    """What a version asks; each is read once in a process, as versions never change."""
    if version.id not in _read:
        if len(_read) >= READ_LIMIT:
            _read.clear()
        _read[version.id] = parse(version.document)
    return _read[version.id]


def draft_of(survey: Survey) -> Questionnaire:
    """What the draft asks."""
    return parse(survey.draft)


def file_of(survey: Survey) -> SurveyFile:
    """What a survey is as a file: its draft, without answers."""
    return SurveyFile(survey.slug, survey.purpose, survey.privacy, draft_of(survey))


def obstacles(survey: Survey) -> list[str]:
    """What stands in the way of publishing the draft, in words."""
    draft, newest = draft_of(survey), newest_version(survey.id)
    found = [_("It is archived. Take it out of the archive to change it.")] if survey.archived_at else []
    found += problems(draft, privacy=survey.privacy)
    return found + (broken_promises(draft, questionnaire_of(newest)) if newest else [])


def has_changes(survey: Survey, newest: SurveyVersion | None) -> bool:
    """Whether the draft differs from what was published last."""
    return newest is None or draft_of(survey) != questionnaire_of(newest)


def keys_ever_used(survey_id: UUID) -> set[str]:
    """The keys of all questions that were ever published; a new question never takes one of them."""
    return {question.key for version in versions(survey_id) for question in questionnaire_of(version).questions}


def merged_questions(survey_id: UUID) -> tuple[Question, ...]:
    """Every question that was ever published, in its newest wording, in order."""
    return merged(questionnaire_of(version).questions for version in versions(survey_id))


def survey_to_change(slug: str) -> Survey | None:
    """The survey at this address, to be changed by what was read of it: others wait until this transaction is over."""
    return db.session.scalar(select(Survey).where(Survey.slug == slug).with_for_update())
