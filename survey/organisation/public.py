"""The public door of organisation: its mark."""

from flask import Blueprint, Response

from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.web import EVERYONE, admits
from survey.organisation.queries import organisation

bp = Blueprint("organisation_public", __name__)


@bp.get("/mark/<version>")
@admits(EVERYONE)
def mark(version: str) -> Response:
    """Serve the organisation's mark; its address changes with it, so that it can be kept for ever."""
    owner = organisation()
    if owner.mark is None or owner.mark_version != version:
        raise NotFound(_("There is no such picture."))
    response = Response(owner.mark, mimetype=owner.mark_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
