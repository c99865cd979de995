"""Saved views: a view of a survey’s results under a name."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.questionnaires.queries import versions
from survey.results import actions
from survey.results.models import SavedView
from survey.results.pages.addresses import title_of
from survey.results.pages.saved import address_to_keep, views_for
from survey.results.queries.views import saved_view
from survey.results.staff.door import back, bp, find_survey


@bp.get("/surveys/<slug>/results/views")
@admits(TEAM)
def views(slug: str) -> str:
    """The saved views of a survey, to rename or to remove."""
    survey = find_survey(slug)
    return render_template("results/views.html", survey=survey, title=title_of(survey, versions(survey.id)), views=views_for(survey, current_user.role))  # fmt: skip


@bp.post("/surveys/<slug>/results/views")
@admits(TEAM)
def save_view(slug: str) -> ResponseReturnValue:
    """Keep the view that the form describes."""
    survey, by, name = find_survey(slug), current_user.id, request.form.get("name", "")
    address = address_to_keep(survey, request.form, current_user.role)

    def work() -> None:
        view = actions.save_view(find_survey(slug), name, address, by=by, now=now())
        audit("view saved", subject=slug, user_id=by, details={"name": view.name})

    _try(work, _("Saved. It stands among the saved views of this survey, for everybody here."))
    return redirect(url_for("results.survey", slug=slug, _anchor="views", **address), 303)  # type: ignore[arg-type]


@bp.post("/views/<uuid:id>/rename")
@admits(TEAM)
def rename_view(id: UUID) -> ResponseReturnValue:
    """Give a saved view another name."""
    view, by, name = _find(id), current_user.id, request.form.get("name", "")

    def work() -> None:
        renamed = actions.rename_view(id, name)
        audit("view renamed", subject=renamed.name, user_id=by)

    _try(work, _("Saved."))
    return back(url_for("results.views", slug=view.survey.slug))


@bp.post("/views/<uuid:id>/remove")
@admits(TEAM)
def remove_view(id: UUID) -> ResponseReturnValue:
    """Keep a view no more."""
    view, by = _find(id), current_user.id
    slug, name = view.survey.slug, view.name

    def work() -> None:
        actions.remove_view(id)
        audit("view removed", subject=name, user_id=by)

    _try(work, _("“%(name)s” is not kept any more.", name=name))
    return back(url_for("results.views", slug=slug))


def _try(work: Callable[[], None], said: str) -> None:
    """Do it and say so, or say why it cannot be done, on the page that the form came from."""
    try:
        write(work)
    except NotFound:
        raise
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash(said, "good")


def _find(id: UUID) -> SavedView:
    found = saved_view(id)
    if found is None:
        raise NotFound(_("This view is not saved here, or no longer."))
    return found
