"""The worker's part: cases end by themselves where somebody is a customer again."""

from survey.departures.actions import note_returns
from survey.departures.queries.cases import returned_cases
from survey.foundation.clock import now
from survey.foundation.db import db, write


def end_returned() -> int:
    """End the open cases of everybody who is a customer again; returns how many these were."""
    db.session.rollback()
    return write(lambda: note_returns(now=now())) if returned_cases(1) else 0
