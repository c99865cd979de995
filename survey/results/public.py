"""The public door of results: what customers may see of their own answers, where the owner allows it."""

import hashlib

from flask import Blueprint, Response, render_template, request

from survey.foundation.web import EVERYONE, admits
from survey.results.pages.published import public_results
from survey.results.rules import findings, words

bp = Blueprint("results_public", __name__)
SECONDS = 60


@bp.get("/s/<slug>/results")
@admits(EVERYONE)
def survey(slug: str) -> Response:
    """The results of a survey for everybody; no comments and no names, nothing about fewer than a group."""
    page = public_results(slug)
    body = render_template("results/public.html", page=page, words=words, findings=findings)
    response = Response(body, mimetype="text/html")
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:24])
    response.make_conditional(request)
    return response
