"""What goes with what in one survey: with its scores, between two groups, between two questions."""

from flask import Response, render_template, request
from flask_login import current_user

from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import INSIDERS, TEAM, admits
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey_by_slug
from survey.results.pages.compare import compare as compared_in
from survey.results.pages.cross import cross as crossed
from survey.results.pages.drivers import SHOWN, Drivers
from survey.results.pages.drivers import drivers as driving
from survey.results.pages.picture import THEMES
from survey.results.pages.quarters import Quarters
from survey.results.pages.seeing import survey_page
from survey.results.pages.themes import FEWEST
from survey.results.rules import relating, words
from survey.results.rules.contrasts import compared
from survey.results.staff.door import bp


@bp.get("/surveys/<slug>/results/drivers")
@admits(TEAM)
def drivers(slug: str) -> str:
    """What goes with low scores."""
    found = _drivers(slug)
    return render_template("results/drivers.html", drivers=found, quarters=Quarters(found), relating=relating, words=words,
                           compared=lambda lines: compared(line.contrast for line in lines), shown=SHOWN, fewest=FEWEST)  # fmt: skip


@bp.get("/surveys/<slug>/results/drivers.svg")
@admits(TEAM)
def importance(slug: str) -> Response:
    """The chart of that page; the same content has the same name, so that a browser need not fetch it twice."""
    theme = THEMES.get(request.args.get("theme", "light"))
    if theme is None:
        raise Refused(_("There is no such theme. Ask for light or dark."))
    name, svg = Quarters(_drivers(slug)).svg(theme, wide=request.args.get("size") != "small")
    response = Response(svg, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(name)
    response.make_conditional(request)
    return response


@bp.get("/surveys/<slug>/results/compare")
@admits(INSIDERS)
def compare(slug: str) -> str:
    """Two periods or two groups of people side by side."""
    found = compared_in(_survey(slug), request.args, current_user.role)
    return render_template("results/compare.html", compare=found, relating=relating, words=words)


@bp.get("/surveys/<slug>/results/cross")
@admits(TEAM)
def cross(slug: str) -> str:
    """Two questions held against each other."""
    page = survey_page(_survey(slug), request.args, current_user.role)
    return render_template("results/cross.html", page=page, cross=crossed(page, request.args), relating=relating)


def _drivers(slug: str) -> Drivers:
    return driving(survey_page(_survey(slug), request.args, current_user.role))


def _survey(slug: str) -> Survey:
    found = survey_by_slug(slug)
    if found is None:
        raise NotFound(_("There is no survey at this address."))
    return found
