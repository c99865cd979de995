"""Whether the example may be made."""

from sqlalchemy import exists, select

from survey.customers.models import Person
from survey.foundation.db import db
from survey.improvements.models import Improvement
from survey.questionnaires.models import Survey


def is_empty() -> bool:
    """Whether nothing was put in yet: no person, no survey, no improvement (accounts of staff do not count)."""
    return not any(db.session.scalar(select(exists().select_from(model))) for model in (Person, Survey, Improvement))
