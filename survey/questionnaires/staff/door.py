"""What every page of questionnaires needs: the blueprint, the survey of an address, what was sent, the audit."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, request
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.questionnaires import queries
from survey.questionnaires.kinds.settings import Sent
from survey.questionnaires.models import Survey

bp = Blueprint("questionnaires", __name__)
T = TypeVar("T")
AUTOSAVE = "X-Autosave"  # the header of a form that saves itself: it wants the parts of the page that are others now


def find(slug: str) -> Survey:
    """Return the survey at an address; raise NotFound."""
    return _found(queries.survey_by_slug(slug))


def find_to_change(slug: str) -> Survey:
    """Return the same within a write that changes what it reads: nobody else changes it meanwhile."""
    return _found(queries.survey_to_change(slug))


def _found(survey: Survey | None) -> Survey:
    if survey is None:
        raise NotFound(_("There is no survey at this address."))
    return survey


def sent() -> Sent:
    """Return what the form sent, to be asked after the request too."""
    form = request.form.copy()
    return lambda name: form.get(name, "")


def audited(what: str, slug: str, act: Callable[[], T], details: dict[str, object] | None = None) -> T:
    """Do something to a survey in one transaction with the line that says who did it."""
    user_id = current_user.id

    def work() -> T:
        result = act()
        audit(what, subject=slug, user_id=user_id, details=details)
        return result

    return write(work)
