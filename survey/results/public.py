"""The public door of results: what customers may see of their own answers, where the owner allows it."""

import hashlib

from flask import Blueprint, Response, request

from survey.foundation.clock import now
from survey.foundation.web import EVERYONE, admits
from survey.results.pages.published import drawn, linked_results, public_results

bp = Blueprint("results_public", __name__)
SECONDS = 60


@bp.get("/s/<slug>/results")
@admits(EVERYONE)
def survey(slug: str) -> Response:
    """The results of a survey for everybody; no comments and no names, nothing about fewer than a group."""
    response = _named_by_content(drawn(public_results(slug)))
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


@bp.get("/shared/<token>")
@admits(EVERYONE)
def shared(token: str) -> Response:
    """The same for those who have a link; no search engine lists it, and nobody else on the way keeps a copy."""
    response = _named_by_content(drawn(linked_results(token, now=now()), is_listed=False))
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _named_by_content(body: str) -> Response:
    """The page under a name that changes with what it shows, and with nothing else."""
    response = Response(body, mimetype="text/html")
    response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:24])
    response.make_conditional(request)
    return response
