"""One response: by its id, by its receipt, what its writer is thanked with."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from survey.foundation.db import db
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.queries import newest_version, questionnaire_of
from survey.questionnaires.rules.languages import in_language
from survey.questionnaires.rules.paths import path
from survey.responses.models import Response, ResponseDraft
from survey.responses.queries.openings import asked_in, version_id
from survey.responses.rules import IMPORT, WITHDRAWN, Cells, Receipt, Thanks, cells, ending_marked


def response(response_id: UUID) -> Response | None:
    """The response with its survey, version and person."""
    eager = joinedload(Response.survey), joinedload(Response.version), joinedload(Response.person)
    return db.session.get(Response, response_id, options=eager)


def kept(form_id: UUID) -> Response | None:
    """The response that a form id stands for."""
    return db.session.scalar(select(Response).where(Response.form_id == form_id))


def form_ids_kept(form_ids: Collection[UUID]) -> set[UUID]:
    """Which of these form ids stand for a response."""
    return set(db.session.scalars(select(Response.form_id).where(Response.form_id.in_(form_ids))))


def receipt(form_id: UUID) -> Receipt | None:
    """The receipt of the response that a form id stands for."""
    columns = Response.id, Response.submitted_on, Response.set_aside
    found = db.session.execute(select(*columns).where(Response.form_id == form_id)).first()
    if found is None:
        return None
    return Receipt(found.id, False, found.submitted_on, form_id, is_withdrawn=found.set_aside == WITHDRAWN)


def with_receipt(survey_id: UUID, form_id: UUID) -> Response | None:
    """The response to a survey that somebody has the receipt of; for one from a file nobody has any."""
    found = kept(form_id)
    return found if found and found.survey_id == survey_id and found.channel != IMPORT else None


def is_withdrawn(response: Response) -> bool:
    """Whether somebody took it back."""
    return response.set_aside == WITHDRAWN


def thanks_of(survey_id: UUID, form_id: UUID) -> Thanks | None:
    """What is said to somebody at the end of their way; what everybody is told where no such answer is kept."""
    found = kept(form_id)
    if found is not None and found.survey_id == survey_id and not is_withdrawn(found):
        asked = in_language(asked_in(found.version_id), found.language)
        ending = path(asked, found.answers).ending
        return Thanks(ending.words if ending else asked.thanks, found.language)
    newest = newest_version(survey_id)
    return Thanks(questionnaire_of(newest).thanks, questionnaire_of(newest).language) if newest else None


def thanks_marked(survey_id: UUID, mark: str) -> Thanks | None:
    """What is said to somebody whose answer nobody can find, as their device remembers it; None where it does not."""
    said = ending_marked(mark)
    version = version_id(survey_id, said[0]) if said else None
    if said is None or version is None:
        return None
    asked = in_language(asked_in(version), said[1])
    is_there = said[2] is not None and said[2] < len(asked.endings)
    return Thanks(asked.endings[said[2] or 0].words if is_there else asked.thanks, said[1])


def was_answered(survey_id: UUID) -> bool:
    """Whether anybody has answered a survey or begun to, under the promise that it makes; tests and answers taken back included."""
    mine = (exists().where(model.survey_id == survey_id) for model in (Response, ResponseDraft))
    return bool(db.session.scalar(select(or_(*mine))))


def cells_of(response: Response, questions: Sequence[Question]) -> Cells:
    """The countable values of a response by question key."""
    return cells(questions, response.answers)
