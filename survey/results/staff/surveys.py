"""All surveys, and one survey with its chart."""

from flask import Response, render_template, request
from flask_login import current_user

from survey.foundation.web import INSIDERS, admits
from survey.organisation.queries import organisation, today
from survey.responses.analysis import installed
from survey.results.pages.cards import card
from survey.results.pages.listing import listing
from survey.results.pages.picture import picture
from survey.results.pages.saved import kept_address, views_for
from survey.results.rules import findings, words
from survey.results.rules.courses import chosen_step
from survey.results.staff.door import bp, drawing, page_of


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
    page, by = page_of(slug), request.args.get("by", "")
    return render_template("results/survey.html", page=page, picture=picture(page, by), words=words, findings=findings,
                           card=card, minimum=organisation().minimum_scores, views=views_for(page.survey, page.role),
                           kept=kept_address(page, chosen_step(by)), file_formats=installed())  # fmt: skip


@bp.get("/surveys/<slug>/results/trend.svg")
@admits(INSIDERS)
def trend(slug: str) -> Response:
    """The chart of that page; the same content has the same name, so that a browser need not fetch it twice."""
    return drawing(picture(page_of(slug), request.args.get("by", "")).svg)
