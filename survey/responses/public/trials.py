"""Links for trying a survey out, which its owner hands to colleagues."""

from datetime import timedelta
from uuid import UUID

from flask import request

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.questionnaires.queries import survey_by_slug
from survey.questionnaires.rules.addresses import test_purpose
from survey.responses import queries, trying
from survey.responses.pages import Asked, tokens
from survey.responses.public.whose import way_in
from survey.responses.rules import TEST, Opening

TEST_LASTS = timedelta(days=7)


class TestOver(Refused):
    """A link for trying a survey out that is too old, or not ours."""

    status = 410


def is_tried_out(found: Opening) -> bool:
    """Whether somebody came by a link for trying out; raises TestOver where it is none any more: nobody then means to be counted."""
    if not request.query_string or TEST not in request.args:
        return False
    _check_test(found.survey_id)
    return True


def draft_tried(slug: str) -> Asked | None:
    """What a link for trying out shows of a survey that was never published: its draft, of which nothing can be stored."""
    if not request.query_string or TEST not in request.args or queries.opening(slug) is not None:
        return None
    survey = survey_by_slug(slug)
    if survey is None:
        return None
    _check_test(survey.id)
    return trying.asked_of_draft(survey, way_in())


def _check_test(survey_id: UUID) -> None:
    if tokens().read(request.args[TEST], test_purpose(survey_id), lasts=TEST_LASTS) is None:
        raise TestOver(_("This link for trying out is too old. Take a new one from the page of the survey."))
