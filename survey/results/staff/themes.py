"""Themes over time."""

from flask import render_template, request

from survey.foundation.web import TEAM, admits
from survey.results.pages import themes as pages
from survey.results.staff.door import bp


@bp.get("/themes")
@admits(TEAM)
def themes() -> str:
    """What people speak of week by week, and what moved."""
    return render_template("results/themes.html", page=pages.themes(request.args), fewest=pages.FEWEST)
