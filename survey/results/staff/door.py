"""What every page of results needs: the blueprint, the survey in a view, charts, and the way back to where somebody came from."""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey_by_slug
from survey.results.pages.one import SurveyPage
from survey.results.pages.picture import THEMES
from survey.results.pages.seeing import survey_page

bp = Blueprint("results", __name__)


def back(usual: str, *, to: str = "") -> Redirection:
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


def page_of(slug: str) -> SurveyPage:
    """A survey's results in the view that the address asks for."""
    return survey_page(find_survey(slug), request.args, current_user.role)


def drawing(draw: Callable[..., tuple[str, bytes]]) -> Response:
    """A chart in the theme and size that the address asks for; what has the same name need not be fetched twice."""
    theme = THEMES.get(request.args.get("theme", "light"))
    if theme is None:
        raise Refused(_("There is no such theme. Ask for light or dark."))
    name, svg = draw(theme, wide=request.args.get("size") != "small")
    answer = Response(svg, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(name)
    answer.make_conditional(request)
    return answer
