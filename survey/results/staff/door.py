"""What every page of results needs: the blueprint, the survey, and the way back to where somebody came from."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey_by_slug

bp = Blueprint("results", __name__)


def back(usual: str, *, to: str = "") -> Response:
    """Lead back to the page that a form came from, to a place on it; to the usual page where it says none of ours."""
    return redirect(our_page(usual) + (f"#{to}" if to else ""), 303)


def our_page(usual: str) -> str:
    """The page that a form came from; the usual page where it says none of ours."""
    came_from = request.form.get("next", "")
    is_ours = came_from.startswith("/") and not came_from.startswith(("//", "/\\"))
    return came_from if is_ours else usual


def find_survey(slug: str) -> Survey:
    """The survey at an address; raises NotFound where there is none."""
    found = survey_by_slug(slug)
    if found is None:
        raise NotFound(_("There is no survey at this address."))
    return found
