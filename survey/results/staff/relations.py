"""What goes with what in one survey: with its scores, between two groups, between two questions."""

from flask import Response, render_template, request
from flask_login import current_user

from survey.foundation.web import INSIDERS, TEAM, admits
from survey.results.pages.compare import compare as compared_in
from survey.results.pages.cross import cross as crossed
from survey.results.pages.drivers import SHOWN
from survey.results.pages.drivers import drivers as driving
from survey.results.pages.quarters import Quarters
from survey.results.pages.themes import FEWEST
from survey.results.rules import relating, words
from survey.results.rules.contrasts import compared
from survey.results.staff.door import bp, drawing, find_survey, page_of


@bp.get("/surveys/<slug>/results/drivers")
@admits(TEAM)
def drivers(slug: str) -> str:
    """What goes with low scores."""
    found = driving(page_of(slug))
    return render_template("results/drivers.html", drivers=found, quarters=Quarters(found), relating=relating, words=words,
                           compared=lambda lines: compared(line.contrast for line in lines), shown=SHOWN, fewest=FEWEST)  # fmt: skip


@bp.get("/surveys/<slug>/results/drivers.svg")
@admits(TEAM)
def importance(slug: str) -> Response:
    """The chart of that page; the same content has the same name, so that a browser need not fetch it twice."""
    return drawing(Quarters(driving(page_of(slug))).svg)


@bp.get("/surveys/<slug>/results/compare")
@admits(INSIDERS)
def compare(slug: str) -> str:
    """Two periods or two groups of people side by side."""
    found = compared_in(find_survey(slug), request.args, current_user.role)
    return render_template("results/compare.html", compare=found, relating=relating, words=words)


@bp.get("/surveys/<slug>/results/cross")
@admits(TEAM)
def cross(slug: str) -> str:
    """Two questions held against each other."""
    page = page_of(slug)
    return render_template("results/cross.html", page=page, cross=crossed(page, request.args), relating=relating)
