"""The blueprint of the staff door of customers, and what all its files ask."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from flask import Blueprint
from flask_login import current_user

from survey.access.actions import audit
from survey.customers.models import Person
from survey.customers.queries import person
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _

bp = Blueprint("customers", __name__)
T = TypeVar("T")


def somebody(id: UUID) -> Person:
    """The person with this id; raises NotFound where there is none."""
    found = person(id)
    if found is None:
        raise NotFound(_("There is nobody here with this address."))
    return found


def noted(what: str, subject: UUID, act: Callable[[], T]) -> T:
    """Do something and write into the audit who did it; in one transaction."""
    by = current_user.id

    def work() -> T:
        result = act()
        audit(what, subject=str(subject), user_id=by)
        return result

    return write(work)
