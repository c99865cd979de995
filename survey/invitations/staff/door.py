"""What the staff pages of invitations share."""

from flask import Blueprint

from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey_by_slug

bp = Blueprint("invitations", __name__)


def find_survey(slug: str) -> Survey:
    """The survey at this address; NotFound where there is none."""
    survey = survey_by_slug(slug)
    if survey is None:
        raise NotFound(_("There is no survey at this address."))
    return survey
