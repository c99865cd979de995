"""All surveys, and one survey with its chart."""

from flask import Response, render_template, request
from flask_login import current_user

from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import INSIDERS, admits
from survey.organisation.queries import organisation, today
from survey.questionnaires.queries import survey_by_slug
from survey.results.pages.cards import card
from survey.results.pages.listing import listing
from survey.results.pages.one import SurveyPage, survey_page
from survey.results.pages.picture import THEMES, picture
from survey.results.rules import findings, words
from survey.results.staff.door import bp


@bp.get("/results")
@admits(INSIDERS)
def surveys() -> str:
    """Every survey with its number of answers, its headline and its last answer."""
    lines = listing(current_user.role)
    return render_template("results/surveys.html", lines=lines, names=sorted({line.metric.name for line in lines if line.metric}), today=today(), words=words,
                           findings=findings, minimum=organisation().minimum_scores)  # fmt: skip


@bp.get("/surveys/<slug>/results")
@admits(INSIDERS)
def survey(slug: str) -> str:
    """What a survey's answers say, in the view that the address asks for."""
    page = _page(slug)
    return render_template("results/survey.html", page=page, picture=picture(page), words=words, findings=findings,
                           card=card, minimum=organisation().minimum_scores)  # fmt: skip


@bp.get("/surveys/<slug>/results/trend.svg")
@admits(INSIDERS)
def trend(slug: str) -> Response:
    """The chart of that page; the same content has the same name, so that a browser need not fetch it twice."""
    page, theme = _page(slug), THEMES.get(request.args.get("theme", "light"))
    if theme is None:
        raise Refused(_("There is no such theme. Ask for light or dark."))
    name, svg = picture(page).svg(theme, wide=request.args.get("size") != "small")
    response = Response(svg, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(name)
    response.make_conditional(request)
    return response


def _page(slug: str) -> SurveyPage:
    found = survey_by_slug(slug)
    if found is None:
        raise NotFound(_("There is no survey at this address."))
    return survey_page(found, request.args, current_user.role)
