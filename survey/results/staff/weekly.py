"""The page to print every week."""

from uuid import UUID

from flask import render_template
from flask_login import current_user

from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.web import INSIDERS, admits
from survey.organisation.queries import organisation
from survey.results.pages.weekly import Weekly
from survey.results.pages.weekly import weekly as weekly_page
from survey.results.queries.views import saved_view
from survey.results.rules import findings, words
from survey.results.staff.door import bp, find_survey


@bp.get("/surveys/<slug>/results/weekly")
@admits(INSIDERS)
def weekly(slug: str) -> str:
    """What the last full week (or month) of a survey said."""
    return _page(weekly_page(find_survey(slug), {}, current_user.role))


@bp.get("/views/<uuid:id>/weekly")
@admits(INSIDERS)
def weekly_of_view(id: UUID) -> str:
    """The same of a saved view."""
    view = saved_view(id)
    if view is None:
        raise NotFound(_("This view is not saved here, or no longer."))
    return _page(weekly_page(view.survey, view.address, current_user.role, name=view.name))


def _page(page: Weekly) -> str:
    return render_template("results/weekly.html", weekly=page, words=words, findings=findings, minimum=organisation().minimum_scores)  # fmt: skip
