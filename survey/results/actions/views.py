"""Writes of saved views."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from survey.foundation.db import db
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import line
from survey.questionnaires.models import Survey
from survey.results.models import SavedView

NAME_LIMIT = 80
MOST = 50  # of one survey: a list that nobody reads any more helps nobody


def save_view(survey: Survey, name: str, address: Mapping[str, str], *, by: UUID | None, now: datetime) -> SavedView:
    """Keep a view under a name; the address holds only what the page itself made of what was chosen."""
    kept = db.session.scalars(select(SavedView.name).where(SavedView.survey_id == survey.id)).all()
    if len(kept) >= MOST:
        raise Refused(_("There are %(most)s saved views already. Remove one first.", most=MOST))
    view = SavedView(survey_id=survey.id, name=_free(name, kept), address=dict(address), made_by=by, made_at=now)
    db.session.add(view)
    db.session.flush()
    return view


def rename_view(id: UUID, name: str) -> SavedView:
    """Give a view another name."""
    view = _find(id)
    others = select(SavedView.name).where(SavedView.survey_id == view.survey_id, SavedView.id != id)
    view.name = _free(name, db.session.scalars(others).all())
    db.session.flush()
    return view


def remove_view(id: UUID) -> SavedView:
    """Keep a view no more; no answer is touched by that."""
    view = _find(id)
    db.session.delete(view)
    db.session.flush()
    return view


def _free(name: str, taken: Collection[str]) -> str:
    """The name, tidied; raises Refused where it is empty or another view has it."""
    name = line(name, limit=NAME_LIMIT)
    if not name:
        raise Refused(_("Give the view a name."))
    if name in taken:
        raise Refused(_("There is a view of that name already. Choose another name."))
    return name


def _find(id: UUID) -> SavedView:
    view = db.session.get(SavedView, id)
    if view is None:
        raise NotFound(_("This view is not saved here, or no longer."))
    return view
