"""What the public pages show."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from survey.home.rules import CHANGES_SHOWN, first_of
from survey.improvements.models import Improvement
from survey.improvements.queries import answering
from survey.improvements.queries import published as published_improvements
from survey.improvements.rules.stages import Stage
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import listed, merged_questions, newest_versions, questionnaire_of
from survey.questionnaires.rules import Questionnaire
from survey.responses.queries import kept
from survey.responses.rules import stated_reasons

NO_CHANGE = frozenset({Stage.DECLINED})


def open_surveys(now: datetime) -> list[tuple[Survey, Questionnaire]]:
    """The surveys that their owners list on the front page, with what they ask."""
    newest = newest_versions()
    return [(survey, questionnaire_of(newest[survey.id])) for survey in listed(now=now)]


def changes_to_tell(codes: Sequence[str] = ()) -> list[Improvement]:
    """What earlier answers changed: first what answers these reasons, then the newest; a few of them."""
    fitting = answering(codes, CHANGES_SHOWN, without=NO_CHANGE) if codes else []
    newest = published_improvements(limit=CHANGES_SHOWN, without=NO_CHANGE)
    return first_of(fitting, newest, key=lambda improvement: improvement.id)


def reasons_given(survey_id: UUID, receipt: UUID) -> tuple[str, ...]:
    """The reasons that the answer of a receipt stated; none where there is no such answer to this survey."""
    response = kept(receipt)
    if response is None or response.survey_id != survey_id:
        return ()
    return stated_reasons(merged_questions(survey_id), response.answers)
