"""Views of a survey’s results that somebody saved, and how one is saved: only what the page itself understands is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from survey.questionnaires.models import Survey
from survey.results.models import SavedView
from survey.results.pages.addresses import groups_only
from survey.results.pages.one import SurveyPage
from survey.results.pages.seeing import survey_page
from survey.results.queries.views import saved_views
from survey.results.rules.courses import MONTH, chosen_step

FOR_GROUPS = {"period"}  # what a view may hold for those who see groups only


@dataclass(frozen=True)
class Saved:
    """One saved view as a link."""

    id: UUID
    name: str
    url: str
    weekly_url: str


def views_for(survey: Survey, role: str) -> list[Saved]:
    """The saved views that a reader can open, by name."""
    closed = groups_only(survey, role)
    return [_saved(survey, view) for view in saved_views(survey.id) if not closed or view.address.keys() <= FOR_GROUPS]


def address_to_keep(survey: Survey, args: Mapping[str, str], role: str) -> dict[str, str]:
    """What an address asks for, as it would be asked for again; raises Refused where it makes no sense."""
    return kept_address(survey_page(survey, args, role), chosen_step(args.get("by", "")))


def kept_address(page: SurveyPage, by: str = MONTH) -> dict[str, str]:
    """The filters of a page and its steps of time; what is usual is left out."""
    chosen = {**page.address, "by": None if by == MONTH else by}
    return {name: value for name, value in chosen.items() if value}


def _saved(survey: Survey, view: SavedView) -> Saved:
    url = url_for("results.survey", slug=survey.slug, **view.address)  # type: ignore[arg-type]
    return Saved(view.id, view.name, url, url_for("results.weekly_of_view", id=view.id))
